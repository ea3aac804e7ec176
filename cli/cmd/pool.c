// SPDX-License-Identifier: GPL-2.0-only
/* pool: which queues guests can have. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "change/transaction.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "core/queue-view.h"
#include "host/read-queues.h"
#include "output/render-text.h"

/* show, reserve or release; show if none is given */
static const char *subcommand(const struct apmatrix *apm)
{
	return apm->nr_operands ? apm->operands[0] : "show";
}

static enum pool_method chosen_method(const struct apmatrix *apm)
{
	const char *word = apm->value[OPT_METHOD];

	if (str_is(word, "masks"))
		return POOL_MASKS;
	return str_is(word, "override") ? POOL_OVERRIDE : POOL_AUTO;
}

/* 05.00ab,06.00ac into the request; false after an error. */
static bool take_apqns(struct apmatrix *apm, struct pool_request *request)
{
	char *list = xstrdup(apm->value[OPT_APQN]), *rest = NULL, *item;
	bool good = true;

	for (item = strtok_r(list, ",", &rest); item && good;
	     item = strtok_r(NULL, ",", &rest)) {
		struct complaint complaint = { 0 };
		unsigned int apid, apqi;

		good = parse_apqn(item, &apid, &apqi, &complaint);
		if (good)
			pool_add_queue(request, apid, apqi);
		else
			report_complaint(apm, NULL, &complaint);
	}
	free(list);
	return good;
}

static bool make_request(struct apmatrix *apm, struct pool_request *request)
{
	static const struct apm_mask none;
	const struct ids *adapters = &apm->ids[APM_DIM_ADAPTER];
	const struct ids *domains = &apm->ids[APM_DIM_DOMAIN];
	struct apm_mask apm_ids, aqm_ids, all;

	memset(request, 0, sizeof(*request));
	memset(&all, 0xff, sizeof(all));
	request->reserve = str_is(subcommand(apm), "reserve");
	request->method = chosen_method(apm);
	request->allow_extra = apm->given[OPT_ALLOW_EXTRA];
	request->preview = apm->given[OPT_DRY_RUN];
	ids_apply(adapters, &none, &all, &apm_ids);
	ids_apply(domains, &none, &all, &aqm_ids);
	if (apm->given[OPT_APQN])
		return take_apqns(apm, request);
	/* all of one dimension and some of the other is some of the other */
	request->whole_adapters = adapters->given && !adapters->all &&
				  (!domains->given || domains->all);
	request->whole_domains = domains->given && !domains->all &&
				 (!adapters->given || adapters->all);
	if (adapters->all && (domains->all || !domains->given)) {
		request->whole_adapters = true;
		request->whole_domains = domains->all && !request->reserve;
	} else if (domains->all && !adapters->given) {
		request->whole_domains = true;
	}
	pool_add_product(request, adapters->given ? &apm_ids : &all,
			 domains->given ? &aqm_ids : &all);
	return true;
}

static bool check(struct apmatrix *apm)
{
	const char *what = subcommand(apm);
	bool ids, apqn = apm->given[OPT_APQN];

	if (str_is(what, "show"))
		return true;
	if (!str_is(what, "reserve") && !str_is(what, "release")) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "unknown subcommand \"%s\"", what),
			     "subcommands: show, reserve, release");
		return false;
	}
	if (!select_ids(apm, IDS_SET))
		return false;
	ids = apm->ids[APM_DIM_ADAPTER].given || apm->ids[APM_DIM_DOMAIN].given;
	if (ids != apqn)
		return true;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, ids ?
				  "--apqn excludes -a and -d" : "no IDs given"),
		     "give adapters (-a), domains (-d) or queues (--apqn 05.00ab)");
	return false;
}

/* This is allowed, but may be a typing error. */
static void note_absent_ids(struct apmatrix *apm)
{
	const struct host *host = &apm->snap->host;
	struct text absent = { 0 };
	unsigned int dim;

	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN && host->qci; dim++) {
		const struct ids *ids = &apm->ids[dim];
		struct apm_mask none = { { 0 } }, mask;

		if (!ids->given || ids->all)
			continue;
		ids_apply(ids, &none, &none, &mask);
		apm_mask_andnot(&mask, &mask, &host->config.dim[dim]);
		phrase_some(&absent, " and ", dim_word(dim), &mask);
	}
	if (absent.len)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "this host does not have %s", absent.at);
	text_free(&absent);
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	struct pool_request request;

	if (!make_request(apm, &request))
		return false;
	note_absent_ids(apm);
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	read_overrides(&apm->fs, apm->snap);
	if (!pool_plan(apm->snap, &request, apm->command->name, &targets->host,
		       &apm->report.errors, &apm->report.warnings))
		return false;
	if (!apm->given[OPT_PERSIST])
		return true;
	if (targets->host.nr_overrides) {
		problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
					  "--persist does not keep driver overrides, "
					  "which end with the device of their queue"),
			     "write them to /etc/apmatrix/plan.json (\"pool\" with \"queues\"): "
			     "apmatrix restore applies it at boot");
		return false;
	}
	pool_persist(apm->snap, &targets->host);
	return true;
}

/* show */

/* "adapters 0x05-0x06 with all domains"; nothing if the mask keeps all for the host. */
static void phrase_given(struct text *text, const struct apm_mask *mask, const char *axis,
			 const char *other)
{
	struct apm_mask given;

	memset(&given, 0xff, sizeof(given));
	apm_mask_andnot(&given, &given, mask);
	if (phrase_some(text, "; ", axis, &given))
		text_addf(text, " with all %s", other);
}

static void put_regime(const struct apmatrix *apm, FILE *out)
{
	const char *regime = pool_regime(apm->snap);
	const struct host *host = &apm->snap->host;
	struct text list = { 0 };

	if (!regime) {
		fputs("no AP bus\n", out);
		return;
	}
	if (str_is(regime, "free"))
		fprintf(out, "pool       no queue is given to guests%s\n", host->has_override ?
			" (masks or driver overrides, whichever is used first)" : "");
	else
		fprintf(out, "pool       by %s\n", regime);
	if (str_is(regime, "masks")) {
		phrase_given(&list, &host->apmask, "adapters", "domains");
		phrase_given(&list, &host->aqmask, "domains", "adapters");
		fprintf(out, "for guests %s\n", list.at);
		text_free(&list);
	}
}

static void show(struct apmatrix *apm, FILE *out)
{
	unsigned int counts[QUEUE_STATUS_NR];
	unsigned int status;

	put_regime(apm, out);
	queue_status_count(apm->snap, counts);
	for (status = QUEUE_HOST; status < QUEUE_STATUS_NR; status++)
		fprintf(out, "%-10s %u\n", queue_status_word(status),
			counts[status]);
}

static void text(struct apmatrix *apm, FILE *out)
{
	if (str_is(subcommand(apm), "show"))
		show(apm, out);
	else
		render_changes(apm, out);
}

static int run(struct apmatrix *apm)
{
	if (!check(apm))
		return EXIT_CODE_USAGE;
	if (!str_is(subcommand(apm), "show")) {
		transaction(apm);
		return EXIT_CODE_OK;
	}
	read_all(apm);
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	read_overrides(&apm->fs, apm->snap);
	read_profile(apm);
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_APQN, OPT_METHOD, OPT_ALLOW_EXTRA,
	OPT_PERSIST, OPT_CONFIRM, OPT_NR
};

const struct command cmd_pool = {
	.name = "pool",
	.group = GROUP_HOST,
	.operands = "[show|reserve|release]",
	.operand = ARG_WORDS,
	.operand_words = "show|reserve|release",
	.max_operands = 1,
	.summary = "give queues to guests or return them to the host",
	.description =
"show (the default) prints which queues guests can have, reserve takes queues from\n"
"the host's drivers for guests, release returns them. apmask and aqmask give whole\n"
"adapters (-a) or whole domains (-d); if other queues are affected, --allow-extra is\n"
"needed. Linux 6.19 and later can give single queues by driver overrides. --persist\n"
"writes the masks to the udev rule of chzdev.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix pool show\n"
"  apmatrix pool reserve -a 5-7 --persist\n"
"  apmatrix pool reserve --apqn 05.00ab\n"
"  apmatrix pool release -a 7",
	.run = run,
	.check = check,
	.plan = plan,
	.text = text,
};

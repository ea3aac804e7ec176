// SPDX-License-Identifier: GPL-2.0-only
/* What lasts over a reboot. See persist.h and core/lasting.h. */
#include <stdlib.h>

#include "change/persist.h"
#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "core/lasting.h"
#include "core/plan.h"
#include "core/pool.h"
#include "format/json-write.h"
#include "host/read-boot.h"
#include "host/read-queues.h"
#include "lib/paths.h"
#include "lib/program.h"

/* The host's own plan, whatever file the command has; NULL if there is none. */
static struct plan_file *host_plan(struct apmatrix *apm)
{
	struct plan_file *kept = apm->file, *plan;
	struct complaint complaint = { 0 };

	apm->file = NULL;
	if (select_host_plan(apm, &complaint) && apm->file) {
		plan_file_free(apm->file);
		free(apm->file);
		apm->file = NULL;
	}
	complaint_free(&complaint);
	plan = apm->file;
	apm->file = kept;
	return plan;
}

static void free_plan(struct plan_file *plan)
{
	if (plan)
		plan_file_free(plan);
	free(plan);
}

/* The host's own plan, with the queues that have overrides. */
static char *overrides_as_plan(const struct snapshot *snap)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned int apid, apqi;
	struct jsonw json;

	if (!out)
		abort();
	jsonw_begin(&json, out, false);
	jsonw_int(&json, "api_level", APMATRIX_API_LEVEL);
	jsonw_object(&json, "pool");
	jsonw_string(&json, "method", "override");
	jsonw_array(&json, "queues");
	jsonw_inline(&json);
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (snapshot_queue(snap, apid, apqi)->override)
				jsonw_apqn(&json, NULL, apid, apqi);
		}
	}
	jsonw_array_end(&json);
	jsonw_inline_end(&json);
	jsonw_object_end(&json);
	jsonw_end(&json);
	fclose(out);
	return text;
}

static void keep_overrides(struct apmatrix *apm, struct targets *targets,
			   const struct plan_file *plan)
{
	struct snapshot *after;

	if (plan) {
		problem_hint(problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
					 "driver overrides are not kept: " PLAN_FILE
					 " exists and has no \"pool\""),
			     "add \"pool\" with \"queues\", see apmatrix-plan(5)");
		return;
	}
	after = plan_snapshot_after(apm->snap, &targets->host);
	free(targets->host_plan);
	targets->host_plan = overrides_as_plan(after);
	plan_snapshot_after_free(after);
}

void persist_host(struct apmatrix *apm, struct targets *targets)
{
	struct host_target *host = &targets->host;
	struct boot *boot = &apm->snap->boot;
	struct plan_file *plan = host_plan(apm);

	read_overrides(&apm->fs, apm->snap);
	read_boot(&apm->fs, apm->snap);
	if (!plan || !plan->pool) {
		if (apm->snap->host.overrides || host->nr_overrides)
			keep_overrides(apm, targets, plan);
		else if (apm->snap->host.perm_known &&
			 (boot->has_rule || host->touch_masks ||
			  !host_masks_all_ones(&apm->snap->host)))
			pool_persist(apm->snap, host);
	}
	free_plan(plan);
	targets->enable_unit = boot->unit_there && !boot->unit_enabled && !boot->mdevctl;
}

static bool find(struct apmatrix *apm, const struct targets *targets,
		 struct lasting_found *found)
{
	struct lasting_scope scope = { .snap = apm->snap, .targets = targets };
	struct plan_file *plan = host_plan(apm);
	bool any;

	read_boot(&apm->fs, apm->snap);
	read_overrides(&apm->fs, apm->snap);
	scope.pool = plan ? plan->pool : NULL;
	any = lasting_find(&scope, found);
	free_plan(plan);
	return any;
}

void persist_note(struct apmatrix *apm, const struct targets *targets)
{
	struct text what = { 0 }, command = { 0 };
	struct lasting_found found;
	unsigned int i;

	if (find(apm, targets, &found)) {
		for (i = 0; i < LASTING_NR; i++) {
			if (found.is[i])
				text_addf(&what, "%s%s", what.len ? "; " : "",
					  found.sentence[i]);
		}
		lasting_command(&found, &command);
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "not kept over a reboot: %s. %s", text_str(&what),
			    text_str(&command));
	}
	lasting_free(&found);
	text_free(&what);
	text_free(&command);
}

void persist_find(struct apmatrix *apm, struct problems *findings)
{
	struct text command = { 0 };
	struct lasting_found found;
	unsigned int i;

	if (find(apm, NULL, &found)) {
		lasting_command(&found, &command);
		for (i = 0; i < LASTING_NR; i++) {
			if (found.is[i])
				problem_hint(problem_finding(findings, &lasting_terms[i],
							     "not kept over a reboot: %s",
							     found.sentence[i]),
					     "%s", text_str(&command));
		}
	}
	lasting_free(&found);
	text_free(&command);
}

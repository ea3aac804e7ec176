// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as JSON: one object with all keys, null for what is unknown. The
 * schema is cli/apmatrix.schema.json.
 */
#include <math.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>

#include "context/command.h"
#include "core/explain.h"
#include "core/phrase.h"
#include "lib/program.h"
#include "output/json-host.h"
#include "output/json-queues.h"
#include "output/render-json.h"

static void put_meta(struct jsonw *json, const char *command)
{
	char stamp[32] = "";
	/* reproducible, as in other tools */
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct utsname uts;
	struct tm utc;

	if (gmtime_r(&now, &utc))
		strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	jsonw_object(json, "meta");
	jsonw_int(json, "api_level", APMATRIX_API_LEVEL);
	jsonw_string(json, "tool", "apmatrix");
	jsonw_string(json, "version", APMATRIX_VERSION);
	jsonw_string(json, "host", uname(&uts) ? NULL : uts.nodename);
	jsonw_string(json, "time", stamp);
	jsonw_string(json, "command", command);
	jsonw_object_end(json);
}

static void put_change(struct jsonw *json, const struct change *change)
{
	static const struct apm_mask none;

	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_string(json, "matrix", *change->uuid ? change->uuid : NULL);
	jsonw_string(json, "apqn", change->queue);
	jsonw_string(json, "field", change->field);
	jsonw_ids(json, "add", change->ids ? &change->added : &none);
	jsonw_ids(json, "remove", change->ids ? &change->removed : &none);
	jsonw_string(json, "from", change->from);
	jsonw_string(json, "to", change->to);
	jsonw_object_end(json);
	jsonw_inline_end(json);
}

static void put_apqns(struct jsonw *json, const char *key,
		      const struct apm_matrix *matrix)
{
	unsigned int apid, apqi;

	jsonw_array(json, key);
	jsonw_inline(json);
	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix))
			jsonw_apqn(json, NULL, apid, apqi);
	}
	jsonw_array_end(json);
	jsonw_inline_end(json);
}

static void put_content(struct jsonw *json, const struct apm_matrix *content)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		jsonw_ids(json, dim_key(dim), &content->dim[dim]);
	jsonw_object(json, "masks");
	for (dim = 0; dim < APM_DIM_NR; dim++)
		jsonw_mask(json, dim_key(dim), &content->dim[dim]);
	jsonw_object_end(json);
}

static void put_missing_one(struct jsonw *json,
			    const struct explainer *explainer,
			    unsigned int apid, unsigned int apqi,
			    const struct apm_mask *blocking)
{
	struct verdict verdict = explain_apqn(explainer, apid, apqi);
	struct names fixes = { 0 };
	unsigned int guilty;
	size_t i;

	if (!*verdict.word)
		return;
	explain_fixes(explainer, apid, apqi, &verdict, blocking, &fixes);
	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_apqn(json, "apqn", apid, apqi);
	jsonw_int(json, "adapter", apid);
	jsonw_int(json, "domain", apqi);
	jsonw_string(json, "reason", verdict.word);
	jsonw_string(json, "told_by", verdict.from_kernel ? "kernel" : "apmatrix");
	jsonw_string(json, "driver", verdict.driver);
	jsonw_array(json, "blocking");
	if (verdict.reason == REASON_SIBLING_WITHHELD) {
		apm_mask_for_each(guilty, blocking)
			jsonw_apqn(json, NULL, apid, guilty);
	}
	jsonw_array_end(json);
	jsonw_array(json, "fix");
	for (i = 0; i < fixes.nr; i++)
		jsonw_string(json, NULL, fixes.at[i]);
	jsonw_array_end(json);
	jsonw_object_end(json);
	jsonw_inline_end(json);
	names_free(&fixes);
}

static void put_missing(struct jsonw *json, const struct snapshot *snap,
			const struct matrix *matrix)
{
	struct explainer explainer;
	struct apm_mask blocking;
	unsigned int apid, apqi;

	if (matrix_missing(matrix) < 0) {
		jsonw_null(json, "missing");
		return;
	}
	jsonw_array(json, "missing");
	if (matrix_missing(matrix)) {
		explain_begin(&explainer, snap, matrix);
		apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned)) {
			explain_blocking(&explainer, apid, &blocking);
			apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->assigned))
				put_missing_one(json, &explainer, apid, apqi,
						&blocking);
		}
	}
	jsonw_array_end(json);
}

static void put_matrix(struct jsonw *json, const struct snapshot *snap,
		       const struct matrix *matrix)
{
	jsonw_object(json, NULL);
	jsonw_string(json, "uuid", matrix->uuid);
	jsonw_string(json, "name", matrix->name);
	jsonw_string(json, "owner", matrix->owner);
	jsonw_string(json, "comment", matrix->comment);
	jsonw_string(json, "state", matrix_state_word(matrix->state));
	jsonw_string(json, "start", start_word(matrix->start));
	jsonw_bool(json, "active", matrix->active);
	jsonw_bool(json, "defined", matrix->defined);
	jsonw_bool(json, "drift", matrix_drifts(matrix));
	if (matrix->plan_drift < 0)
		jsonw_null(json, "plan_drift");
	else
		jsonw_bool(json, "plan_drift", matrix->plan_drift);
	put_content(json, matrix_content(matrix));
	if (matrix->active && matrix->assigned_known)
		put_apqns(json, "assigned", &matrix->assigned);
	else
		jsonw_null(json, "assigned");
	if (matrix->active && matrix->guest_known)
		put_apqns(json, "guest", &matrix->guest);
	else
		jsonw_null(json, "guest");
	if (matrix->active && matrix->guest_control_known)
		jsonw_ids(json, "guest_control_domains",
			 apm_matrix_adm(&matrix->guest));
	else
		jsonw_null(json, "guest_control_domains");
	put_missing(json, snap, matrix);
	if (matrix->defined) {
		jsonw_object(json, "definition");
		put_content(json, &matrix->definition);
		jsonw_object_end(json);
	} else {
		jsonw_null(json, "definition");
	}
	if (matrix->guest_pid) {
		jsonw_object(json, "guest_info");
		jsonw_inline(json);
		jsonw_int(json, "pid", matrix->guest_pid);
		jsonw_string(json, "name", matrix->guest_name);
		jsonw_object_end(json);
		jsonw_inline_end(json);
	} else {
		jsonw_null(json, "guest_info");
	}
	jsonw_object_end(json);
}

static void put_subject(struct jsonw *json, const struct problem *problem)
{
	jsonw_string(json, "matrix", problem->matrix);
	jsonw_string(json, "apqn", problem->apqn);
	jsonw_string(json, "holder", problem->holder);
	jsonw_string(json, "message", problem->message);
	jsonw_string(json, "hint", problem->hint);
}

static void put_problems(struct jsonw *json, const char *key,
			 const struct problems *problems)
{
	size_t i;

	jsonw_array(json, key);
	for (i = 0; i < problems->nr; i++) {
		const struct problem *problem = &problems->at[i];

		jsonw_object(json, NULL);
		jsonw_string(json, "code", exit_code_name(problem->code));
		jsonw_string(json, "errno", problem->err ?
			    errno_name(problem->err) : NULL);
		put_subject(json, problem);
		jsonw_object_end(json);
	}
	jsonw_array_end(json);
}

static void put_findings(struct jsonw *json, const struct problems *findings)
{
	size_t i;

	jsonw_array(json, "findings");
	for (i = 0; i < findings->nr; i++) {
		const struct problem *finding = &findings->at[i];

		jsonw_object(json, NULL);
		jsonw_string(json, "finding", finding->word);
		jsonw_bool(json, "serious", finding->serious);
		put_subject(json, finding);
		jsonw_object_end(json);
	}
	jsonw_array_end(json);
}

/* The queues of a that are not in b. */
static void put_difference(struct jsonw *json, const char *key, const struct apm_matrix *a,
			   const struct apm_matrix *b)
{
	unsigned int apid, apqi;

	jsonw_array(json, key);
	jsonw_inline(json);
	apm_mask_for_each(apid, apm_matrix_apm(a)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(a)) {
			if (!apm_matrix_has(b, apid, apqi))
				jsonw_apqn(json, NULL, apid, apqi);
		}
	}
	jsonw_array_end(json);
	jsonw_inline_end(json);
}

static void put_guest(struct jsonw *json, const struct guest_change *guest)
{
	jsonw_object(json, NULL);
	jsonw_string(json, "matrix", guest->uuid);
	jsonw_string(json, "name", guest->name);
	jsonw_bool(json, "running", guest->running);
	jsonw_bool(json, "named", guest->named);
	put_difference(json, "gets", &guest->after, &guest->before);
	put_difference(json, "loses", &guest->before, &guest->after);
	jsonw_object_end(json);
}

void render_json(struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;
	struct jsonw json;
	size_t i;

	jsonw_begin(&json, out, false);
	put_meta(&json, apm->command ? apm->command->name : NULL);
	jsonw_bool(&json, "changed", report->changed);
	jsonw_bool(&json, "dry_run", report->dry_run);
	jsonw_bool(&json, "rolled_back", report->rolled_back);
	jsonw_array(&json, "changes");
	for (i = 0; i < report->nr_changes; i++)
		put_change(&json, &report->changes[i]);
	jsonw_array_end(&json);
	jsonw_array(&json, "guests");
	for (i = 0; i < report->nr_guests; i++)
		put_guest(&json, &report->guests[i]);
	jsonw_array_end(&json);
	if (report->unconfirmed)
		jsonw_int(&json, "confirm_within",
			  (long long)ceil(strtod(report->unconfirmed, NULL)));
	else
		jsonw_null(&json, "confirm_within");
	jsonw_array(&json, "matrices");
	for (i = 0; i < report->nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, report->shown[i]);

		if (matrix)
			put_matrix(&json, apm->snap, matrix);
	}
	jsonw_array_end(&json);
	render_json_queues(apm, &json);
	render_json_host(apm, &json);
	jsonw_string(&json, "plan", report->plan);
	put_findings(&json, &report->findings);
	put_problems(&json, "warnings", &report->warnings);
	put_problems(&json, "errors", &report->errors);
	jsonw_end(&json);
}

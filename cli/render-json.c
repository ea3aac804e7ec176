// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as JSON: always one object, every key always there, null for what
 * is unknown. cli/apmatrix.schema.json says the same to machines.
 */
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "apmatrix.h"
#include "json-write.h"
#include "render.h"

static void put_meta(struct json *json, const char *command)
{
	char stamp[32] = "";
	time_t now = time(NULL);
	struct utsname uts;
	struct tm utc;

	if (gmtime_r(&now, &utc))
		strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	json_object(json, "meta");
	json_int(json, "api_level", APMATRIX_API_LEVEL);
	json_string(json, "tool", "apmatrix");
	json_string(json, "version", APMATRIX_VERSION);
	json_string(json, "host", uname(&uts) ? NULL : uts.nodename);
	json_string(json, "time", stamp);
	json_string(json, "command", command);
	json_object_end(json);
}

static void put_change(struct json *json, const struct change *change)
{
	static const struct ap_mask none;

	json_object(json, NULL);
	json_inline(json);
	json_string(json, "matrix", *change->uuid ? change->uuid : NULL);
	json_string(json, "field", change->field);
	json_ids(json, "add", change->ids ? &change->added : &none);
	json_ids(json, "remove", change->ids ? &change->removed : &none);
	json_string(json, "from", change->from);
	json_string(json, "to", change->to);
	json_object_end(json);
	json_inline_end(json);
}

static void put_apqns(struct json *json, const char *key,
		      const struct ap_matrix *matrix)
{
	unsigned int apid, apqi;

	json_array(json, key);
	json_inline(json);
	ap_mask_for_each(apid, ap_matrix_apm(matrix)) {
		ap_mask_for_each(apqi, ap_matrix_aqm(matrix))
			json_apqn(json, NULL, apid, apqi);
	}
	json_array_end(json);
	json_inline_end(json);
}

static void put_content(struct json *json, const struct ap_matrix *content)
{
	unsigned int dim;

	for (dim = 0; dim < AP_DIM_NR; dim++)
		json_ids(json, dim_key(dim), &content->dim[dim]);
	json_object(json, "masks");
	for (dim = 0; dim < AP_DIM_NR; dim++)
		json_mask(json, dim_key(dim), &content->dim[dim]);
	json_object_end(json);
}

static void put_missing(struct json *json, const struct snapshot *snap,
			const struct matrix *matrix)
{
	struct explainer explainer;
	unsigned int apid, apqi;

	if (!matrix->active || !matrix->guest_known || !matrix->assigned_known) {
		json_null(json, "missing");
		return;
	}
	explain_begin(&explainer, snap, matrix);
	json_array(json, "missing");
	ap_mask_for_each(apid, ap_matrix_apm(&matrix->assigned)) {
		ap_mask_for_each(apqi, ap_matrix_aqm(&matrix->assigned)) {
			struct verdict verdict = explain_apqn(&explainer, apid, apqi);

			if (!*verdict.word)
				continue;
			json_object(json, NULL);
			json_inline(json);
			json_apqn(json, "apqn", apid, apqi);
			json_int(json, "adapter", apid);
			json_int(json, "domain", apqi);
			json_string(json, "reason", verdict.word);
			json_string(json, "told_by", verdict.from_kernel ?
				    "kernel" : "apmatrix");
			json_string(json, "driver", verdict.driver);
			json_object_end(json);
			json_inline_end(json);
		}
	}
	json_array_end(json);
}

static void put_matrix(struct json *json, const struct snapshot *snap,
		       const struct matrix *matrix)
{
	json_object(json, NULL);
	json_string(json, "uuid", matrix->uuid);
	json_string(json, "name", matrix->name);
	json_string(json, "owner", matrix->owner);
	json_string(json, "comment", matrix->comment);
	json_string(json, "state", matrix_state_word(matrix->state));
	json_string(json, "start", start_word(matrix->start));
	json_bool(json, "active", matrix->active);
	json_bool(json, "defined", matrix->defined);
	json_bool(json, "drift", matrix_drifts(matrix));
	put_content(json, matrix_content(matrix));
	if (matrix->active && matrix->assigned_known)
		put_apqns(json, "assigned", &matrix->assigned);
	else
		json_null(json, "assigned");
	if (matrix->active && matrix->guest_known)
		put_apqns(json, "guest", &matrix->guest);
	else
		json_null(json, "guest");
	if (matrix->active && matrix->guest_control_known)
		json_ids(json, "guest_control_domains",
			 ap_matrix_adm(&matrix->guest));
	else
		json_null(json, "guest_control_domains");
	put_missing(json, snap, matrix);
	if (matrix->defined) {
		json_object(json, "definition");
		put_content(json, &matrix->definition);
		json_object_end(json);
	} else {
		json_null(json, "definition");
	}
	if (matrix->guest_pid) {
		json_object(json, "guest_info");
		json_inline(json);
		json_int(json, "pid", matrix->guest_pid);
		json_string(json, "name", matrix->guest_name);
		json_object_end(json);
		json_inline_end(json);
	} else {
		json_null(json, "guest_info");
	}
	json_object_end(json);
}

static void put_problems(struct json *json, const char *key,
			 const struct problems *problems)
{
	size_t i;

	json_array(json, key);
	for (i = 0; i < problems->nr; i++) {
		const struct problem *problem = &problems->at[i];

		json_object(json, NULL);
		json_string(json, "code", exit_code_name(problem->code));
		json_string(json, "errno", problem->err ?
			    errno_name(problem->err) : NULL);
		json_string(json, "matrix", problem->matrix);
		json_string(json, "apqn", problem->apqn);
		json_string(json, "holder", problem->holder);
		json_string(json, "message", problem->message);
		json_string(json, "hint", problem->hint);
		json_object_end(json);
	}
	json_array_end(json);
}

void render_json(struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;
	struct json json;
	size_t i;

	json_begin(&json, out, false);
	put_meta(&json, apm->command->name);
	json_bool(&json, "changed", report->changed);
	json_bool(&json, "dry_run", report->dry_run);
	json_bool(&json, "rolled_back", report->rolled_back);
	json_array(&json, "changes");
	for (i = 0; i < report->nr_changes; i++)
		put_change(&json, &report->changes[i]);
	json_array_end(&json);
	json_array(&json, "matrices");
	for (i = 0; i < report->nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, report->shown[i]);

		if (matrix)
			put_matrix(&json, apm->snap, matrix);
	}
	json_array_end(&json);
	put_problems(&json, "warnings", &report->warnings);
	put_problems(&json, "errors", &report->errors);
	json_end(&json);
}

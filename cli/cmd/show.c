// SPDX-License-Identifier: GPL-2.0-only
/* show: all about matrices, or one value. */
#include "context/command.h"
#include "context/drift.h"
#include "context/reading.h"
#include "context/select.h"
#include "host/read-guests.h"
#include "host/read-matrices.h"
#include "output/render-text.h"

static void put_apqns(const struct apm_matrix *matrix, FILE *out)
{
	char lines[4096];
	size_t offset = 0, len;

	while ((len = apm_matrix_read_apqns(matrix, lines, sizeof(lines), offset))) {
		fwrite(lines, 1, len, out);
		offset += len;
	}
}

static void put_ids(const struct apm_mask *mask, bool as_mask, FILE *out)
{
	char text[APM_MASK_TEXT_LEN + 1] = "";
	unsigned int id;

	if (as_mask) {
		apm_mask_format(mask, text);
		fprintf(out, "%s\n", text);
		return;
	}
	apm_mask_for_each(id, mask)
		fprintf(out, "0x%02x\n", id);
}

static void put_missing(const struct apmatrix *apm, const struct matrix *matrix,
			FILE *out)
{
	struct explainer explainer;
	unsigned int apid, apqi;

	if (matrix_missing(matrix) <= 0)
		return;
	explain_begin(&explainer, apm->snap, matrix);
	apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->assigned)) {
			struct verdict verdict = explain_apqn(&explainer, apid, apqi);

			if (*verdict.word)
				fprintf(out, "%02x.%04x %s\n", apid, apqi,
					verdict.word);
		}
	}
}

/* A number, or nothing if it is unknown. */
static void put_count(long count, FILE *out)
{
	if (count >= 0)
		fprintf(out, "%ld\n", count);
}

/* For --exit-code: what the field shows, or anything. */
static bool is_different(const struct apmatrix *apm, const struct matrix *matrix)
{
	const char *field = apm->value[OPT_FIELD];

	if (str_is(field, "missing") || str_is(field, "missing-count"))
		return matrix_missing(matrix) > 0;
	if (str_is(field, "drift"))
		return matrix_drifts(matrix);
	return matrix_is_different(matrix);
}

static const char *yes_or_no(bool so)
{
	return so ? "yes" : "no";
}

/* The value of a field that is one word or text; else NULL. */
static const char *field_word(const struct matrix *matrix, const char *field)
{
	if (str_is(field, "uuid"))
		return matrix->uuid;
	if (str_is(field, "name"))
		return matrix->name;
	if (str_is(field, "owner"))
		return matrix->owner;
	if (str_is(field, "comment"))
		return matrix->comment;
	if (str_is(field, "state"))
		return matrix_state_word(matrix->state);
	if (str_is(field, "start"))
		return start_word(matrix->start);
	if (str_is(field, "active"))
		return yes_or_no(matrix->active);
	if (str_is(field, "defined"))
		return yes_or_no(matrix->defined);
	if (str_is(field, "drift"))
		return yes_or_no(matrix_drifts(matrix));
	return NULL;
}

static void put_field(const struct apmatrix *apm, const struct matrix *matrix,
		      const char *field, FILE *out)
{
	const struct apm_matrix *content = matrix_content(matrix);
	const char *word = field_word(matrix, field);
	bool as_mask = apm->format == FORMAT_MASK;

	if (word)
		fprintf(out, "%s\n", word);
	else if (str_is(field, "adapters"))
		put_ids(apm_matrix_apm(content), as_mask, out);
	else if (str_is(field, "domains"))
		put_ids(apm_matrix_aqm(content), as_mask, out);
	else if (str_is(field, "control_domains"))
		put_ids(apm_matrix_adm(content), as_mask, out);
	else if (str_is(field, "matrix"))
		put_apqns(content, out);
	else if (str_is(field, "guest_matrix") && matrix->guest_known)
		put_apqns(&matrix->guest, out);
	else if (str_is(field, "missing"))
		put_missing(apm, matrix, out);
	else if (str_is(field, "missing-count"))
		put_count(matrix_missing(matrix), out);
	else if (str_is(field, "assigned-count"))
		put_count(matrix->active && !matrix->assigned_known ? -1 :
			  (long)apm_matrix_apqns(content), out);
	else if (str_is(field, "guest-count"))
		put_count(matrix_guest_queues(matrix), out);
}

static void put_masks(const struct matrix *matrix, FILE *out)
{
	char config[APM_MATRIX_CONFIG_LEN];
	size_t len = apm_matrix_read_config(matrix_content(matrix), config,
					   sizeof(config), 0);

	fwrite(config, 1, len, out);
}

static void text(struct apmatrix *apm, FILE *out)
{
	size_t i;

	if (!apm->given[OPT_FIELD] && apm->format == FORMAT_TABLE) {
		render_show(apm, out);
		return;
	}
	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);

		if (apm->given[OPT_FIELD])
			put_field(apm, matrix, apm->value[OPT_FIELD], out);
		else
			put_masks(matrix, out);
	}
}

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	if (!select_matrices(apm))
		return EXIT_CODE_NOT_FOUND;
	if (!apm->given[OPT_FIELD])
		select_order(apm);
	read_guests(&apm->fs, apm->snap);
	read_plan_drift(apm);
	for (i = 0; i < apm->report.nr_shown; i++) {
		struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);

		apm->report.different |= is_different(apm, matrix);
		if (matrix_missing(matrix) > 0) {
			read_queues_of(apm, matrix);
			read_reasons(&apm->fs, apm->snap, matrix);
		}
	}
	return EXIT_CODE_OK;
}

static const enum option options[] = { OPT_FIELD, OPT_EXIT_CODE, OPT_NR };

const struct command cmd_show = {
	.name = "show",
	.group = GROUP_LOOK,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "show all about matrices",
	.description =
"With --field it prints one value and nothing else. matrix and guest_matrix print\n"
"the lines of the files of that name in sysfs. --format mask prints masks in the\n"
"form of ap_config. --exit-code: 9 if queues are missing or a matrix differs from\n"
"its definition or the host's plan, or by the field alone: missing, missing-count,\n"
"drift.",
	.options = options,
	.formats = "table|json|mask",
	.examples =
"  apmatrix show web1\n"
"  apmatrix show web1 --field guest_matrix\n"
"  apmatrix show web1 --field missing-count --exit-code\n"
"  apmatrix show --json web1 | jq '.matrices[0].missing'",
	.run = run,
	.text = text,
};

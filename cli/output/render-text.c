// SPDX-License-Identifier: GPL-2.0-only
/* Matrices and changes as text. */
#include <stdlib.h>
#include <string.h>

#include "core/model.h"
#include "core/phrase.h"
#include "output/render-text.h"
#include "output/render.h"

static const struct matrix *shown_matrix(const struct apmatrix *apm, size_t nr)
{
	return snapshot_find(apm->snap, apm->report.shown[nr]);
}

/* list */

enum list_column {
	LIST_NAME,
	LIST_UUID,
	LIST_STATE,
	LIST_START,
	LIST_ADAPTERS,
	LIST_DOMAINS,
	LIST_CONTROL,
	LIST_ASSIGNED,
	LIST_GUEST,
	LIST_MISSING,
	LIST_DRIFT,		/* the last: tables leave it out if there is none */
	LIST_NR
};

static const struct column list_columns[LIST_NR] = {
	[LIST_NAME] = { "NAME", "name", COLUMN_TEXT },
	[LIST_UUID] = { "UUID", "uuid", COLUMN_TEXT },
	[LIST_STATE] = { "STATE", "state", COLUMN_TEXT },
	[LIST_START] = { "START", "start", COLUMN_TEXT },
	[LIST_ADAPTERS] = { "ADAPTERS", "adapters", COLUMN_IDS },
	[LIST_DOMAINS] = { "DOMAINS", "domains", COLUMN_IDS },
	[LIST_CONTROL] = { "CONTROL", "control_domains", COLUMN_IDS },
	[LIST_ASSIGNED] = { "ASSIGNED", "assigned", COLUMN_NUMBER },
	[LIST_GUEST] = { "IN-GUEST", "guest", COLUMN_NUMBER },
	[LIST_MISSING] = { "MISSING", "missing", COLUMN_NUMBER },
	[LIST_DRIFT] = { "DRIFT", "drift", COLUMN_TEXT },
};

static void add_word(struct text *text, const char *word)
{
	text_add(text, word && *word ? word : "-");
}

static const char *drift_word(const struct matrix *matrix)
{
	if (matrix->plan_drift > 0)
		return matrix_drifts(matrix) ? "definition,plan" : "plan";
	return matrix_drifts(matrix) ? "definition" : NULL;
}

struct list {
	const struct apmatrix *apm;
	bool drift;		/* with that column */
};

static enum paint list_row(void *ctx, size_t row, struct text *cells)
{
	const struct list *list = ctx;
	const struct apmatrix *apm = list->apm;
	const struct matrix *matrix = shown_matrix(apm, row);
	const struct apm_matrix *content = matrix_content(matrix);
	long missing = matrix_missing(matrix), guest = matrix_guest_queues(matrix);

	add_word(&cells[LIST_NAME], matrix->name);
	text_add(&cells[LIST_UUID], matrix->uuid);
	text_add(&cells[LIST_STATE], matrix_state_word(matrix->state));
	add_word(&cells[LIST_START], start_word(matrix->start));
	phrase_ids(&cells[LIST_ADAPTERS], apm_matrix_apm(content));
	phrase_ids(&cells[LIST_DOMAINS], apm_matrix_aqm(content));
	phrase_ids(&cells[LIST_CONTROL], apm_matrix_adm(content));
	text_addf(&cells[LIST_ASSIGNED], "%u", apm_matrix_apqns(content));
	if (guest >= 0)
		text_addf(&cells[LIST_GUEST], "%ld", guest);
	else
		text_add(&cells[LIST_GUEST], "-");
	if (missing >= 0)
		text_addf(&cells[LIST_MISSING], "%ld", missing);
	else
		text_add(&cells[LIST_MISSING], "-");
	if (list->drift)
		add_word(&cells[LIST_DRIFT], drift_word(matrix));
	if (missing > 0)
		return PAINT_WARN;
	return matrix->active ? PAINT_PLAIN : PAINT_FAINT;
}

/* Does every shown matrix have a name? */
static bool all_named(const struct apmatrix *apm)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		if (!shown_matrix(apm, i)->name)
			return false;
	}
	return true;
}

static bool any_drifts(const struct apmatrix *apm)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		if (drift_word(shown_matrix(apm, i)))
			return true;
	}
	return false;
}

void render_list(struct apmatrix *apm, FILE *out)
{
	static const unsigned int spare[] = { LIST_UUID, LIST_CONTROL, LIST_START, 0 };
	struct list list = {
		.apm = apm, .drift = apm->format != FORMAT_TABLE || any_drifts(apm),
	};
	const struct table table = {
		.columns = list_columns, .nr_columns = list.drift ? LIST_NR : LIST_DRIFT,
		.nr_rows = apm->report.nr_shown, .row = list_row, .ctx = &list,
		.spare = all_named(apm) ? spare : spare + 1,
	};

	if (table.nr_rows || apm->format != FORMAT_TABLE)
		render_table(apm, &table, out);
	else if (!apm->given[OPT_QUIET])
		fputs(apm->snap->host.bus ? "no matrices\n" :
		      "no matrices: this machine has no AP bus\n",
		      stderr);
}

/* show */

#define SHOW_COLUMN	19	/* of the values */

static void put_ids_line(const struct apmatrix *apm, const char *label,
			 const struct apm_mask *mask, FILE *out)
{
	struct text both = { 0 };
	unsigned int id;

	apm_mask_for_each(id, mask)
		text_addf(&both, "%s0x%02x (%u)", both.len ? ", " : "", id, id);
	fprintf(out, "  %-16s ", label);
	put_wrapped(out, both.len ? both.at : "none", SHOW_COLUMN, apm->width);
	text_free(&both);
}

static void put_line(const char *label, const char *value, FILE *out)
{
	if (value)
		fprintf(out, "  %-16s %s\n", label, value);
}

/* Columns of APQNs, those that are missing in the guest with the reason. */
static void put_queues(const struct apmatrix *apm, const struct matrix *matrix,
		       FILE *out)
{
	struct explainer explainer;
	unsigned int apid, apqi, in_line = 0;

	fprintf(out, "  %-16s ", matrix->state == MATRIX_IN_USE ? "guest has" :
		"guest would have");
	if (!matrix->guest_known) {
		fprintf(out, "%s\n", matrix->has_guest ? "unknown" :
			"unknown (this kernel does not report it)");
		return;
	}
	apm_mask_for_each(apid, apm_matrix_apm(&matrix->guest)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->guest)) {
			if (in_line == 7) {
				fprintf(out, "\n  %-16s ", "");
				in_line = 0;
			}
			fprintf(out, "%s%s%02x.%04x%s", in_line++ ? " " : "",
				paint(apm, PAINT_GOOD), apid, apqi,
				paint(apm, PAINT_PLAIN));
		}
	}
	fprintf(out, "%s\n", apm_matrix_apqns(&matrix->guest) ? "" : "nothing");
	if (matrix_missing(matrix) <= 0)
		return;

	explain_begin(&explainer, apm->snap, matrix);
	in_line = 0;
	apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->assigned)) {
			struct verdict verdict = explain_apqn(&explainer, apid, apqi);

			if (!*verdict.word)
				continue;
			fprintf(out, "  %-16s %s%02x.%04x%s %s%s%s\n",
				in_line++ ? "" : "missing",
				paint(apm, PAINT_BAD), apid, apqi,
				paint(apm, PAINT_PLAIN), verdict.word,
				verdict.reason == REASON_OTHER_DRIVER ? ": " : "",
				verdict.reason == REASON_OTHER_DRIVER &&
				verdict.driver ? verdict.driver : "");
		}
	}
}

static void put_matrix(const struct apmatrix *apm, const struct matrix *matrix,
		       FILE *out)
{
	const struct apm_matrix *content = matrix_content(matrix);

	fprintf(out, "%s%s%s\n", paint(apm, PAINT_STRONG), matrix_title(matrix),
		paint(apm, PAINT_PLAIN));
	put_line("uuid", matrix->name ? matrix->uuid : NULL, out);
	put_line("owner", matrix->owner, out);
	put_line("comment", matrix->comment, out);
	put_line("state", matrix_state_word(matrix->state), out);
	if (matrix->guest_pid)
		fprintf(out, "  %-16s %s%sprocess %ld\n", "guest",
			matrix->guest_name ? matrix->guest_name : "",
			matrix->guest_name ? ", " : "", matrix->guest_pid);
	if (matrix->defined)
		fprintf(out, "  %-16s %s%s%s\n", "start",
			start_word(matrix->start),
			matrix_drifts(matrix) ? ", differs from the active configuration" : "",
			matrix->definition_odd ?
			", has unknown attributes" : "");
	put_line("plan", matrix->plan_drift > 0 ? "differs from the host's plan" : NULL, out);
	put_ids_line(apm, "adapters", apm_matrix_apm(content), out);
	put_ids_line(apm, "domains", apm_matrix_aqm(content), out);
	put_ids_line(apm, "control domains", apm_matrix_adm(content), out);
	if (matrix_drifts(matrix)) {
		put_ids_line(apm, "defined adapters", apm_matrix_apm(&matrix->definition), out);
		put_ids_line(apm, "defined domains", apm_matrix_aqm(&matrix->definition), out);
		put_ids_line(apm, "defined control", apm_matrix_adm(&matrix->definition), out);
	}
	if (matrix->active)
		put_queues(apm, matrix, out);
}

void render_show(struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		if (i)
			fputc('\n', out);
		put_matrix(apm, shown_matrix(apm, i), out);
	}
}

/* changes */

static void put_change_ids(const struct apmatrix *apm, const struct change *change,
			   FILE *out)
{
	struct text text = { 0 };

	if (!apm_mask_empty(&change->added)) {
		phrase_ids(&text, &change->added);
		fprintf(out, "%s  + %-24s %s%s\n", paint(apm, PAINT_GOOD),
			change->field, text.at, paint(apm, PAINT_PLAIN));
		text_free(&text);
	}
	if (!apm_mask_empty(&change->removed)) {
		phrase_ids(&text, &change->removed);
		fprintf(out, "%s  - %-24s %s%s\n", paint(apm, PAINT_BAD),
			change->field, text.at, paint(apm, PAINT_PLAIN));
		text_free(&text);
	}
}

static void put_change_words(const struct apmatrix *apm,
			     const struct change *change, FILE *out)
{
	static const char *const marks[] = { "+", "-", "~" };
	static const enum paint paints[] = { PAINT_GOOD, PAINT_BAD, PAINT_WARN };
	unsigned int kind = !change->from ? 0 : !change->to ? 1 : 2;

	fprintf(out, "%s  %s %s%s%-*s %s%s%s%s\n", paint(apm, paints[kind]),
		marks[kind], change->queue ? change->queue : "",
		change->queue ? " " : "", change->queue ? 16 : 24,
		change->field, change->from ? change->from : "",
		kind == 2 ? " -> " : "", change->to ? change->to : "",
		paint(apm, PAINT_PLAIN));
}

/* Of a matrix that is not there any more, or not yet. */
static const char *name_in_changes(const struct apmatrix *apm, const char *uuid)
{
	size_t i;

	for (i = 0; i < apm->report.nr_changes; i++) {
		const struct change *change = &apm->report.changes[i];

		if (str_is(change->uuid, uuid) && str_is(change->field, "name"))
			return change->to ? change->to : change->from;
	}
	return NULL;
}

/* Does a change of the host's queues reach a matrix that the change does not name? */
static bool is_also_affected(const struct apmatrix *apm, const char *uuid)
{
	size_t i;

	for (i = 0; i < apm->report.nr_guests; i++) {
		if (str_is(apm->report.guests[i].uuid, uuid))
			return !apm->report.guests[i].named;
	}
	return false;
}

static void put_heading(const struct apmatrix *apm, const char *uuid, FILE *out)
{
	const struct matrix *matrix = apm->snap ? snapshot_find(apm->snap, uuid) : NULL;
	const char *name = matrix && matrix->name ? matrix->name : name_in_changes(apm, uuid);

	/* the next run chooses another one */
	if (apm->report.dry_run && names_has(&apm->report.random, uuid))
		uuid = "a UUID will be chosen";
	fprintf(out, "%s%s%s%s%s%s%s\n", is_also_affected(apm, uuid) ? "also affected: " : "",
		paint(apm, PAINT_STRONG),
		name ? name : *uuid ? uuid : "host", paint(apm, PAINT_PLAIN),
		name ? " (" : "", name ? uuid : "", name ? ")" : "");
}

/* Only a guest that runs gets and loses queues. */
static void put_guest_line(const struct apmatrix *apm, const struct guest_change *guest,
			   bool got, FILE *out)
{
	bool dry = apm->report.dry_run;
	struct text queues = { 0 };
	const char *what;

	if (phrase_without(&queues, got ? &guest->after : &guest->before,
			   got ? &guest->before : &guest->after)) {
		if (guest->running && dry)
			what = got ? " would get" : " would lose";
		else if (guest->running)
			what = got ? " gets" : " loses";
		else
			what = got ? " would get" : " would no longer get";
		if (guest->gone && !guest->running)
			fprintf(out, "  %s %s\n", dry ? "would free" : "frees",
				text_str(&queues));
		else
			fprintf(out, "  %s%s%s%s %s%s\n",
				paint(apm, got ? PAINT_GOOD : PAINT_BAD),
				guest->running ? guest->name ? "guest " : "the guest" : "a guest",
				guest->name ? guest->name : "", what, text_str(&queues),
				paint(apm, PAINT_PLAIN));
	}
	text_free(&queues);
}

static void put_guest(const struct apmatrix *apm, const struct guest_change *guest,
		      FILE *out)
{
	put_guest_line(apm, guest, true, out);
	put_guest_line(apm, guest, false, out);
}

/* The queues that masks move; a driver override names its queue itself. */
static void put_pool(const struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;

	if (report->host_gets)
		fprintf(out, "  the host %s %s\n", report->dry_run ? "would get back" : "gets back",
			report->host_gets);
	if (report->guests_can_have)
		fprintf(out, "  guests %s %s\n", report->dry_run ? "could have" : "can have",
			report->guests_can_have);
}

/* The lines of one matrix, or of the host: its changes, then its guest's. */
static void put_changes_of(const struct apmatrix *apm, const char *uuid, FILE *out)
{
	const struct report *report = &apm->report;
	size_t i;

	put_heading(apm, uuid, out);
	for (i = 0; i < report->nr_changes; i++) {
		const struct change *change = &report->changes[i];

		/* of guests, queues are told, not IDs */
		if (!str_is(change->uuid, uuid) || !strncmp(change->field, "guest_", 6))
			continue;
		if (change->ids)
			put_change_ids(apm, change, out);
		else
			put_change_words(apm, change, out);
	}
	if (!*uuid)
		put_pool(apm, out);
	for (i = 0; i < report->nr_guests; i++) {
		if (str_is(report->guests[i].uuid, uuid))
			put_guest(apm, &report->guests[i], out);
	}
}

void render_change_lines(struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;
	size_t i, j;

	if (apm->given[OPT_QUIET] && !report->dry_run)
		return;
	if (report->dry_run && report->nr_changes)
		fputs("preview: nothing is changed\n", out);
	for (i = 0; i < report->nr_changes; i++) {
		const char *uuid = report->changes[i].uuid;

		for (j = 0; j < i && !str_is(report->changes[j].uuid, uuid); j++)
			;
		if (j == i)
			put_changes_of(apm, uuid, out);
	}
	if (report->unconfirmed)
		fprintf(out, "running now; confirm within %s s: apmatrix confirm (it writes the definitions "
			"and the rule); otherwise this is undone\n", report->unconfirmed);
}

void render_changes(struct apmatrix *apm, FILE *out)
{
	const struct report *report = &apm->report;
	bool quiet = apm->given[OPT_QUIET] && !report->dry_run;

	render_change_lines(apm, out);
	if (!quiet && !report->changed && !report->nr_changes)
		fputs("no change needed\n", out);
}

/* findings */

void render_findings(const struct apmatrix *apm, FILE *out)
{
	const struct problems *findings = &apm->report.findings;
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		const struct problem *finding = &findings->at[i];
		bool again = i + 1 < findings->nr &&
			     str_is(findings->at[i + 1].hint, finding->hint);
		unsigned int column = finding->serious ? 8 : 5;
		char *line;

		fputs(finding->serious ? "problem " : "note ", out);
		line = xasprintf("%s: %s", finding->word, finding->message);
		put_wrapped(out, line, column, apm->width);
		free(line);
		if (!finding->hint || again)
			continue;
		fputs("  ", out);
		put_wrapped(out, finding->hint, 2, apm->width);
	}
}

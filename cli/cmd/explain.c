// SPDX-License-Identifier: GPL-2.0-only
/* explain: why a queue is not in the guest, and how to fix it. */
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/explain.h"
#include "core/phrase.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "output/render.h"

#define SENTENCE_COLUMN	36	/* the column of the reason */

/* The named APQNs, or all. */
static bool is_asked(const struct apmatrix *apm, unsigned int apid,
		     unsigned int apqi)
{
	unsigned int asked_apid, asked_apqi;
	size_t i;

	for (i = 1; i < apm->nr_operands; i++) {
		if (!apm_parse_apqn(apm->operands[i], strlen(apm->operands[i]),
				   &asked_apid, &asked_apqi) &&
		    asked_apid == apid && asked_apqi == apqi)
			return true;
	}
	return apm->nr_operands < 2;
}

/* Queues of an adapter with the same reason are one line. */
struct run_of {
	unsigned int apid, first, last, nr;
	struct verdict verdict;
};

static void put_run(struct apmatrix *apm, const struct explainer *explainer,
		    const struct run_of *run, const struct apm_mask *blocking,
		    FILE *out)
{
	bool unknown = run->verdict.reason == REASON_UNKNOWN;
	struct text sentence = { 0 }, queues = { 0 };

	/* --quiet: only what is wrong */
	if (!run->nr || (apm->given[OPT_QUIET] && !*run->verdict.word))
		return;
	text_addf(&queues, "%02x.%04x", run->apid, run->first);
	if (*run->verdict.word && !unknown)
		text_addf(&sentence, "%s: ", run->verdict.word);
	if (run->nr == 2)
		text_addf(&queues, ", %02x.%04x", run->apid, run->last);
	else if (run->nr > 2)
		text_addf(&queues, " to %02x.%04x (%u)", run->apid, run->last,
			  run->nr);
	explain_sentence(explainer, run->apid, run->first, &run->verdict,
			 blocking, &sentence);
	if (!*run->verdict.word)
		fprintf(out, "  %-24s %s%s%s\n", queues.at, paint(apm, PAINT_GOOD),
			sentence.at, paint(apm, PAINT_PLAIN));
	else {
		fprintf(out, "  %-24s %s%s%s  ", queues.at,
			paint(apm, unknown ? PAINT_WARN : PAINT_BAD),
			unknown ? "unknown" : "MISSING", paint(apm, PAINT_PLAIN));
		put_wrapped(out, sentence.at, SENTENCE_COLUMN, apm->width);
	}
	text_free(&sentence);
	text_free(&queues);
}

static bool same_verdict(const struct verdict *a, const struct verdict *b)
{
	return str_is(a->word, b->word) &&
	       (a->driver == b->driver || a->reason != REASON_OTHER_DRIVER);
}

/*
 * The commands that fix it: joined by "and" all are needed, by "or" one of them. A
 * command may take queues from a running guest: a text, else "".
 */
struct cure {
	struct names commands, joints, costs;
};

/* Of a command that removes domains. */
static char *cost_of(const struct matrix *matrix, const struct apm_mask *domains)
{
	struct apm_matrix lost = matrix->guest;
	struct text text = { 0 };

	apm_mask_and(&lost.dim[APM_DIM_DOMAIN], &lost.dim[APM_DIM_DOMAIN], domains);
	if (matrix->state == MATRIX_IN_USE && matrix->guest_known && apm_matrix_apqns(&lost)) {
		text_add(&text, " (takes ");
		phrase_all_apqns(&text, &lost);
		text_add(&text, " from the guest)");
	}
	return text.at ? text.at : xstrdup("");
}

static void add_cure(const struct explainer *explainer, const struct run_of *run,
		     const struct apm_mask *blocking, struct cure *cure)
{
	bool sibling = run->verdict.reason == REASON_SIBLING_WITHHELD;
	size_t i, before = cure->commands.nr;
	char *cost;

	explain_fixes(explainer, run->apid, run->first, &run->verdict, blocking,
		      &cure->commands);
	for (i = before; i < cure->commands.nr; i++) {
		bool instead = sibling && i + 1 == cure->commands.nr;

		names_add(&cure->joints, instead ? "or" : "and");
		cost = instead ? cost_of(explainer->matrix, blocking) : xstrdup("");
		names_add(&cure->costs, cost);
		free(cost);
	}
}

static void put_cure(struct apmatrix *apm, const struct cure *cure, FILE *out)
{
	size_t i;

	for (i = 0; i < cure->commands.nr; i++) {
		bool instead = i && str_is(cure->joints.at[i], "or");

		fprintf(out, "  %s %s%s%s%s\n", !i ? "fix:" : instead ? "       or" : "and:",
			paint(apm, PAINT_STRONG), cure->commands.at[i],
			paint(apm, PAINT_PLAIN), cure->costs.at[i]);
	}
}

static void put_adapter(struct apmatrix *apm, const struct explainer *explainer,
			unsigned int apid, struct cure *cure, FILE *out)
{
	struct run_of run = { .apid = apid };
	struct apm_mask blocking;
	unsigned int apqi;

	explain_blocking(explainer, apid, &blocking);
	apm_mask_for_each(apqi, apm_matrix_aqm(&explainer->matrix->assigned)) {
		struct verdict verdict;

		if (!is_asked(apm, apid, apqi))
			continue;
		verdict = explain_apqn(explainer, apid, apqi);
		if (!run.nr || !same_verdict(&verdict, &run.verdict)) {
			put_run(apm, explainer, &run, &blocking, out);
			run.first = apqi;
			run.nr = 0;
			run.verdict = verdict;
			add_cure(explainer, &run, &blocking, cure);
		}
		run.last = apqi;
		run.nr++;
	}
	put_run(apm, explainer, &run, &blocking, out);
}

static void put_summary(const struct apmatrix *apm, const struct matrix *matrix,
			FILE *out)
{
	unsigned int assigned = apm_matrix_apqns(&matrix->assigned);

	fprintf(out, "%s%s%s: ", paint(apm, PAINT_STRONG), matrix_title(matrix),
		paint(apm, PAINT_PLAIN));
	if (!matrix->guest_known)
		fprintf(out, "%u queue%s assigned, the guest matrix is unknown\n",
			assigned, assigned == 1 ? " is" : "s are");
	else if (!assigned)
		fprintf(out, "no queue is assigned: %s\n",
			apm_matrix_empty(&matrix->assigned) ? "it is empty" :
			apm_mask_empty(apm_matrix_apm(&matrix->assigned)) ?
			"it has no adapter" : "it has no domain");
	else
		fprintf(out, "%u of %u assigned queues %s%s\n",
			apm_matrix_apqns(&matrix->guest), assigned,
			matrix->state == MATRIX_IN_USE ? "are in the guest" :
			"would reach a guest",
			matrix->reasons_known ? " (reasons from the kernel)" :
			" (reasons computed from sysfs)");
}

static void put_matrix(struct apmatrix *apm, const struct matrix *matrix,
		       FILE *out)
{
	struct explainer explainer;
	struct cure cure = { 0 };
	unsigned int apid;

	put_summary(apm, matrix, out);
	explain_begin(&explainer, apm->snap, matrix);
	apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned))
		put_adapter(apm, &explainer, apid, &cure, out);
	put_cure(apm, &cure, out);
	names_free(&cure.commands);
	names_free(&cure.joints);
	names_free(&cure.costs);
}

static void text(struct apmatrix *apm, FILE *out)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix = snapshot_find(apm->snap, apm->report.shown[i]);

		if (!apm->given[OPT_QUIET] || matrix_missing(matrix))
			put_matrix(apm, matrix, out);
	}
}

static bool check_apqns(struct apmatrix *apm, const struct matrix *matrix)
{
	size_t i;

	for (i = 1; i < apm->nr_operands; i++) {
		struct complaint complaint = { 0 };
		unsigned int apid, apqi;
		struct problem *problem;

		if (!parse_apqn(apm->operands[i], &apid, &apqi, &complaint)) {
			report_complaint(apm, NULL, &complaint);
			return false;
		}
		if (apm_matrix_has(&matrix->assigned, apid, apqi))
			continue;
		problem = report_error(apm, EXIT_CODE_NOT_FOUND, 0,
				       "%s is not assigned to %s",
				       apm->operands[i], matrix_title(matrix));
		problem_hint(problem_apqn(problem, apid, apqi),
			     "apmatrix assign %s -a 0x%02x -d 0x%02x",
			     matrix_title(matrix), apid, apqi);
		return false;
	}
	return true;
}

static bool add_matrix(struct apmatrix *apm, struct matrix *matrix)
{
	if (!matrix->active) {
		problem_hint(report_error(apm, EXIT_CODE_NOT_FOUND, 0,
					  "%s is defined, but not active",
					  matrix_title(matrix)),
			     "apmatrix start %s makes it active",
			     matrix_title(matrix));
		return false;
	}
	if (!check_apqns(apm, matrix))
		return false;
	read_reasons(&apm->fs, apm->snap, matrix);
	if (matrix_missing(matrix)) {
		read_queues_of(apm, matrix);
		read_cards(&apm->fs, apm->snap);
		apm->report.different = true;
	}
	report_show(&apm->report, matrix->uuid);
	return true;
}

static int run(struct apmatrix *apm)
{
	struct matrix *matrix;
	size_t i;

	read_all(apm);
	if (!apm->nr_operands || str_is(apm->operands[0], "all")) {
		for (i = 0; i < apm->snap->nr_matrices; i++) {
			if (apm->snap->matrices[i].active)
				add_matrix(apm, &apm->snap->matrices[i]);
		}
		return EXIT_CODE_OK;
	}
	matrix = select_matrix(apm, apm->operands[0]);
	if (matrix)
		add_matrix(apm, matrix);
	return EXIT_CODE_OK;
}

static const enum option options[] = { OPT_EXIT_CODE, OPT_NR };

const struct command cmd_explain = {
	.name = "explain",
	.group = GROUP_LOOK,
	.operands = "[MATRIX [APQN...]]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "explain which queues a guest lacks and why",
	.description =
"The guest gets an adapter only if every assigned queue of it is available. One\n"
"unavailable queue withholds all others of its adapter. The first line says\n"
"whether the reasons come from the kernel or were computed from sysfs. Without MATRIX\n"
"all active matrices are explained. --quiet prints missing queues alone.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix explain web1\n"
"  apmatrix explain web1 06.00ab\n"
"  apmatrix explain all --exit-code",
	.terms_title = "Reasons",
	.terms = reason_terms,
	.run = run,
	.text = text,
};

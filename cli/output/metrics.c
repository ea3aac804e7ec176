// SPDX-License-Identifier: GPL-2.0-only
/* The host as OpenMetrics. See metrics.h. */
#include <string.h>

#include "core/queue-view.h"
#include "lib/program.h"
#include "lib/text.h"
#include "output/metrics.h"

#define PREFIX	"apmatrix_"

struct counted {
	unsigned int queues[QUEUE_STATUS_NR];
	unsigned long missing[REASON_NR];
	unsigned long matrices[MATRIX_UNKNOWN + 1];
	bool reasons_known;	/* the kernel gave them wherever a queue is missing */
};

/* A family: what follows it are its lines. */
static void put_family(FILE *out, const char *name, const char *type, const char *help)
{
	fprintf(out, "# TYPE " PREFIX "%s %s\n# HELP " PREFIX "%s %s\n", name, type, name,
		help);
}

static void put_number(FILE *out, const char *name, const char *help,
		       unsigned long number)
{
	put_family(out, name, "gauge", help);
	fprintf(out, PREFIX "%s %lu\n", name, number);
}

/* Microseconds as seconds, without a floating point number that a locale changes. */
static void put_seconds(FILE *out, const char *name, unsigned long long us)
{
	fprintf(out, PREFIX "%s %llu.%06llu\n", name, us / 1000000, us % 1000000);
}

static void put_label(FILE *out, const char *name, const char *value)
{
	fprintf(out, "%s=\"", name);
	for (; *value; value++) {
		if (*value == '\n')
			fputs("\\n", out);
		else if (*value == '\\' || *value == '"')
			fprintf(out, "\\%c", *value);
		else
			fputc(*value, out);
	}
	fputc('"', out);
}

/* host */

static void count_missing(const struct snapshot *snap, const struct matrix *matrix,
			  struct counted *counted)
{
	struct explainer explainer;
	unsigned int apid, apqi;

	if (matrix_missing(matrix) <= 0)
		return;
	counted->reasons_known = counted->reasons_known && matrix->reasons_known;
	explain_begin(&explainer, snap, matrix);
	apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->assigned))
			counted->missing[explain_apqn(&explainer, apid, apqi).reason]++;
	}
	counted->missing[REASON_NONE] = 0;
}

static void count(const struct snapshot *snap, struct counted *counted)
{
	size_t i;

	*counted = (struct counted){ .reasons_known = snap->host.features.reasons };
	queue_status_count(snap, counted->queues);
	for (i = 0; i < snap->nr_matrices; i++) {
		counted->matrices[snap->matrices[i].state]++;
		count_missing(snap, &snap->matrices[i], counted);
	}
}

static void put_host(const struct snapshot *snap, const struct counted *counted,
		     FILE *out)
{
	unsigned int i;

	put_family(out, "build_info", "gauge", "Version of apmatrix.");
	fputs(PREFIX "build_info{version=\"" APMATRIX_VERSION "\"} 1\n", out);
	put_number(out, "module_loaded", "Whether vfio_ap is loaded.", snap->host.module);
	put_family(out, "matrices", "gauge", "Matrices, by state.");
	for (i = 0; i <= MATRIX_UNKNOWN; i++)
		fprintf(out, PREFIX "matrices{state=\"%s\"} %lu\n", matrix_state_word(i),
			counted->matrices[i]);
	if (!counted->matrices[MATRIX_UNKNOWN])
		put_number(out, "guests", "Running guests that have a matrix.",
			   counted->matrices[MATRIX_IN_USE]);
	put_family(out, "queues", "gauge", "Queues, by state.");
	for (i = QUEUE_ABSENT + 1; i < QUEUE_STATUS_NR; i++)
		fprintf(out, PREFIX "queues{state=\"%s\"} %u\n", queue_status_word(i),
			counted->queues[i]);
	put_family(out, "missing_queues", "gauge",
		   "Queues that are assigned and not in the guest, by reason.");
	for (i = REASON_NONE + 1; i < REASON_NR; i++)
		fprintf(out, PREFIX "missing_queues{reason=\"%s\"} %lu\n", reason_word(i),
			counted->missing[i]);
}

static void put_resets(const struct counted *counted, const struct reset_counts *resets,
		       FILE *out)
{
	static const char quarantined[] = "Queues that are withheld because they cannot be zeroized.";

	if (resets)
		put_number(out, "quarantined_queues", quarantined, resets->withheld);
	else if (counted->reasons_known)
		put_number(out, "quarantined_queues", quarantined,
			   counted->missing[REASON_RESET_FAILED]);
	if (!resets)
		return;
	put_family(out, "resets", "counter", "Resets of queues, by result.");
	fprintf(out, PREFIX "resets_total{result=\"complete\"} %llu\n", resets->complete);
	fprintf(out, PREFIX "resets_total{result=\"failed\"} %llu\n", resets->failed);
	put_family(out, "reset_seconds", "counter", "Time of the complete resets.");
	put_seconds(out, "reset_seconds_total", resets->total_us);
	put_family(out, "reset_longest_seconds", "gauge", "The longest complete reset.");
	put_seconds(out, "reset_longest_seconds", resets->longest_us);
}

/* matrices */

static long assigned(const struct matrix *matrix)
{
	return matrix->active && matrix->assigned_known ?
	       (long)apm_matrix_apqns(&matrix->assigned) : -1;
}

static long in_guest(const struct matrix *matrix)
{
	return matrix->active && matrix->guest_known ?
	       (long)apm_matrix_apqns(&matrix->guest) : -1;
}

static long in_use(const struct matrix *matrix)
{
	return matrix->state == MATRIX_UNKNOWN ? -1 : matrix->state == MATRIX_IN_USE;
}

static long drifts(const struct matrix *matrix)
{
	return matrix_drifts(matrix);
}

static long generation(const struct matrix *matrix)
{
	return (long)matrix->generation;
}

static const struct {
	const char *name;
	const char *type;
	const char *help;
	long (*number)(const struct matrix *matrix);	/* -1: unknown, no line */
} families[] = {
	{ "matrix_assigned_queues", "gauge", "Queues that are assigned to a matrix.",
	  assigned },
	{ "matrix_guest_queues", "gauge",
	  "Queues that its guest has, or would have if it ran.", in_guest },
	{ "matrix_missing_queues", "gauge",
	  "Queues that are assigned to a matrix and not in its guest.", matrix_missing },
	{ "matrix_in_use", "gauge", "Whether a running guest has the matrix.", in_use },
	{ "matrix_drift", "gauge",
	  "Whether the active configuration differs from the definition.", drifts },
	{ "matrix_guest_changes", "counter", "Changes of the guest's matrix.", generation },
};

static void put_matrix(const struct matrix *matrix, const char *name,
		       const char *suffix, long number, FILE *out)
{
	fprintf(out, PREFIX "%s%s{", name, suffix);
	put_label(out, "matrix", matrix_title(matrix));
	fputc(',', out);
	put_label(out, "uuid", matrix->uuid);
	if (matrix->guest_name) {
		fputc(',', out);
		put_label(out, "guest", matrix->guest_name);
	}
	fprintf(out, "} %ld\n", number);
}

static void put_matrices(const struct snapshot *snap, FILE *out)
{
	unsigned int i;
	size_t nr;

	for (i = 0; i < sizeof(families) / sizeof(*families); i++) {
		bool counter = str_is(families[i].type, "counter"), begun = false;

		for (nr = 0; nr < snap->nr_matrices; nr++) {
			const struct matrix *matrix = &snap->matrices[nr];
			long number = families[i].number(matrix);

			if (number < 0)
				continue;
			if (!begun)
				put_family(out, families[i].name, families[i].type,
					   families[i].help);
			begun = true;
			put_matrix(matrix, families[i].name, counter ? "_total" : "", number,
				   out);
		}
	}
}

void render_metrics(const struct snapshot *snap, const struct reset_counts *counts,
		    FILE *out)
{
	struct counted counted;

	count(snap, &counted);
	put_host(snap, &counted, out);
	put_resets(&counted, counts, out);
	put_matrices(snap, out);
	fputs("# EOF\n", out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* metrics: the host in numbers, for a monitoring system. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "host/read-guests.h"
#include "host/read-host.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "output/metrics.h"

/* What this kernel does not report has no line, which a reader cannot see. */
static void note_unreported(struct apmatrix *apm, bool resets)
{
	const struct host *host = &apm->snap->host;

	if (!host->module) {
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "vfio_ap is not loaded: no matrix is active");
		return;
	}
	if (!host->features.reasons)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "this vfio_ap reports no reasons: they are computed, "
			    "and quarantined queues are unknown");
	if (!resets)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "this vfio_ap does not count resets");
	if (!host->features.generation)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "this vfio_ap does not count the changes of guests");
}

/* Whoever reads the file meanwhile finds the old one or the new one. */
static int write_file(const char *path, const char *text, size_t len)
{
	char *fresh = xasprintf("%s.XXXXXX", path);
	int fd = mkstemp(fresh), ret = 0;
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (!out) {
		ret = -errno;
		if (fd >= 0)
			close(fd);
	} else {
		if (fwrite(text, 1, len, out) != len || fchmod(fd, 0644))
			ret = -errno;
		if (fclose(out) && !ret)
			ret = -errno;
	}
	if (!ret && rename(fresh, path))
		ret = -errno;
	if (ret && fd >= 0)
		unlink(fresh);
	free(fresh);
	return ret;
}

static void put_file(struct apmatrix *apm, const char *path,
		     const struct reset_counts *resets)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	int ret = -ENOMEM;

	if (out) {
		render_metrics(apm->snap, resets, out);
		ret = fclose(out) ? -ENOMEM : write_file(path, text, len);
	}
	if (ret)
		report_error(apm, exit_code_from_errno(-ret), -ret, "cannot write %s: %s",
			     path, strerror(-ret));
	free(text);
}

static int run(struct apmatrix *apm)
{
	struct reset_counts resets;
	bool counted;
	size_t i;

	read_all(apm);
	read_guests(&apm->fs, apm->snap);
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		struct matrix *matrix = &apm->snap->matrices[i];

		if (matrix_missing(matrix) > 0)
			read_reasons(&apm->fs, apm->snap, matrix);
		read_generation(&apm->fs, apm->snap, matrix);
	}
	counted = read_resets(&apm->fs, apm->snap, &resets);
	note_unreported(apm, counted);
	if (apm->nr_operands)
		put_file(apm, apm->operands[0], counted ? &resets : NULL);
	return EXIT_CODE_OK;
}

static void text(struct apmatrix *apm, FILE *out)
{
	struct reset_counts resets;

	if (!apm->nr_operands)
		render_metrics(apm->snap, read_resets(&apm->fs, apm->snap, &resets) ?
			       &resets : NULL, out);
}

static const enum option options[] = { OPT_NR };

const struct command cmd_metrics = {
	.name = "metrics",
	.group = GROUP_LOOK,
	.operands = "[FILE]",
	.operand = ARG_FILE,
	.max_operands = 1,
	.summary = "print numbers for a monitoring system",
	.description =
"Prints matrices, queues by state, missing queues by reason, guests and resets in\n"
"the format of OpenMetrics. FILE is replaced as a whole, for the textfile\n"
"collector of node_exporter. What the kernel does not report has no line.",
	.options = options,
	.formats = "table",
	.examples =
"  apmatrix metrics\n"
"  apmatrix metrics --quiet /var/lib/prometheus/node-exporter/apmatrix.prom",
	.run = run,
	.text = text,
};

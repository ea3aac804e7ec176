// SPDX-License-Identifier: GPL-2.0-only
/*
 * restore: applies the pool of the host's plan, then starts each definition.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "change/transaction.h"
#include "context/command.h"
#include "context/error.h"
#include "context/follow.h"
#include "context/module.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/declare.h"
#include "host/kmodule.h"
#include "host/read-boot.h"
#include "lib/clock.h"
#include "lib/defaults.h"
#include "lib/paths.h"
#include "output/render-text.h"

/* udevd has this file while it is busy. */
#define UDEV_QUEUE		"/run/udev/queue"
#define UDEV_RUNS		"/run/udev/control"
#define LOOK_AGAIN_MS		100

static bool bus_is_done(const struct snapshot *snap)
{
	const char *bindings = snap->host.bindings;

	/* kernels without this attribute: nothing to wait for */
	return !bindings || strstr(bindings, "complete");
}

static bool udev_is_done(struct sysfs *fs)
{
	return !sysfs_exists(fs, UDEV_RUNS) || !sysfs_exists(fs, UDEV_QUEUE);
}

/*
 * Waits until the AP bus has bound its drivers and udev has set the masks: before
 * that the queues of a definition are not available.
 */
static void wait_for_host(struct apmatrix *apm, unsigned int wait_ms)
{
	long long end = clock_ms() + wait_ms;
	struct follower follower;
	bool done, more = true;

	follow_begin(&follower, apm, false, LOOK_AGAIN_MS);
	while (!(done = bus_is_done(apm->snap) && udev_is_done(&apm->fs)) && more)
		more = follow_next(&follower, clock_left(end));
	follow_end(&follower);
	/* the next reading reports the same again */
	problems_free(&apm->report.warnings);
	if (!done)
		problem_add(&apm->report.warnings, EXIT_CODE_TIMEOUT, 0,
			    "%s after %g s; continuing",
			    bus_is_done(apm->snap) ? "udev is still busy" :
			    "the AP bus has not bound all queues",
			    wait_ms / 1000.0);
}

static bool load_module(struct apmatrix *apm)
{
	int ret = kmodule_load(&apm->fs, "vfio_ap");
	struct problem *problem;

	if (!ret)
		return true;
	problem = report_error(apm, EXIT_CODE_UNSUPPORTED, -ret,
			       "cannot load vfio_ap: %s", strerror(-ret));
	if (kmodule_hint(-ret))
		problem_hint(problem, "%s", kmodule_hint(-ret));
	return false;
}

/* Does this matrix have to be started? */
static bool is_wanted(struct apmatrix *apm, const struct matrix *matrix)
{
	size_t i;

	for (i = 0; i < apm->nr_operands; i++) {
		if (str_is(apm->operands[i], matrix->uuid) ||
		    str_is(apm->operands[i], matrix->name))
			return true;
	}
	return matrix->start == START_AUTO &&
	       (!apm->nr_operands ||
		(apm->nr_operands == 1 && str_is(apm->operands[0], "all")));
}

static bool check_operands(struct apmatrix *apm)
{
	bool good = true;
	size_t i;

	for (i = 0; i < apm->nr_operands; i++) {
		const struct matrix *matrix;

		if (apm->nr_operands == 1 && str_is(apm->operands[i], "all"))
			return true;
		matrix = select_matrix(apm, apm->operands[i]);
		if (matrix && !matrix->defined)
			problem_matrix(report_error(apm, EXIT_CODE_NOT_FOUND, 0,
						    "%s has no definition",
						    matrix_title(matrix)),
				       matrix->uuid);
		good = good && matrix && matrix->defined;
	}
	return good;
}

static void choose(struct apmatrix *apm, struct names *uuids)
{
	size_t i;

	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if (!matrix->defined || !is_wanted(apm, matrix))
			continue;
		if (!matrix->active) {
			names_add(uuids, matrix->uuid);
			continue;
		}
		report_show(&apm->report, matrix->uuid);
		if (matrix_drifts(matrix))
			problem_matrix(problem_add(&apm->report.warnings,
						   EXIT_CODE_CONFLICT, 0,
						   "%s is active and differs from its definition; "
						   "not changed",
						   matrix_title(matrix)),
				       matrix->uuid);
	}
}

static void add_target(struct apmatrix *apm, struct targets *targets,
		       const char *uuid)
{
	const struct matrix *matrix = snapshot_find(apm->snap, uuid);
	struct target *target;

	/* it may have been removed in the meantime */
	if (!matrix || !matrix->defined || matrix->active)
		return;
	target = targets_add(targets, matrix);
	target->active = true;
	target->assigned = matrix->definition;
	if (matrix->definition_odd)
		problem_matrix(problem_add(&apm->report.warnings,
					   EXIT_CODE_UNSUPPORTED, 0,
					   "%s: restored without the unknown attributes "
					   "of its definition",
					   matrix_title(matrix)), matrix->uuid);
}

/* A matrix that is not available does not block the others. */
static void restore_each(struct apmatrix *apm, const struct names *uuids,
			 struct parts *parts)
{
	size_t i;

	for (i = 0; i < uuids->nr; i++) {
		/* nobody wants to undo the boot */
		struct targets targets = { .unrecorded = apm->given[OPT_BOOT] };

		add_target(apm, &targets, uuids->at[i]);
		if (targets.nr)
			parts_run(parts, apm, &targets);
		targets_free(&targets);
	}
}

/*
 * The host's plan, if there is one: its pool may have driver overrides, which a udev
 * rule cannot. Its matrices are started by their definitions.
 */
static void read_host_plan(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };
	int ret = apm->nr_operands ? 0 : select_host_plan(apm, &complaint);

	if (complaint.message)
		report_complaint(apm, PLAN_FILE, &complaint);
	else if (ret)
		report_unreadable(apm, PLAN_FILE, ret);
}

static bool has_pool(const struct apmatrix *apm)
{
	return apm->file && apm->file->pool;
}

static bool add_pool(struct apmatrix *apm, struct targets *targets)
{
	static const struct declare_rules rules;
	const struct plan_file pool = { .pool = apm->file->pool };

	read_pool(apm);
	read_boot(&apm->fs, apm->snap);
	return declare(apm->snap, &pool, &rules, apm->command->name, targets,
		       &apm->report.errors, &apm->report.warnings);
}

/* A pool that is not available blocks only the matrices that need it. */
static void restore_pool(struct apmatrix *apm, struct parts *parts)
{
	struct targets targets = { .unrecorded = apm->given[OPT_BOOT] };

	add_pool(apm, &targets);
	parts_run(parts, apm, &targets);
	targets_free(&targets);
}

/* In a preview all parts are checked together. */
static void restore_dry(struct apmatrix *apm, const struct names *uuids,
			struct parts *parts)
{
	struct targets targets = { 0 };
	size_t i;

	for (i = 0; i < uuids->nr; i++)
		add_target(apm, &targets, uuids->at[i]);
	if (has_pool(apm))
		add_pool(apm, &targets);
	if (targets.nr || has_pool(apm))
		parts_run(parts, apm, &targets);
	targets_free(&targets);
}

static void restore(struct apmatrix *apm)
{
	struct names uuids = { 0 };
	struct parts parts = { 0 };
	bool dry = apm->given[OPT_DRY_RUN];

	if (!check_operands(apm))
		return;
	/* an invalid plan does not block definitions */
	problems_move(&parts.errors, &apm->report.errors);
	if (has_pool(apm) && !dry)
		restore_pool(apm, &parts);
	choose(apm, &uuids);
	if (uuids.nr && !apm->snap->host.module)
		report_no_module(apm);
	else if (dry)
		restore_dry(apm, &uuids, &parts);
	else
		restore_each(apm, &uuids, &parts);
	parts_end(&parts, apm);
	names_free(&uuids);
}

static bool prepare(struct apmatrix *apm)
{
	unsigned int wait_ms;
	bool wanted = false;
	size_t i;

	if (!select_time(apm, OPT_TIMEOUT, 1000 * BOOT_TIMEOUT_S, &wait_ms))
		return false;
	read_host_plan(apm);
	if (!apm->given[OPT_BOOT])
		return true;
	read_all(apm);
	wanted = has_pool(apm);
	for (i = 0; i < apm->snap->nr_matrices; i++)
		wanted = wanted || (apm->snap->matrices[i].defined &&
				    is_wanted(apm, &apm->snap->matrices[i]));
	/* first: the AP bus waits for queues of vfio_ap to be bound */
	if (wanted && !apm->snap->host.module && !apm->given[OPT_DRY_RUN] &&
	    !load_module(apm))
		return false;
	wait_for_host(apm, wait_ms);
	return true;
}

/*
 * The module that is loaded now is the one that guests get: dkms has had its chance.
 * False: the administrator does not want matrices to be started with it.
 */
static bool check_module(struct apmatrix *apm, bool *stock)
{
	enum stock_module policy;
	char *what = module_is_stock(apm, &policy);

	*stock = what;
	if (!what)
		return true;
	if (policy == STOCK_REFUSE)
		problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
					  "no matrix is started: %s", what),
			     "see apmatrix doctor; stock-module = start in " CONFIG_FILE
			     " starts matrices without it");
	else
		problem_add(&apm->report.warnings, EXIT_CODE_UNSUPPORTED, 0,
			    "%s; see apmatrix doctor", what);
	free(what);
	return policy != STOCK_REFUSE;
}

static int run(struct apmatrix *apm)
{
	bool stock = false;

	if (prepare(apm)) {
		if (transaction_begin(apm) && check_module(apm, &stock))
			restore(apm);
		transaction_end(apm);
	}
	/* all are started, but the unit fails, so that somebody looks */
	return stock && apm->given[OPT_BOOT] ? EXIT_CODE_UNSUPPORTED : EXIT_CODE_OK;
}

static const enum option options[] = { OPT_BOOT, OPT_NR };

const struct command cmd_restore = {
	.name = "restore",
	.group = GROUP_PLAN,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "start defined matrices",
	.description =
"Starts the named matrices as they are defined, or all that are started at boot.\n"
"A matrix whose queues are not available does not block the others. Without\n"
"MATRIX, the pool of /etc/apmatrix/plan.json is applied first.\n"
"apmatrix-restore.service runs it with --boot. If vfio_ap is the kernel's own, but\n"
"the one of this package is expected, --boot ends with status 7; stock-module in\n"
"/etc/apmatrix.conf decides whether matrices are started then.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix restore web1\n"
"  apmatrix restore --dry-run\n"
"  systemctl enable apmatrix-restore.service",
	.run = run,
	.text = render_changes,
};

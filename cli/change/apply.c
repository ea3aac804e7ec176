// SPDX-License-Identifier: GPL-2.0-only
/* The only file that changes the machine. See apply.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change/apply.h"
#include "core/phrase.h"
#include "host/read-matrices.h"
#include "lib/sysfs-names.h"

static int write_attr(struct sysfs *fs, const char *uuid, const char *attr,
		      const char *value)
{
	char *path = matrix_path(uuid, attr);
	int ret = sysfs_write(fs, path, value);

	free(path);
	return ret;
}

static bool matrix_exists(struct sysfs *fs, const char *uuid)
{
	char *path = matrix_path(uuid, NULL);
	bool exists = sysfs_exists(fs, path);

	free(path);
	return exists;
}

static const char *single_attr(enum step_kind kind, enum apm_dim dim)
{
	static const char *const attrs[2][APM_DIM_NR] = {
		{ "assign_adapter", "assign_domain", "assign_control_domain" },
		{ "unassign_adapter", "unassign_domain",
		  "unassign_control_domain" },
	};

	return attrs[kind == STEP_UNASSIGN][dim];
}

/* The assigned matrix in the kernel; false if unknown. */
static bool read_back(struct applier *applier, const char *uuid,
		      struct apm_matrix *assigned)
{
	struct matrix matrix = { .active = true };
	bool known;

	memcpy(matrix.uuid, uuid, sizeof(matrix.uuid));
	known = read_matrix(applier->fs, applier->snap, &matrix, NULL) &&
		matrix.assigned_known;
	*assigned = matrix.assigned;
	matrix_clear(&matrix);
	return known;
}

/* masks and drivers of queues */

static int write_mask(struct applier *applier, const struct step *step)
{
	char mask[APM_MASK_TEXT_LEN + 2] = "";

	apm_mask_format(&step->to.dim[step->dim], mask);
	mask[APM_MASK_TEXT_LEN] = '\n';
	return sysfs_write(applier->fs, step->dim == APM_DIM_ADAPTER ?
			   BUS_AP "/apmask" : BUS_AP "/aqmask", mask);
}

static bool mask_is(struct applier *applier, const struct step *step)
{
	char *line = sysfs_read_line(applier->fs, step->dim == APM_DIM_ADAPTER ?
				     BUS_AP "/apmask" : BUS_AP "/aqmask");
	struct apm_mask mask;
	bool is = line && !apm_parse_mask(line, strlen(line), &mask) &&
		  apm_mask_equal(&mask, &step->to.dim[step->dim]);

	free(line);
	return is;
}

/* The driver a queue has now: "" if none. */
static void queue_driver(struct applier *applier, const struct step *step,
			 char driver[64])
{
	char path[96];

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/driver",
		 step->id, step->id, step->domain);
	if (sysfs_link(applier->fs, path, driver, 64))
		*driver = '\0';
}

/* Unbinds the queue, then probes for the right driver. */
static int rebind(struct applier *applier, const struct step *step)
{
	char apqn[APM_APQN_TEXT_LEN + 1] = "", driver[64], path[160];
	int ret = 0;

	apm_apqn_format(step->id, step->domain, apqn);
	queue_driver(applier, step, driver);
	if (*driver) {
		if (step->other && *step->other && step->reserve ?
		    str_is(driver, step->other) :
		    str_is(driver, "vfio_ap") == step->reserve)
			return 0;
		snprintf(path, sizeof(path), BUS_AP "/drivers/%s/unbind", driver);
		ret = sysfs_write(applier->fs, path, apqn);
	}
	return ret ? ret : sysfs_write(applier->fs, BUS_AP "/drivers_probe", apqn);
}

/* What the override is to be; "": none */
static const char *overriding(const struct step *step)
{
	return !step->reserve ? "" : *step->other ? step->other : "vfio_ap";
}

static int write_override(struct applier *applier, const struct step *step)
{
	char path[96], line[DRIVER_NAME_LEN + 2];
	int ret;

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/driver_override",
		 step->id, step->id, step->domain);
	snprintf(line, sizeof(line), "%s\n", overriding(step));
	ret = sysfs_write(applier->fs, path, line);
	return ret ? ret : rebind(applier, step);
}

static bool override_is(struct applier *applier, const struct step *step)
{
	char path[96], *line;
	bool is;

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/driver_override",
		 step->id, step->id, step->domain);
	line = sysfs_read_line(applier->fs, path);
	/* kernels print nothing or (null) if there is none */
	is = str_is(line && !str_is(line, "(null)") ? line : "", overriding(step));
	free(line);
	return is;
}

static int write_bind(struct applier *applier, const struct step *step)
{
	char apqn[APM_APQN_TEXT_LEN + 1] = "";

	if (step->reserve)
		return rebind(applier, step);
	apm_apqn_format(step->id, step->domain, apqn);
	return sysfs_write(applier->fs, DRIVER_VFIO_AP_DIR "/unbind", apqn);
}

static bool queue_is(struct applier *applier, const struct step *step)
{
	char driver[64];

	queue_driver(applier, step, driver);
	return str_is(driver, "vfio_ap") ==
	       (step->reserve && !(step->other && *step->other));
}

/* The write alone: 0 or a negative errno value. */
static int do_write(struct applier *applier, const struct step *step)
{
	char config[APM_MATRIX_CONFIG_LEN + 1] = "";
	char id[16];

	switch (step->kind) {
	case STEP_CREATE:
		return sysfs_write(applier->fs, MATRIX_CREATE, step->uuid);
	case STEP_REMOVE:
		return write_attr(applier->fs, step->uuid, "remove", "1");
	case STEP_CONFIG:
		apm_matrix_read_config(&step->to, config, APM_MATRIX_CONFIG_LEN, 0);
		return write_attr(applier->fs, step->uuid, "ap_config", config);
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		snprintf(id, sizeof(id), "0x%02x", step->id);
		return write_attr(applier->fs, step->uuid,
				  single_attr(step->kind, step->dim), id);
	case STEP_MASK:
		return write_mask(applier, step);
	case STEP_OVERRIDE:
		return write_override(applier, step);
	case STEP_BIND:
		return write_bind(applier, step);
	}
	return -EINVAL;
}

/* Reads back after a successful write: is the machine as expected? */
static bool is_done(struct applier *applier, const struct step *step)
{
	struct apm_matrix assigned;

	switch (step->kind) {
	case STEP_CREATE:
		return matrix_exists(applier->fs, step->uuid);
	case STEP_REMOVE:
		return !matrix_exists(applier->fs, step->uuid);
	case STEP_MASK:
		return mask_is(applier, step);
	case STEP_OVERRIDE:
	case STEP_BIND:
		return queue_is(applier, step);
	case STEP_CONFIG:
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		return read_back(applier, step->uuid, &assigned) &&
		       apm_matrix_equal(&assigned, &step->to);
	}
	return false;
}

static const char *step_title(const struct applier *applier,
			      const struct step *step)
{
	return targets_title(applier->targets, applier->snap, step->uuid);
}

/* Which matrix is in the way? Reads again: there was none in the snapshot. */
static const char *find_holder(struct applier *applier, const struct step *step,
			       struct apm_matrix *common)
{
	size_t i;

	for (i = 0; i < applier->snap->nr_matrices; i++) {
		const struct matrix *other = &applier->snap->matrices[i];
		struct apm_matrix assigned;

		if (str_is(other->uuid, step->uuid) || !other->active)
			continue;
		if (read_back(applier, other->uuid, &assigned) &&
		    apm_matrix_shares(&step->to, &assigned, common))
			return other->uuid;
	}
	return NULL;
}

static void explain_errno(struct applier *applier, const struct step *step,
			  struct problem *problem)
{
	struct apm_matrix common;
	const char *holder;

	switch (problem->err) {
	case EADDRINUSE:
		holder = find_holder(applier, step, &common);
		if (!holder)
			break;
		problem_holder(problem, holder);
		problem_first_apqn(problem, &common);
		problem_hint(problem, "%s is already assigned to %s",
			     problem->apqn, holder);
		break;
	case EADDRNOTAVAIL:
		problem_hint(problem,
			     "a queue of this matrix is kept for the host's drivers: "
			     "see apmatrix queues and apmatrix pool reserve");
		break;
	case EINVAL:
		if (step->kind == STEP_MASK)
			problem_hint(problem,
				     "this kernel refuses masks while a queue has "
				     "a driver override, see apmatrix pool show");
		else if (step->kind == STEP_OVERRIDE)
			problem_hint(problem,
				     "this kernel refuses overrides unless apmask "
				     "and aqmask are all ones, see apmatrix pool show");
		break;
	case EBUSY:
		if (step->kind == STEP_MASK)
			problem_hint(problem,
				     "a matrix has a queue that this would reserve for the host, "
				     "see apmatrix queues");
		else if (step->kind == STEP_REMOVE)
			problem_hint(problem, "detach it from the guest first");
		else
			problem_hint(problem,
			     "this kernel cannot change a matrix that a guest uses");
		break;
	case EEXIST:
		problem_hint(problem, "it was created in the meantime");
		break;
	case EACCES:
	case EPERM:
		problem_hint(problem, "changes need root");
		break;
	case ENOENT:
		if (step->kind == STEP_CREATE)
			problem_hint(problem,
				     "the vfio_ap module is not loaded: modprobe vfio_ap");
		else
			problem_hint(problem, "it was removed in the meantime");
		break;
	default:
		break;
	}
}

static void describe(const struct applier *applier, const struct step *step,
		     struct text *what)
{
	text_addf(what, "%s%s%s: ", applier->verb, *step->uuid ? " " : "",
		  step_title(applier, step));
	switch (step->kind) {
	case STEP_CREATE:
		text_add(what, "creating it");
		break;
	case STEP_REMOVE:
		text_add(what, "removing it");
		break;
	case STEP_CONFIG:
		text_add(what, "writing its matrix");
		break;
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		text_addf(what, "%sassigning %s 0x%02x (%u)",
			  step->kind == STEP_ASSIGN ? "" : "un",
			  dim_word(step->dim), step->id, step->id);
		break;
	case STEP_MASK:
		text_addf(what, "writing %s",
			  step->dim == APM_DIM_ADAPTER ? "apmask" : "aqmask");
		break;
	case STEP_OVERRIDE:
		text_addf(what, "%s the driver override of %02x.%04x",
			  step->reserve ? "setting" : "clearing", step->id,
			  step->domain);
		break;
	case STEP_BIND:
		text_addf(what, "binding %02x.%04x to vfio_ap", step->id,
			  step->domain);
		break;
	}
}

static void complain(struct applier *applier, const struct step *step, int ret)
{
	struct text what = { 0 };
	struct problem *problem;

	describe(applier, step, &what);
	if (ret) {
		problem = problem_add(applier->errors, exit_code_from_errno(-ret),
				      -ret, "%s: %s", text_str(&what),
				      strerror(-ret));
		explain_errno(applier, step, problem);
	} else {
		problem = problem_add(applier->errors, EXIT_CODE_FAILURE, 0,
				      "%s: write accepted, but read-back differs",
				      text_str(&what));
		problem_hint(problem, "another program may be changing it");
	}
	if (*step->uuid)
		problem_matrix(problem, step->uuid);
	text_free(&what);
}

static bool run_step(struct applier *applier, const struct step *step)
{
	int ret = do_write(applier, step);

	if (!ret && is_done(applier, step))
		return true;
	complain(applier, step, ret);
	return false;
}

/* Undoes without messages: the reason was already reported. */
static bool undo_step(struct applier *applier, const struct step *step)
{
	struct step inverse = step_inverse(step);
	struct step content = inverse;

	if (do_write(applier, &inverse) || !is_done(applier, &inverse))
		return false;
	if (step->kind != STEP_REMOVE || apm_matrix_empty(&step->from))
		return true;
	/* it exists again, but empty */
	content.kind = STEP_CONFIG;
	content.to = step->from;
	if (applier->snap->host.features.ap_config)
		return !do_write(applier, &content) && is_done(applier, &content);
	for (content.dim = 0; content.dim < APM_DIM_NR; content.dim++) {
		content.kind = STEP_ASSIGN;
		apm_mask_for_each(content.id, &step->from.dim[content.dim]) {
			if (do_write(applier, &content))
				return false;
		}
	}
	return true;
}

static bool undo_steps(struct applier *applier, const struct plan *plan,
		       size_t nr)
{
	bool undone = true;

	while (nr--) {
		if (!undo_step(applier, &plan->steps[nr])) {
			struct problem *problem;

			undone = false;
			problem = problem_add(applier->errors, EXIT_CODE_PARTIAL, 0,
					      "%s %s: rollback failed",
					      applier->verb,
					      *plan->steps[nr].uuid ?
					      step_title(applier, &plan->steps[nr]) :
					      "host");
			if (*plan->steps[nr].uuid)
				problem_matrix(problem, plan->steps[nr].uuid);
		}
	}
	applier->applied.steps = 0;
	applier->applied.rolled_back = undone;
	applier->applied.rollback_failed = !undone;
	return undone;
}

/*
 * A failed write may have been carried out in part on some kernels: that part is
 * undone too.
 */
static size_t steps_in_effect(struct applier *applier, const struct plan *plan,
			      size_t failed)
{
	const struct step *step = &plan->steps[failed];
	struct apm_matrix assigned;
	struct step inverse;

	switch (step->kind) {
	case STEP_CREATE:
		return failed;	/* it was not created by us */
	case STEP_REMOVE:
		return failed + !matrix_exists(applier->fs, step->uuid);
	case STEP_MASK:
		inverse = step_inverse(step);
		return failed + !mask_is(applier, &inverse);
	case STEP_OVERRIDE:
		return failed + override_is(applier, step);
	case STEP_BIND:
		return failed + queue_is(applier, step);
	case STEP_CONFIG:
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		return failed + (read_back(applier, step->uuid, &assigned) &&
				 !apm_matrix_equal(&assigned, &step->from));
	}
	return failed;
}

bool apply_plan(struct applier *applier, const struct plan *plan)
{
	size_t i;

	/* also after the last step, so that an interrupted change is always undone */
	for (i = 0; i <= plan->nr; i++) {
		if (applier->interrupted && applier->interrupted(applier->ctx)) {
			problem_add(applier->errors, EXIT_CODE_FAILURE, EINTR,
				    "%s: interrupted", applier->verb);
			undo_steps(applier, plan, i);
			return false;
		}
		if (i < plan->nr && !run_step(applier, &plan->steps[i])) {
			undo_steps(applier, plan,
				   steps_in_effect(applier, plan, i));
			return false;
		}
	}
	applier->applied.steps = plan->nr;
	return true;
}

bool apply_undo(struct applier *applier, const struct plan *plan)
{
	return undo_steps(applier, plan, plan->nr);
}

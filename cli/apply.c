// SPDX-License-Identifier: GPL-2.0-only
/* The only room that changes the machine. See apply.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "kernel-abi.h"
#include "read-sysfs.h"

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

static const char *single_attr(enum step_kind kind, enum ap_dim dim)
{
	static const char *const attrs[2][AP_DIM_NR] = {
		{ "assign_adapter", "assign_domain", "assign_control_domain" },
		{ "unassign_adapter", "unassign_domain",
		  "unassign_control_domain" },
	};

	return attrs[kind == STEP_UNASSIGN][dim];
}

/* What the kernel has assigned now; false if it does not say. */
static bool read_back(struct applier *applier, const char *uuid,
		      struct ap_matrix *assigned)
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

/* The write alone: 0 or a negative errno value. */
static int do_write(struct applier *applier, const struct step *step)
{
	char config[AP_MATRIX_CONFIG_LEN + 1] = "";
	char id[16];

	switch (step->kind) {
	case STEP_CREATE:
		return sysfs_write(applier->fs, MATRIX_CREATE, step->uuid);
	case STEP_REMOVE:
		return write_attr(applier->fs, step->uuid, "remove", "1");
	case STEP_CONFIG:
		ap_matrix_read_config(&step->to, config, AP_MATRIX_CONFIG_LEN, 0);
		return write_attr(applier->fs, step->uuid, "ap_config", config);
	case STEP_ASSIGN:
	case STEP_UNASSIGN:
		snprintf(id, sizeof(id), "0x%02x", step->id);
		return write_attr(applier->fs, step->uuid,
				  single_attr(step->kind, step->dim), id);
	}
	return -EINVAL;
}

/* A write that succeeded is not believed: is the machine as it should be? */
static bool is_done(struct applier *applier, const struct step *step)
{
	struct ap_matrix assigned;

	switch (step->kind) {
	case STEP_CREATE:
		return matrix_exists(applier->fs, step->uuid);
	case STEP_REMOVE:
		return !matrix_exists(applier->fs, step->uuid);
	default:
		return read_back(applier, step->uuid, &assigned) &&
		       ap_matrix_equal(&assigned, &step->to);
	}
}

static const char *step_title(const struct applier *applier,
			      const struct step *step)
{
	return targets_title(applier->targets, applier->snap, step->uuid);
}

/* Who stands in the way? Read anew: it was nobody when we looked before. */
static const char *find_holder(struct applier *applier, const struct step *step,
			       struct ap_matrix *common)
{
	size_t i;

	for (i = 0; i < applier->snap->nr_matrices; i++) {
		const struct matrix *other = &applier->snap->matrices[i];
		struct ap_matrix assigned;

		if (str_is(other->uuid, step->uuid) || !other->active)
			continue;
		if (read_back(applier, other->uuid, &assigned) &&
		    ap_matrix_shares(&step->to, &assigned, common))
			return other->uuid;
	}
	return NULL;
}

static void explain_errno(struct applier *applier, const struct step *step,
			  struct problem *problem)
{
	struct ap_matrix common;
	const char *holder;

	switch (problem->err) {
	case EADDRINUSE:
		holder = find_holder(applier, step, &common);
		if (!holder)
			break;
		problem_holder(problem, holder);
		problem_apqn(problem,
			     ap_mask_next(ap_matrix_apm(&common), 0),
			     ap_mask_next(ap_matrix_aqm(&common), 0));
		problem_hint(problem, "%s is already assigned to %s",
			     problem->apqn, holder);
		break;
	case EADDRNOTAVAIL:
		problem_hint(problem,
			     "a queue of this matrix is reserved for the host's own drivers: see apmatrix queues, and apmatrix pool reserve");
		break;
	case EBUSY:
		problem_hint(problem,
			     "this kernel does not change a matrix while a guest has it");
		break;
	case EEXIST:
		problem_hint(problem, "somebody made it in the meantime");
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
			problem_hint(problem, "it vanished in the meantime");
		break;
	default:
		break;
	}
}

static void describe(const struct applier *applier, const struct step *step,
		     struct text *what)
{
	text_addf(what, "%s %s: ", applier->verb, step_title(applier, step));
	switch (step->kind) {
	case STEP_CREATE:
		text_add(what, "making it");
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
				      "%s: the kernel took it, but shows something else now",
				      text_str(&what));
		problem_hint(problem, "does somebody else change it at the same time?");
	}
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

/* Undo without complaint: the reason for undoing has been told. */
static bool undo_step(struct applier *applier, const struct step *step)
{
	struct step inverse = step_inverse(step);
	struct step content = inverse;

	if (do_write(applier, &inverse) || !is_done(applier, &inverse))
		return false;
	if (step->kind != STEP_REMOVE || ap_matrix_empty(&step->from))
		return true;
	/* it exists again, but empty */
	content.kind = STEP_CONFIG;
	content.to = step->from;
	if (applier->snap->host.features.ap_config)
		return !do_write(applier, &content) && is_done(applier, &content);
	for (content.dim = 0; content.dim < AP_DIM_NR; content.dim++) {
		content.kind = STEP_ASSIGN;
		ap_mask_for_each(content.id, &step->from.dim[content.dim]) {
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
					      "%s %s: what was done could not be undone",
					      applier->verb,
					      step_title(applier, &plan->steps[nr]));
			problem_matrix(problem, plan->steps[nr].uuid);
		}
	}
	applier->applied.steps = 0;
	applier->applied.rolled_back = undone;
	applier->applied.rollback_failed = !undone;
	return undone;
}

/*
 * A write that failed may have been carried out in part, on kernels and by
 * paths that are not all-or-nothing: what the step should not have left behind
 * is taken back, too.
 */
static size_t steps_in_effect(struct applier *applier, const struct plan *plan,
			      size_t failed)
{
	const struct step *step = &plan->steps[failed];
	struct ap_matrix assigned;

	switch (step->kind) {
	case STEP_CREATE:
		return failed;	/* it was not made, or somebody else made it */
	case STEP_REMOVE:
		return failed + !matrix_exists(applier->fs, step->uuid);
	default:
		return failed + (read_back(applier, step->uuid, &assigned) &&
				 !ap_matrix_equal(&assigned, &step->from));
	}
}

bool apply_plan(struct applier *applier, const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr; i++) {
		if (applier->interrupted && applier->interrupted(applier->ctx)) {
			problem_add(applier->errors, EXIT_CODE_FAILURE, EINTR,
				    "%s: interrupted", applier->verb);
			undo_steps(applier, plan, i);
			return false;
		}
		if (!run_step(applier, &plan->steps[i])) {
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

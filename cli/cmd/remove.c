// SPDX-License-Identifier: GPL-2.0-only
/* remove: removes a matrix and its definition. */
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "output/render-text.h"

static bool is_there(struct apmatrix *apm, const char *operand)
{
	struct matrix *matrix;
	char uuid[UUID_LEN + 1];

	if (parse_uuid(operand, uuid))
		return snapshot_find(apm->snap, uuid);
	return snapshot_named(apm->snap, operand, &matrix);
}

static bool add_operand(struct apmatrix *apm, struct targets *targets,
			const char *operand)
{
	const struct matrix *matrix;

	if (apm->given[OPT_IF_PRESENT] && !is_there(apm, operand))
		return true;
	matrix = select_matrix(apm, operand);
	if (!matrix)
		return false;
	/* if it is refused, then together with what else is in the way */
	select_owned(apm, matrix);
	targets_remove(targets, matrix, apm->given[OPT_KEEP_DEFINITION]);
	return true;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	size_t i;

	select_all(apm, false);
	for (i = 0; i < apm->nr_operands; i++) {
		if (!add_operand(apm, targets, apm->operands[i]))
			return false;
	}
	return true;
}

static const enum option options[] = {
	OPT_KEEP_DEFINITION, OPT_IF_PRESENT, OPT_FORCE, OPT_OWNER, OPT_ANY_OWNER,
	OPT_NR
};

const struct command cmd_remove = {
	.name = "remove",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "remove matrices and their definitions",
	.description =
"A matrix that a guest uses is not removed: detach it from the guest first, or use\n"
"--force. A matrix that has an owner needs --owner or --any-owner.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix remove web1\n"
"  apmatrix remove web1 --keep-definition",
	.plan = plan,
	.text = render_changes,
};

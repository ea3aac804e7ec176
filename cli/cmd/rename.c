// SPDX-License-Identifier: GPL-2.0-only
/* rename: another name for a matrix. */
#include <stdlib.h>

#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "output/render-text.h"

static bool check(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };

	if (parse_name(apm->operands[1], &complaint))
		return true;
	report_complaint(apm, NULL, &complaint);
	return false;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	struct target *target = select_target(apm, targets, apm->operands[0]);
	const struct matrix *matrix =
		target ? snapshot_find(apm->snap, target->uuid) : NULL;

	if (!target)
		return false;
	if (!target->touch_name)
		target_set_name(target, NULL, matrix ? matrix->owner : NULL,
				matrix ? matrix->comment : NULL,
				target->start == START_NONE);
	free(target->name);
	target->name = xstrdup(apm->operands[1]);
	return true;
}

static const enum option options[] = { OPT_ANY_OWNER, OPT_NR };

const struct command cmd_rename = {
	.name = "rename",
	.group = GROUP_CHANGE,
	.operands = "MATRIX NAME",
	.operand = ARG_MATRIX,
	.min_operands = 2,
	.max_operands = 2,
	.summary = "change the name of a matrix",
	.description =
"The UUID, by which guests and other tools know the matrix, stays the same. A\n"
"matrix that a guest uses can be renamed.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix rename web1 web-blue",
	.check = check,
	.plan = plan,
	.text = render_changes,
};

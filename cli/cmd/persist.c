// SPDX-License-Identifier: GPL-2.0-only
/* persist: what is so now is so after the next boot. */
#include "change/persist.h"
#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "output/render-text.h"

/* Among all, a matrix that is started by hand stays so. */
static enum start_mode start_of(struct apmatrix *apm, const struct target *target, bool all)
{
	if (!all || target->start != START_MANUAL)
		return START_AUTO;
	problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
				   "%s is still started by hand; apmatrix autostart %s on "
				   "starts it at boot",
				   matrix_title(snapshot_find(apm->snap, target->uuid)),
				   matrix_title(snapshot_find(apm->snap, target->uuid))),
		       target->uuid);
	return START_MANUAL;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	bool all = apm->nr_operands == 1 && str_is(apm->operands[0], "all");
	size_t i;

	select_all(apm, true);
	for (i = 0; i < apm->nr_operands; i++) {
		struct target *target = select_target(apm, targets, apm->operands[i]);

		if (!target)
			return false;
		select_define(apm, target, target->active ? &target->assigned :
							    &target->definition,
			      start_of(apm, target, all));
	}
	read_pool(apm);
	persist_host(apm, targets);
	targets->tell_lasting = true;
	return true;
}

static const enum option options[] = { OPT_ANY_OWNER, OPT_NR };

const struct command cmd_persist = {
	.name = "persist",
	.group = GROUP_HOST,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "keep the present state over a reboot",
	.description =
"Writes the present masks to the udev rule of chzdev (driver overrides to\n"
"/etc/apmatrix/plan.json), enables apmatrix-restore.service, and defines the named\n"
"matrices as they are now, to be started at boot. all means all active ones; those\n"
"that are defined to be started by hand stay so.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix persist --dry-run\n"
"  apmatrix persist web1",
	.plan = plan,
	.text = render_changes,
};

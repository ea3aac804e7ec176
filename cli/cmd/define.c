// SPDX-License-Identifier: GPL-2.0-only
/* define, undefine and autostart: definitions. Active matrices do not change. */
#include <stdlib.h>
#include <uuid/uuid.h>

#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "lib/words.h"
#include "output/render-text.h"

static bool ids_given(const struct apmatrix *apm)
{
	return apm->ids[APM_DIM_ADAPTER].given || apm->ids[APM_DIM_DOMAIN].given ||
	       apm->ids[APM_DIM_CONTROL_DOMAIN].given || apm->given[OPT_WITH_CONTROL];
}

static bool check_define(struct apmatrix *apm)
{
	static const enum option starts[] = { OPT_AUTO, OPT_MANUAL, OPT_NR };
	char uuid[UUID_LEN + 1];

	if (apm->given[OPT_UUID] && apm->nr_operands > 1) {
		report_error(apm, EXIT_CODE_USAGE, 0, "--uuid needs exactly one MATRIX");
		return false;
	}
	if (apm->given[OPT_UUID] && !parse_uuid(apm->value[OPT_UUID], uuid)) {
		report_error(apm, EXIT_CODE_USAGE, 0, "\"%s\" is not a UUID",
			     apm->value[OPT_UUID]);
		return false;
	}
	return select_labels(apm) && select_one_of(apm, starts) &&
	       select_ids(apm, IDS_EDIT_NONE);
}

/* Is there a matrix, or a target, with this name or UUID? */
static bool is_there(const struct apmatrix *apm, const struct targets *targets,
		     const char *operand)
{
	struct matrix *matrix;
	char uuid[UUID_LEN + 1] = "";
	size_t i;

	parse_uuid(operand, uuid);
	for (i = 0; i < targets->nr; i++) {
		if (str_is(targets->at[i].name, operand) || str_is(targets->at[i].uuid, uuid))
			return true;
	}
	return *uuid ? snapshot_find(apm->snap, uuid) != NULL :
		       snapshot_named(apm->snap, operand, &matrix) > 0;
}

/* A definition of something that is not there yet. */
static struct target *add_new(struct apmatrix *apm, struct targets *targets,
			      const char *operand)
{
	const char *name = NULL;
	char uuid[UUID_LEN + 1];
	struct complaint complaint = { 0 };
	struct target *target;
	uuid_t random;

	if (!parse_uuid(operand, uuid)) {
		name = operand;
		if (!parse_name(name, &complaint)) {
			report_complaint(apm, NULL, &complaint);
			return NULL;
		}
		uuid_generate_random(random);
		uuid_unparse_lower(random, uuid);
		if (apm->given[OPT_UUID])
			parse_uuid(apm->value[OPT_UUID], uuid);
	}
	if (!ids_given(apm)) {
		problem_hint(report_error(apm, EXIT_CODE_NOT_FOUND, 0,
					  "no matrix with the name or UUID %s", operand),
			     "apmatrix define %s -a IDS -d IDS defines a new one", operand);
		return NULL;
	}
	target = targets_add_new(targets, uuid);
	target->random_uuid = name && !apm->given[OPT_UUID];
	if (name)
		target_set_name(target, name, NULL, NULL, false);
	return target;
}

static void name_target(const struct apmatrix *apm, struct target *target)
{
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);
	const char *const value[] = { apm->value[OPT_OWNER], apm->value[OPT_COMMENT] };
	char *name, *owner, *comment;

	if (!value[0] && !value[1])
		return;
	name = xstrdup(target->touch_name ? target->name : matrix ? matrix->name : NULL);
	owner = xstrdup(value[0] ? value[0] : target->touch_name ? target->owner :
			matrix ? matrix->owner : NULL);
	comment = xstrdup(value[1] ? value[1] : target->touch_name ? target->comment :
			  matrix ? matrix->comment : NULL);
	target_set_name(target, name, owner, comment, false);
	free(name);
	free(owner);
	free(comment);
}

static bool plan_define(struct apmatrix *apm, struct targets *targets)
{
	size_t i;

	select_all(apm, true);
	for (i = 0; i < apm->nr_operands; i++) {
		const char *operand = apm->operands[i];
		struct target *target = is_there(apm, targets, operand) ?
			select_target(apm, targets, operand) :
			add_new(apm, targets, operand);
		struct apm_matrix content;
		enum start_mode start;

		if (!target)
			return false;
		start = apm->given[OPT_AUTO] ? START_AUTO :
			apm->given[OPT_MANUAL] || target->start == START_NONE ? START_MANUAL :
			target->start;
		content = target->active && (!ids_given(apm) || target->start == START_NONE) ?
			  target->assigned : target->definition;
		select_edit(apm, &content);
		select_define(apm, target, &content, start);
		name_target(apm, target);
	}
	return true;
}

static bool plan_undefine(struct apmatrix *apm, struct targets *targets)
{
	size_t i;

	select_all(apm, false);
	for (i = 0; i < apm->nr_operands; i++) {
		struct target *target = select_target(apm, targets, apm->operands[i]);
		const struct matrix *matrix =
			target ? snapshot_find(apm->snap, target->uuid) : NULL;

		if (!target || (matrix && !select_owned(apm, matrix)))
			return false;
		if (target->start == START_NONE)
			continue;
		target->touch_definition = true;
		target->start = START_NONE;
		if (!target->active)
			target_set_name(target, NULL, NULL, NULL, false);
		else if (matrix && (matrix->name || matrix->owner || matrix->comment))
			target_set_name(target, matrix->name, matrix->owner,
					matrix->comment, true);
		if (target->active)
			problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
						   "%s stays active until it is removed, "
						   "or until the next boot",
						   targets_title(targets, apm->snap,
								 target->uuid)),
				       target->uuid);
	}
	return true;
}

/* autostart */

#define SWITCH_ON	"on"
#define SWITCH_OFF	"off"

static bool is_switch(const struct apmatrix *apm, const char *word)
{
	return words_have(apm->command->operand_words, word);
}

/* "on" or "off" is the last operand, or the first; without one it is on. */
static bool take_switch(struct apmatrix *apm, bool *on)
{
	char **first = apm->operands, **last = first + apm->nr_operands - 1;
	size_t i;

	*on = true;
	if (apm->nr_operands > 1 && is_switch(apm, *last)) {
		*on = str_is(*last, SWITCH_ON);
		apm->nr_operands--;
	} else if (apm->nr_operands > 1 && is_switch(apm, *first)) {
		*on = str_is(*first, SWITCH_ON);
		apm->nr_operands--;
		for (i = 0; i < apm->nr_operands; i++)
			first[i] = first[i + 1];
	} else if (is_switch(apm, *first)) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "missing MATRIX"),
			     "apmatrix autostart MATRIX %s", *first);
		return false;
	}
	return true;
}

static bool plan_autostart(struct apmatrix *apm, struct targets *targets)
{
	size_t i;
	bool on;

	if (!take_switch(apm, &on))
		return false;
	select_all(apm, false);
	for (i = 0; i < apm->nr_operands; i++) {
		struct target *target = select_target(apm, targets, apm->operands[i]);

		if (!target)
			return false;
		if (on)
			select_define(apm, target, target->start == START_NONE ?
				      &target->assigned : &target->definition, START_AUTO);
		else if (target->start == START_AUTO)
			select_define(apm, target, &target->definition, START_MANUAL);
	}
	return true;
}

static const enum option define_options[] = {
	OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS, OPT_WITH_CONTROL, OPT_AUTO,
	OPT_MANUAL, OPT_UUID, OPT_OWNER, OPT_ANY_OWNER, OPT_COMMENT, OPT_NR
};

const struct command cmd_define = {
	.name = "define",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "write the definitions of matrices",
	.description =
"Without IDs, an active matrix is defined as it is now. With IDs, the definition\n"
"is changed, or a new one is written; the matrix is not started. A definition is in\n"
"the format and the directory of mdevctl.",
	.options = define_options,
	.formats = "table|json",
	.examples =
"  apmatrix define web1 --auto\n"
"  apmatrix define new1 -a 5,6 -d 0xab\n"
"  apmatrix define new1 -a +7",
	.check = check_define,
	.plan = plan_define,
	.text = render_changes,
};

static const enum option undefine_options[] = { OPT_OWNER, OPT_ANY_OWNER, OPT_NR };

const struct command cmd_undefine = {
	.name = "undefine",
	.group = GROUP_CHANGE,
	.operands = "MATRIX...",
	.operand = ARG_MATRIX,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "delete the definitions of matrices",
	.description =
"An active matrix stays active, until it is removed or until the next boot. A\n"
"matrix that has an owner needs --owner or --any-owner.",
	.options = undefine_options,
	.formats = "table|json",
	.examples =
"  apmatrix undefine db1",
	.plan = plan_undefine,
	.text = render_changes,
};

static const enum option autostart_options[] = { OPT_ANY_OWNER, OPT_NR };

const struct command cmd_autostart = {
	.name = "autostart",
	.group = GROUP_CHANGE,
	.operands = "MATRIX... [on|off]",
	.operand = ARG_MATRIX,
	.operand_words = SWITCH_ON "|" SWITCH_OFF,
	.min_operands = 1,
	.max_operands = ~0u,
	.summary = "start matrices at boot, or no longer",
	.description =
"on (default) writes a definition if there is none. off keeps the definition. What\n"
"else is needed at boot is told; apmatrix status shows it.",
	.options = autostart_options,
	.formats = "table|json",
	.examples =
"  apmatrix autostart web1 on\n"
"  apmatrix autostart web1 off",
	.plan = plan_autostart,
	.text = render_changes,
};

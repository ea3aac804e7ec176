// SPDX-License-Identifier: GPL-2.0-only
/* The table of commands. See commands.h. */
#include <stddef.h>

#include "cmd/commands.h"
#include "context/command.h"

extern const struct command cmd_list, cmd_show, cmd_explain;
extern const struct command cmd_status, cmd_queues, cmd_grid, cmd_host;
extern const struct command cmd_create, cmd_remove, cmd_assign, cmd_unassign;
extern const struct command cmd_set, cmd_refresh;
extern const struct command cmd_undo, cmd_confirm;
extern const struct command cmd_start, cmd_stop, cmd_rename;
extern const struct command cmd_define, cmd_undefine, cmd_autostart;
extern const struct command cmd_plan, cmd_apply, cmd_export, cmd_import, cmd_check;
extern const struct command cmd_batch;
extern const struct command cmd_pool, cmd_persist;
extern const struct command cmd_monitor, cmd_wait, cmd_metrics;
extern const struct command cmd_restore;
extern const struct command cmd_doctor;
extern const struct command cmd_completion, cmd_help;

const struct command *const commands[] = {
	&cmd_list,
	&cmd_show,
	&cmd_status,
	&cmd_explain,
	&cmd_queues,
	&cmd_grid,
	&cmd_host,
	&cmd_monitor,
	&cmd_wait,
	&cmd_metrics,
	&cmd_create,
	&cmd_remove,
	&cmd_assign,
	&cmd_unassign,
	&cmd_set,
	&cmd_start,
	&cmd_stop,
	&cmd_define,
	&cmd_undefine,
	&cmd_autostart,
	&cmd_rename,
	&cmd_undo,
	&cmd_confirm,
	&cmd_refresh,
	&cmd_plan,
	&cmd_apply,
	&cmd_export,
	&cmd_import,
	&cmd_check,
	&cmd_batch,
	&cmd_pool,
	&cmd_persist,
	&cmd_restore,
	&cmd_doctor,
	&cmd_completion,
	&cmd_help,
	NULL
};

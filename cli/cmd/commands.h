/* SPDX-License-Identifier: GPL-2.0-only */
/* The table of all commands, in the order in which help lists them. */
#ifndef APM_COMMANDS_H
#define APM_COMMANDS_H

struct command;

/* the last is NULL */
extern const struct command *const commands[];

#endif

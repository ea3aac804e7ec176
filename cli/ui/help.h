/* SPDX-License-Identifier: GPL-2.0-only */
/* --help, from the tables of options and commands. */
#ifndef APM_HELP_H
#define APM_HELP_H

#include <stdio.h>

#include "context/command.h"

/* Operands of help: all commands; the common options and the exit statuses. */
#define HELP_COMMANDS	"commands"
#define HELP_OPTIONS	"options"

void help_overview(FILE *out);
void help_commands(const struct command *const *commands, FILE *out);
void help_options(FILE *out);
void help_command(const struct command *command, FILE *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* --help, from the tables of options and commands. */
#ifndef APM_HELP_H
#define APM_HELP_H

#include <stdio.h>

#include "context/command.h"

/* The operand of help for the common options and the exit statuses. */
#define HELP_OPTIONS	"options"

void help_overview(const struct command *const *commands, FILE *out);
void help_options(FILE *out);
void help_command(const struct command *command, FILE *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Completion for shells and pages for man(1), from the tables in command.h. */
#ifndef APM_COMPLETION_H
#define APM_COMPLETION_H

#include <stdio.h>

#include "context/command.h"

void completion_bash(FILE *out);
void completion_zsh(FILE *out);

/* The page of one command, in the language of man(7). */
void manual_command(const struct command *command, FILE *out);

#endif

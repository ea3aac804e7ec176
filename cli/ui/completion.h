/* SPDX-License-Identifier: GPL-2.0-only */
/* Completion for shells, from the tables of options and commands. */
#ifndef APM_COMPLETION_H
#define APM_COMPLETION_H

#include <stdio.h>

#include "context/command.h"

void completion_bash(const struct command *const *commands, FILE *out);
void completion_zsh(const struct command *const *commands, FILE *out);
/* What both print of a table's words: a|b|c as a b c. NULL is no word. */
void completion_words(FILE *out, const char *words);

#endif

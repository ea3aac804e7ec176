/* SPDX-License-Identifier: GPL-2.0-only */
/* Completion for shells, from the tables in command.h. */
#ifndef APM_COMPLETION_H
#define APM_COMPLETION_H

#include <stdio.h>

#include "context/command.h"

void completion_bash(FILE *out);
void completion_zsh(FILE *out);

#endif

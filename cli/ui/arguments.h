/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line, by the tables of options and commands. */
#ifndef APM_ARGUMENTS_H
#define APM_ARGUMENTS_H

#include <stdbool.h>

#include "context/context.h"

/* An error of the command line, before dispatch. */
struct problem *arguments_error(struct apmatrix *apm, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * Options, command and operands into the context; the operands point into argv.
 * false after an error.
 */
bool arguments_parse(struct apmatrix *apm, int argc, char **argv);
/* Do options and operands fit the command? false after an error. */
bool arguments_check(struct apmatrix *apm);
/* The format, colors and width of the output; false if the command lacks it. */
bool arguments_choose_format(struct apmatrix *apm);

#endif

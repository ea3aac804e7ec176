/* SPDX-License-Identifier: GPL-2.0-only */
/* The program, and for a batch one line of it. */
#ifndef APM_RUN_H
#define APM_RUN_H

#include <stdbool.h>

#include "context/context.h"

struct command;

/* The whole program, with a back end for sysfs and a table of commands. */
int apmatrix_main(int argc, char **argv, const struct sysfs_ops *ops,
		  const struct command *const *commands);

/*
 * For one line of a batch, in a context with ops, fs, out and commands: what was
 * typed (false after an error), what it does, and the end of it.
 */
bool run_arguments(struct apmatrix *apm, int argc, char **argv);
enum exit_code run_command(struct apmatrix *apm);
void run_free(struct apmatrix *apm);

#endif

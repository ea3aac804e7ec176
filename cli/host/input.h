/* SPDX-License-Identifier: GPL-2.0-only */
/* Files that a user names on the command line: as typed, not below the root. */
#ifndef APM_INPUT_H
#define APM_INPUT_H

#include "lib/text.h"

#define INPUT_MAX	(16u << 20)

/* "-" is standard input: its title says so, that of others is their path. */
const char *input_title(const char *path);
/* 0, -EFBIG beyond INPUT_MAX, or another errno value. */
int input_read(const char *path, struct text *text);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Files that the user names on the command line; they are not below the root. */
#ifndef APM_INPUT_H
#define APM_INPUT_H

#include "lib/text.h"

#define INPUT_MAX	(16u << 20)

/* "standard input" for "-", else the path. */
const char *input_title(const char *path);
/* 0, -EFBIG beyond INPUT_MAX, or another errno value. */
int input_read(const char *path, struct text *text);

#endif

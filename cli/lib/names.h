/* SPDX-License-Identifier: GPL-2.0-only */
/* A list of strings that grows: file names, words, commands. */
#ifndef APM_NAMES_H
#define APM_NAMES_H

#include <stddef.h>

struct names {
	char **at;
	size_t nr;
};

/* Adds a copy at the end. */
void names_add(struct names *names, const char *name);
void names_sort(struct names *names);
/* Frees all of them; the list is empty afterwards. */
void names_free(struct names *names);

#endif

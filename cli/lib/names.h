/* SPDX-License-Identifier: GPL-2.0-only */
/* A list of strings that grows: file names, words, commands. */
#ifndef APM_NAMES_H
#define APM_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct text;

struct names {
	char **at;
	size_t nr;
};

/* Adds a copy at the end. */
void names_add(struct names *names, const char *name);
void names_sort(struct names *names);
/* Is it in the list? */
bool names_has(const struct names *names, const char *name);
/* "web1, db1": the first of them, at most so many, at the end of the text. */
void names_join(const struct names *names, size_t most, struct text *text);
/* Frees all of them; the list is empty afterwards. */
void names_free(struct names *names);

#endif

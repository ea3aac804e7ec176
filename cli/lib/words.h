/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: words and lines. A line is split into words like in a shell, without expansions:
 * blanks separate words, '...' and "..." and \ keep them together, # begins a
 * comment where a word could begin.
 */
#ifndef APM_WORDS_H
#define APM_WORDS_H

#include "lib/names.h"
#include "lib/parse.h"

/* Adds the words of a line of len bytes; false and a complaint if a quote is open. */
bool words_split(const char *line, size_t len, struct names *words,
		 struct complaint *complaint);

/* Is word one of these, which are separated by |? NULL has none. */
bool words_have(const char *words, const char *word);

/* Adds a word as a shell takes it: in quotes if it needs them. */
void words_quote(struct text *text, const char *word);

/*
 * How much what somebody typed differs from a word: up to WORDS_ALIKE, the word may
 * have been meant. Its beginning differs by 1.
 */
#define WORDS_ALIKE	2
unsigned int words_differ(const char *typed, const char *word);

#endif

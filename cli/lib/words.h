/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: splits a line into words like a shell, without expansions:
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

#endif

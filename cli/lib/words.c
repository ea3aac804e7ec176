// SPDX-License-Identifier: GPL-2.0-only
/* Pure: a line into words, and words into a line. See words.h. */
#include <string.h>

#include "lib/text.h"
#include "lib/words.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* One word from at on; NULL if a quote is not closed. */
static const char *take_word(const char *at, const char *end, struct text *word)
{
	char quote = '\0';

	text_add(word, "");
	for (; at < end && (quote || !is_blank(*at)); at++) {
		if (quote && *at == quote) {
			quote = '\0';
		} else if (!quote && (*at == '\'' || *at == '"')) {
			quote = *at;
		} else if (*at == '\\' && quote != '\'') {
			if (++at == end)
				return NULL;
			text_addn(word, at, 1);
		} else {
			text_addn(word, at, 1);
		}
	}
	return quote ? NULL : at;
}

bool words_split(const char *line, size_t len, struct names *words,
		 struct complaint *complaint)
{
	const char *at = line, *end = line + len;

	for (;;) {
		struct text word = { 0 };

		while (at < end && is_blank(*at))
			at++;
		if (at == end || *at == '#')
			return true;
		at = take_word(at, end, &word);
		if (at)
			names_add(words, text_str(&word));
		text_free(&word);
		if (at)
			continue;
		complaint_free(complaint);
		complaint->message = xstrdup("unclosed quote, "
					     "or nothing follows the last \\");
		return false;
	}
}

void words_quote(struct text *text, const char *word)
{
	if (*word && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789-_=,./:@+") == strlen(word)) {
		text_add(text, word);
		return;
	}
	text_add(text, "'");
	for (; *word; word++)
		text_addn(text, *word == '\'' ? "'\\''" : word, *word == '\'' ? 4 : 1);
	text_add(text, "'");
}

/* The edit distance of two words of less than 32 letters. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[32], i, j, corner, next;
	size_t len = strlen(b);

	if (len >= 32 || strlen(a) >= 32)
		return 32;
	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		corner = row[0]++;
		for (j = 0; j < len; j++) {
			next = corner + (a[i] != b[j]);
			corner = row[j + 1];
			if (corner + 1 < next)
				next = corner + 1;
			if (row[j] + 1 < next)
				next = row[j] + 1;
			row[j + 1] = next;
		}
	}
	return row[len];
}

unsigned int words_differ(const char *typed, const char *word)
{
	size_t len = strlen(typed);

	return len >= 3 && !strncmp(typed, word, len) ? 1 : distance(typed, word);
}

bool words_have(const char *words, const char *word)
{
	size_t len = strlen(word);

	while (words && *words) {
		size_t n = strcspn(words, "|");

		if (n == len && !memcmp(words, word, n))
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

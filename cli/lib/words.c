// SPDX-License-Identifier: GPL-2.0-only
/* Pure: a line into words. See words.h. */
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

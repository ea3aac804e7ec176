// SPDX-License-Identifier: GPL-2.0-only
/* Growing text and allocation that does not fail. See text.h. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/exit-code.h"
#include "lib/text.h"

static _Noreturn void out_of_memory(void)
{
	fputs("apmatrix: out of memory\n", stderr);
	exit(EXIT_CODE_FAILURE);
}

void *xcalloc(size_t nr, size_t size)
{
	void *at = calloc(nr ? nr : 1, size ? size : 1);

	if (!at)
		out_of_memory();
	return at;
}

void *xrealloc(void *old, size_t nr, size_t size)
{
	void *at = reallocarray(old, nr ? nr : 1, size ? size : 1);

	if (!at)
		out_of_memory();
	return at;
}

char *xstrndup(const char *str, size_t len)
{
	char *at = strndup(str, len);

	if (!at)
		out_of_memory();
	return at;
}

char *xstrdup(const char *str)
{
	return str ? xstrndup(str, strlen(str)) : NULL;
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *at;
	int len;

	va_start(args, format);
	len = vasprintf(&at, format, args);
	va_end(args);
	if (len < 0)
		out_of_memory();
	return at;
}

static void text_reserve(struct text *text, size_t more)
{
	size_t need = text->len + more + 1;
	size_t room = text->room ? text->room : 64;

	if (need <= text->room)
		return;
	while (room < need)
		room *= 2;
	text->at = xrealloc(text->at, room, 1);
	text->room = room;
}

void text_addn(struct text *text, const char *add, size_t len)
{
	text_reserve(text, len);
	memcpy(text->at + text->len, add, len);
	text->len += len;
	text->at[text->len] = '\0';
}

void text_add(struct text *text, const char *add)
{
	text_addn(text, add, strlen(add));
}

void text_vaddf(struct text *text, const char *format, va_list args)
{
	size_t room = text->room - text->len;
	va_list again;
	int len;

	/* most additions fit */
	va_copy(again, args);
	len = vsnprintf(text->at ? text->at + text->len : NULL,
			text->at ? room : 0, format, again);
	va_end(again);
	if (len < 0)
		out_of_memory();
	if (!text->at || (size_t)len >= room) {
		text_reserve(text, (size_t)len);
		vsnprintf(text->at + text->len, (size_t)len + 1, format, args);
	}
	text->len += (size_t)len;
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vaddf(text, format, args);
	va_end(args);
}

const char *text_str(const struct text *text)
{
	return text->at ? text->at : "";
}

char *text_steal(struct text *text)
{
	char *at = text->at ? text->at : xstrdup("");

	*text = (struct text){ 0 };
	return at;
}

void text_free(struct text *text)
{
	free(text->at);
	*text = (struct text){ 0 };
}

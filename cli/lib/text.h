/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Growing text. It knows nothing of AP.
 *
 * If memory is exhausted, the program ends with a message: no caller could do
 * better, and changes allocate what they need before they start.
 */
#ifndef APM_TEXT_H
#define APM_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
	char *at;	/* always ends with a NUL once anything was added */
	size_t len;
	size_t room;
};

void text_add(struct text *text, const char *add);
void text_addn(struct text *text, const char *add, size_t len);
void text_addf(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void text_vaddf(struct text *text, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* "" if nothing was added yet */
const char *text_str(const struct text *text);
/* Hands the memory to the caller, who frees it; the text is empty then. */
char *text_steal(struct text *text);
void text_free(struct text *text);

void *xcalloc(size_t nr, size_t size);
void *xrealloc(void *old, size_t nr, size_t size);
char *xstrdup(const char *str);
char *xstrndup(const char *str, size_t len);
char *xasprintf(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#define xnew(type)	((type *)xcalloc(1, sizeof(type)))

static inline bool str_is(const char *a, const char *b)
{
	return a && b && __builtin_strcmp(a, b) == 0;
}

#endif

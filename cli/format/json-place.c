// SPDX-License-Identifier: GPL-2.0-only
/* Pure: the place of a value in a JSON text. See json-place.h. */
#include <string.h>

#include "format/json-place.h"

/* What is left of the text. */
struct rest {
	const char *at;
	const char *end;
};

static char look(const struct rest *rest)
{
	return rest->at < rest->end ? *rest->at : '\0';
}

static void skip_blanks(struct rest *rest)
{
	while (rest->at < rest->end && memchr(" \t\r\n", *rest->at, 4))
		rest->at++;
}

static void skip_string(struct rest *rest)
{
	for (rest->at++; rest->at < rest->end && *rest->at != '"'; rest->at++)
		rest->at += *rest->at == '\\';
	rest->at++;
}

static void skip_value(struct rest *rest)
{
	unsigned int depth = 0;

	do {
		char c = look(rest);

		if (c == '"') {
			skip_string(rest);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		rest->at++;
	} while (rest->at < rest->end &&
		 (depth || !memchr(",]} \t\r\n", *rest->at, 7)));
}

/* A key that is written with escapes is not found; all known keys are without. */
static bool is_key(const char *at, const struct rest *after, const char *key)
{
	size_t len = strlen(key);

	return after->at - at == (ptrdiff_t)len + 2 && !memcmp(at + 1, key, len);
}

/* From the bracket of an object or array to one of its values. */
static bool step_down(struct rest *rest, const struct json_step *step,
		      const char **key)
{
	size_t item;

	if (look(rest) != (step->key ? '{' : '['))
		return false;
	rest->at++;
	skip_blanks(rest);
	for (item = 0; rest->at < rest->end && *rest->at != '}' &&
	     *rest->at != ']'; item++) {
		*key = rest->at;
		if (step->key) {
			bool found;

			skip_string(rest);
			found = is_key(*key, rest, step->key);
			skip_blanks(rest);
			rest->at++;
			skip_blanks(rest);
			if (found)
				return true;
		} else if (item == step->item) {
			return true;
		}
		skip_value(rest);
		skip_blanks(rest);
		rest->at += look(rest) == ',';
		skip_blanks(rest);
	}
	return false;
}

static struct json_place place_of(const char *text, const char *at)
{
	struct json_place place = { 1, 1 };

	for (; text < at; text++) {
		if (*text == '\n') {
			place.line++;
			place.column = 1;
		} else if (((unsigned char)*text & 0xc0) != 0x80) {
			place.column++;
		}
	}
	return place;
}

struct json_place json_place(const char *text, size_t len,
			     const struct json_step *steps, size_t nr,
			     bool of_key)
{
	struct rest rest = { text, text + len };
	const char *last, *key;
	size_t i;

	skip_blanks(&rest);
	last = key = rest.at;
	for (i = 0; i < nr && step_down(&rest, &steps[i], &key); i++)
		last = of_key && i == nr - 1 ? key : rest.at;
	return place_of(text, last < rest.end ? last : rest.end);
}

void json_place_name(struct text *name, const struct json_step *steps, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (steps[i].key)
			text_addf(name, "%s%s", i ? "." : "", steps[i].key);
		else
			text_addf(name, "[%zu]", steps[i].item);
	}
}

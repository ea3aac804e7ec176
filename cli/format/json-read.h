/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: reads JSON and keeps the path of the present value, so that an error has its
 * place. json-write.h is the other direction.
 */
#ifndef APM_JSON_READ_H
#define APM_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "format/json-place.h"
#include "lib/parse.h"

#define JSONR_STEPS_MAX	8

struct jsonr {
	const char *text;
	size_t len;
	bool only_places;	/* messages name no keys on the way */
	struct json_step steps[JSONR_STEPS_MAX];
	size_t nr_steps;
	struct complaint *complaint;
};

/*
 * A text of len bytes, not NUL-terminated, as a value for json_decref(). NULL and a
 * complaint with line and column if it is not JSON, or has a key twice.
 */
json_t *json_read(const char *text, size_t len, struct complaint *complaint);
/* The same of the text of a reader. */
json_t *jsonr_read(struct jsonr *reader);

/* Moves the path down to a member or an item, and up again. */
void jsonr_enter(struct jsonr *reader, const char *key);
void jsonr_enter_item(struct jsonr *reader, size_t item);
void jsonr_leave(struct jsonr *reader);
/* The key that was entered last. */
const char *jsonr_key(const struct jsonr *reader);

/*
 * An error in the value that was entered last, or (_key) in its key, with a hint or
 * NULL. They always return false.
 */
bool jsonr_fail(struct jsonr *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool jsonr_fail_hint(struct jsonr *reader, const char *hint,
		     const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool jsonr_fail_key(struct jsonr *reader, const char *hint,
		    const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds the place to a complaint of another file, which is empty afterwards. */
bool jsonr_fail_as(struct jsonr *reader, struct complaint *inner);

/* Takes a value into what `to` is, or fails. */
typedef bool (*jsonr_take_fn)(struct jsonr *reader, const json_t *value,
			      void *to);

/* Each item of an array in turn, until one fails. */
bool jsonr_take_items(struct jsonr *reader, const json_t *array,
		      jsonr_take_fn take_item, void *to);
/* Each member of an object, the same way; jsonr_key() tells which it is. */
bool jsonr_take_members(struct jsonr *reader, const json_t *object,
			jsonr_take_fn take_member, void *to);
/* to is a bool */
bool jsonr_take_bool(struct jsonr *reader, const json_t *value, void *to);
/* "api_level": only the one that this program supports */
bool jsonr_take_api_level(struct jsonr *reader, const json_t *value, void *to);

#endif

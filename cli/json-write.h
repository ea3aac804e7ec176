/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON out: a writer that streams, keeps the order in which keys are given and
 * cannot produce anything that is not JSON. Strings are taken as UTF-8; bytes
 * that are not are replaced by U+FFFD, so that a strange file name cannot break
 * a consumer.
 *
 * key is NULL within arrays.
 */
#ifndef APM_JSON_WRITE_H
#define APM_JSON_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "matrix.h"

struct json {
	FILE *out;
	unsigned int depth;
	unsigned int one_line;		/* no line breaks while not 0 */
	bool first;			/* nothing in the innermost yet */
};

/* one_line: no line breaks at all, for JSON lines */
void json_begin(struct json *json, FILE *out, bool one_line);
void json_end(struct json *json);

void json_object(struct json *json, const char *key);
void json_object_end(struct json *json);
void json_array(struct json *json, const char *key);
void json_array_end(struct json *json);
/*
 * From here to json_inline_end() no line breaks: called after the opening and
 * after the end of an object or array, it puts that on one line.
 */
void json_inline(struct json *json);
void json_inline_end(struct json *json);

void json_string(struct json *json, const char *key, const char *value);
void json_int(struct json *json, const char *key, long long value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

/* [1,2,3] */
void json_ids(struct json *json, const char *key, const struct ap_mask *mask);
/* "0x..." */
void json_mask(struct json *json, const char *key, const struct ap_mask *mask);
/* "05.00ab" */
void json_apqn(struct json *json, const char *key, unsigned int apid,
	       unsigned int apqi);

#endif

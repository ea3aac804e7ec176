/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON out: a writer that streams, keeps the order in which keys are given and
 * cannot produce anything that is not JSON. Strings are taken as UTF-8; bytes
 * that are not are replaced by U+FFFD, so that a strange file name cannot break
 * a consumer.
 *
 * key is NULL within arrays. The prefix keeps clear of the library that reads.
 */
#ifndef APM_JSON_WRITE_H
#define APM_JSON_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "apm/apm.h"

struct jsonw {
	FILE *out;
	unsigned int depth;
	unsigned int one_line;		/* no line breaks while not 0 */
	bool first;			/* nothing in the innermost yet */
};

/* one_line: no line breaks at all, for JSON lines */
void jsonw_begin(struct jsonw *json, FILE *out, bool one_line);
void jsonw_end(struct jsonw *json);

void jsonw_object(struct jsonw *json, const char *key);
void jsonw_object_end(struct jsonw *json);
void jsonw_array(struct jsonw *json, const char *key);
void jsonw_array_end(struct jsonw *json);
/*
 * From here to jsonw_inline_end() no line breaks: called after the opening and
 * after the end of an object or array, it puts that on one line.
 */
void jsonw_inline(struct jsonw *json);
void jsonw_inline_end(struct jsonw *json);

void jsonw_string(struct jsonw *json, const char *key, const char *value);
void jsonw_int(struct jsonw *json, const char *key, long long value);
void jsonw_bool(struct jsonw *json, const char *key, bool value);
void jsonw_null(struct jsonw *json, const char *key);

/* [1,2,3] */
void jsonw_ids(struct jsonw *json, const char *key, const struct apm_mask *mask);
/* "0x..." */
void jsonw_mask(struct jsonw *json, const char *key, const struct apm_mask *mask);
/* "05.00ab" */
void jsonw_apqn(struct jsonw *json, const char *key, unsigned int apid,
	       unsigned int apqi);

#endif

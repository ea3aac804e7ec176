/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the place of a value in a JSON text. The JSON library reports line and
 * column of a syntax error; for a value that is valid JSON but wrong, this file
 * finds it again by its path.
 */
#ifndef APM_JSON_PLACE_H
#define APM_JSON_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/text.h"

/* One step down: to the value of a key, or to an item of an array. */
struct json_step {
	const char *key;	/* NULL: an item */
	size_t item;
};

struct json_place {
	unsigned int line;	/* both from 1, columns count characters */
	unsigned int column;
};

/*
 * The place of a value, or of its key. The text must be JSON. If the path does not
 * exist, the place is that of the last value on it.
 */
struct json_place json_place(const char *text, size_t len,
			     const struct json_step *steps, size_t nr,
			     bool of_key);
/* matrices[1].adapters[0] */
void json_place_name(struct text *name, const struct json_step *steps,
		     size_t nr);

#endif

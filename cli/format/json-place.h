/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: where in a JSON text a value stands. The library that reads JSON
 * tells line and column of what is no JSON; for what is JSON but makes no
 * sense, the value is looked up again by the way to it.
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
 * The place of a value, or of its key. The text must be JSON; if the way leads
 * nowhere, the place is that of the last value on it.
 */
struct json_place json_place(const char *text, size_t len,
			     const struct json_step *steps, size_t nr,
			     bool of_key);
/* matrices[1].adapters[0] */
void json_place_name(struct text *name, const struct json_step *steps,
		     size_t nr);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parsers for the words of control commands.
 *
 * IDs of adapters and domains (IDS) are decimal or 0x. Response codes are
 * hexadecimal.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "ap.h"
#include "control_words.h"

const char *sim_parse_on(const char *word, bool *on)
{
	if (!strcmp(word, "on"))
		*on = true;
	else if (!strcmp(word, "off"))
		*on = false;
	else
		return "neither on nor off";
	return NULL;
}

const char *sim_parse_number(const char *word, u32 max, u32 *value)
{
	if (kstrtou32(word, 0, value))
		return "not a number";
	return *value > max ? "number too large" : NULL;
}

const char *sim_parse_rc(const char *word, u8 *rc)
{
	return kstrtou8(word, 16, rc) ? "not a response code" : NULL;
}

/* 0047 is refused: a reader takes it for 47, kstrtou32() for 39 */
const char *sim_parse_id(const char *word, u32 *id)
{
	if (word[0] == '0' && word[1] && (word[1] | 0x20) != 'x')
		return "leading zero: decimal or 0x?";
	return sim_parse_number(word, 255, id) ? "not a number from 0 to 255" : NULL;
}

const char *sim_parse_ids(char *list, u64 ids[4])
{
	const char *error;
	char *word, *dash;
	u32 first, last;

	memset(ids, 0, 4 * sizeof(*ids));
	while ((word = strsep(&list, ","))) {
		dash = strchr(word, '-');
		if (dash)
			*dash = '\0';
		error = sim_parse_id(word, &first);
		last = first;
		if (!error && dash)
			error = sim_parse_id(dash + 1, &last);
		if (!error && last < first)
			error = "range ends before it begins";
		if (error)
			return error;
		while (first <= last)
			sim_mask_set(ids, first++);
	}
	return NULL;
}

/* Whether @word is KEY=VALUE with this key; then @value is its value */
bool sim_option(const char *word, const char *key, const char **value)
{
	size_t len = strlen(key);

	if (strncmp(word, key, len) || word[len] != '=')
		return false;
	*value = word + len + 1;
	return true;
}

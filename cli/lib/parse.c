// SPDX-License-Identifier: GPL-2.0-only
/* Pure: text from the user into values. See parse.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/parse.h"
#include "lib/text.h"

#define DAY_MS	(24u * 60 * 60 * 1000)

void complaint_free(struct complaint *complaint)
{
	free(complaint->message);
	free(complaint->hint);
	*complaint = (struct complaint){ 0 };
}

static bool complain(struct complaint *complaint, char *message, char *hint)
{
	complaint_free(complaint);
	complaint->message = message;
	complaint->hint = hint;
	return false;
}

/* Messages must not repeat terminal escapes of an argument. */
static char *printable(const char *text, size_t len)
{
	char *copy = xstrndup(text, len);
	char *at;

	for (at = copy; *at; at++) {
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = '?';
	}
	return copy;
}

static bool all_of(const char *text, size_t len, int (*is)(int))
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (!is((unsigned char)text[i]))
			return false;
	}
	return len > 0;
}

/* Says why a text is not a number; the caller knows that it is not. */
static bool complain_number(const char *text, size_t len, const char *what,
			    struct complaint *complaint)
{
	char *shown = printable(text, len);
	char *message, *hint = NULL;

	if (!len) {
		message = xasprintf("missing number in the list of %ss", what);
	} else if (len > 1 && text[0] == '0' && all_of(text, len, isxdigit)) {
		unsigned long hex = strtoul(shown, NULL, 16);

		message = xasprintf("ambiguous %s \"%s\": a leading zero means octal to the "
				    "kernel and hexadecimal in listings",
				    what, shown);
		if (hex < APM_MATRIX_IDS)
			hint = xasprintf("for what listings print as %s, write 0x%lx (decimal %lu)",
					 shown, hex, hex);
	} else if (all_of(text, len, isdigit) ||
		   (len > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' &&
		    all_of(text + 2, len - 2, isxdigit))) {
		message = xasprintf("%s %s is greater than the highest possible ID, 255 (0xff)",
				    what, shown);
	} else if (all_of(text, len, isxdigit)) {
		message = xasprintf("%s \"%s\" is not a number", what, shown);
		hint = xasprintf("hexadecimal IDs start with 0x: 0x%s", shown);
	} else if (strchr(shown, '.')) {
		message = xasprintf("%s \"%s\" is not a number", what, shown);
		hint = xstrdup("a queue such as 05.00ab is an adapter (-a 0x05) and a domain "
			       "(-d 0xab)");
	} else {
		message = xasprintf("%s \"%s\" is not a number", what, shown);
		hint = xstrdup("IDs are decimal (5) or hexadecimal (0x05), "
			       "as a list (5,7) or range (5-7)");
	}
	free(shown);
	return complain(complaint, message, hint);
}

/* Finds the invalid end of a refused list item. */
static bool complain_item(const char *text, size_t len, const char *what,
			  struct complaint *complaint)
{
	const char *dash = len ? memchr(text, '-', len) : NULL;
	size_t first_len = dash ? (size_t)(dash - text) : len;
	struct apm_mask mask;
	char *shown;

	if (apm_parse_list(text, first_len, &mask) || !first_len)
		return complain_number(text, first_len, what, complaint);
	if (dash && (memchr(dash + 1, '-', len - first_len - 1) ||
		     apm_parse_list(dash + 1, len - first_len - 1, &mask)))
		return complain_number(dash + 1, len - first_len - 1, what,
				       complaint);
	shown = printable(text, len);
	complain(complaint, xasprintf("%s range %s is backwards", what, shown),
		 NULL);
	free(shown);
	return false;
}

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(text, word, len);
}

bool parse_ids(const char *text, enum ids_kind kind, const char *what,
	       struct ids *ids, struct complaint *complaint)
{
	size_t len = strlen(text);
	struct ids value = { .given = true };
	bool edit = *text == '+' || *text == '-';
	const char *at = text;

	if (is_word(text, len, IDS_ALL)) {
		value.all = true;
		*ids = value;
		return true;
	}
	if (is_word(text, len, "none")) {
		if (kind != IDS_SET) {
			*ids = value;
			return true;
		}
		return complain(complaint, xasprintf("no %s given", what),
				NULL);
	}
	if (edit && kind != IDS_EDIT_NONE)
		return complain(complaint,
				xasprintf("%s list \"%s\": + and - are not accepted here",
					  what, text),
				xstrdup("assign adds and unassign removes; "
					"set accepts + and -"));

	/* item by item, so that the message names the invalid one */
	for (;;) {
		size_t item = strcspn(at, ",");
		struct apm_mask mask = { { 0 } };
		const char *number = at;
		size_t number_len = item;

		if (edit) {
			if (*at != '+' && *at != '-')
				return complain(complaint,
						xasprintf("%s list \"%s\" mixes items "
							  "with and without + or -",
							  what, text), NULL);
			number++;
			number_len--;
		} else if (*at == '+' || *at == '-') {
			return complain(complaint,
					xasprintf("%s list \"%s\" mixes items "
						  "with and without + or -",
						  what, text), NULL);
		}
		if (!number_len || *number == '+' || *number == '-' ||
		    apm_parse_list(number, number_len, &mask))
			return complain_item(number, number_len, what, complaint);
		if (!edit) {
			apm_mask_or(&value.set, &value.set, &mask);
		} else if (*at == '+') {
			apm_mask_or(&value.add, &value.add, &mask);
			apm_mask_andnot(&value.remove, &value.remove, &mask);
		} else {
			apm_mask_or(&value.remove, &value.remove, &mask);
			apm_mask_andnot(&value.add, &value.add, &mask);
		}
		at += item;
		if (!*at)
			break;
		at++;
	}
	value.edit = edit;
	*ids = value;
	return true;
}

void ids_apply(const struct ids *ids, const struct apm_mask *current,
	       const struct apm_mask *all, struct apm_mask *result)
{
	if (!ids->given) {
		*result = *current;
	} else if (ids->all) {
		*result = *all;
	} else if (ids->edit) {
		apm_mask_or(result, current, &ids->add);
		apm_mask_andnot(result, result, &ids->remove);
	} else {
		*result = ids->set;
	}
}

bool parse_apqn(const char *text, unsigned int *apid, unsigned int *apqi,
		struct complaint *complaint)
{
	char *shown;

	if (!apm_parse_apqn(text, strlen(text), apid, apqi))
		return true;
	shown = printable(text, strlen(text));
	complain(complaint, xasprintf("\"%s\" is not a queue", shown),
		 xstrdup("a queue is written as the kernel prints it, in hexadecimal: 05.00ab"));
	free(shown);
	return false;
}

bool parse_uuid(const char *text, char *uuid)
{
	unsigned int i;

	if (strlen(text) != UUID_LEN)
		return false;
	for (i = 0; i < UUID_LEN; i++) {
		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (text[i] != '-')
				return false;
			uuid[i] = '-';
		} else {
			if (!isxdigit((unsigned char)text[i]))
				return false;
			uuid[i] = (char)tolower((unsigned char)text[i]);
		}
	}
	uuid[UUID_LEN] = '\0';
	return true;
}

bool parse_name(const char *text, struct complaint *complaint)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	char uuid[UUID_LEN + 1];
	size_t len = strlen(text);
	char *shown = printable(text, len);
	bool good = true;

	if (!len || len > NAME_LEN_MAX)
		good = complain(complaint,
				xasprintf("a name has 1 to %u characters", NAME_LEN_MAX),
				NULL);
	else if (strspn(text, allowed) != len || *text == '-' || *text == '.')
		good = complain(complaint,
				xasprintf("invalid name \"%s\"", shown),
				xstrdup("a name consists of letters, digits, \".\", "
					"\"_\" and \"-\" and starts with a letter, digit or \"_\""));
	else if (parse_uuid(text, uuid))
		good = complain(complaint,
				xasprintf("\"%s\" is a UUID, not a name", shown),
				xstrdup("use --uuid"));
	else if (str_is(text, "all") || str_is(text, "none"))
		good = complain(complaint,
				xasprintf("\"%s\" is reserved and cannot be a name",
					  shown), NULL);
	free(shown);
	return good;
}

/* The bytes of the character at text; 0: not UTF-8, or a control character. */
static unsigned int label_character(const unsigned char *text)
{
	unsigned int len = *text < 0x80 ? 1 : *text < 0xc2 ? 0 : *text < 0xe0 ? 2 :
			   *text < 0xf0 ? 3 : *text < 0xf5 ? 4 : 0, i;

	for (i = 1; i < len; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	}
	if (*text < 0x20 || *text == 0x7f || (*text == 0xc2 && text[1] < 0xa0))
		return 0;
	/* too long a form, a surrogate, beyond the last character */
	if ((*text == 0xe0 && text[1] < 0xa0) || (*text == 0xed && text[1] > 0x9f) ||
	    (*text == 0xf0 && text[1] < 0x90) || (*text == 0xf4 && text[1] > 0x8f))
		return 0;
	return len;
}

bool parse_label(const char *text, const char *what, struct complaint *complaint)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned int len;

	if (strlen(text) > LABEL_LEN_MAX)
		return complain(complaint, xasprintf("%s is longer than %u bytes", what,
						     LABEL_LEN_MAX), NULL);
	for (; *at; at += len) {
		len = label_character(at);
		if (!len)
			return complain(complaint,
					xasprintf("%s has %s at byte %zu", what,
						  *at < 0x80 || *at == 0xc2 ?
						  "a control character" :
						  "a byte that is not UTF-8",
						  (size_t)((const char *)at - text) + 1),
					NULL);
	}
	return true;
}

char *label_printable(const char *text)
{
	char *copy = xstrdup(text), *at = copy;

	while (at && *at) {
		unsigned int len = label_character((unsigned char *)at);

		if (!len)
			*at = '?';
		at += len ? len : 1;
	}
	return copy;
}

bool parse_seconds(const char *text, unsigned int *milliseconds,
		   struct complaint *complaint)
{
	unsigned long whole = 0, part = 0, scale = 100;
	const char *at = text;
	char *shown;

	while (isdigit((unsigned char)*at) && whole < DAY_MS)
		whole = whole * 10 + (unsigned long)(*at++ - '0');
	if (at != text && *at == '.' && isdigit((unsigned char)at[1])) {
		for (at++; isdigit((unsigned char)*at) && scale; at++) {
			part += scale * (unsigned long)(*at - '0');
			scale /= 10;
		}
	}
	if (at != text && !*at && whole * 1000 + part <= DAY_MS) {
		*milliseconds = (unsigned int)(whole * 1000 + part);
		return true;
	}
	shown = printable(text, strlen(text));
	complain(complaint,
		 xasprintf("\"%s\" is not a time in seconds from 0 to 86400", shown),
		 NULL);
	free(shown);
	return false;
}

bool parse_count(const char *text, unsigned long min, unsigned long max,
		 unsigned long *count, struct complaint *complaint)
{
	unsigned long value = 0;
	const char *at = text;
	char *shown;

	while (isdigit((unsigned char)*at) && value <= max)
		value = value * 10 + (unsigned long)(*at++ - '0');
	if (at != text && !*at && value >= min && value <= max) {
		*count = value;
		return true;
	}
	shown = printable(text, strlen(text));
	complain(complaint,
		 xasprintf("\"%s\" is not a number from %lu to %lu", shown, min, max),
		 NULL);
	free(shown);
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
/* From text to ids, masks, matrices and APQNs. See apm.h. */
#include "apm.h"

/* What is left of a text; never reads at or past end. */
struct cursor {
	const char *at;
	const char *end;
};

static int peek(const struct cursor *cursor)
{
	return cursor->at < cursor->end ? (unsigned char)*cursor->at : -1;
}

static bool skip(struct cursor *cursor, int c)
{
	if (peek(cursor) != c)
		return false;
	cursor->at++;
	return true;
}

static int digit_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return INT_MAX;
}

/* Digits of a base: 0, -EINVAL if there is none, -ERANGE on overflow. */
static int take_number(struct cursor *cursor, unsigned int base,
		       unsigned long *number)
{
	unsigned long value = 0;
	bool overflow = false;
	const char *start = cursor->at;

	while (digit_value(peek(cursor)) < (int)base) {
		unsigned long digit = (unsigned long)digit_value(peek(cursor));

		if (value > (ULONG_MAX - digit) / base)
			overflow = true;
		value = value * base + digit;
		cursor->at++;
	}
	if (cursor->at == start)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	*number = value;
	return 0;
}

/* 0x with a digit after it; a 0 without is a number of its own. */
static bool skip_hex_prefix(struct cursor *cursor)
{
	const char *at = cursor->at;

	if (cursor->end - at < 3 || at[0] != '0' ||
	    (at[1] != 'x' && at[1] != 'X') ||
	    digit_value((unsigned char)at[2]) > 15)
		return false;
	cursor->at += 2;
	return true;
}

int apm_parse_id(const char *text, size_t len, unsigned long *id)
{
	const char *nul = memchr(text, '\0', len);
	struct cursor cursor = { text, nul ? nul : text + len };
	unsigned long value;
	unsigned int base = 10;
	int ret;

	skip(&cursor, '+');
	if (skip_hex_prefix(&cursor))
		base = 16;
	else if (peek(&cursor) == '0')
		base = 8;
	ret = take_number(&cursor, base, &value);
	if (ret)
		return ret;
	skip(&cursor, '\n');
	if (peek(&cursor) != -1)
		return -EINVAL;
	*id = value;
	return 0;
}

/* The digits of a mask, up to whatever is no digit. */
static int take_mask(struct cursor *cursor, struct apm_mask *mask)
{
	struct apm_mask value = { { 0 } };
	unsigned int nibbles = 0;

	if (cursor->end - cursor->at >= 2 && cursor->at[0] == '0' &&
	    cursor->at[1] == 'x')
		cursor->at++;
	skip(cursor, 'x');

	while (digit_value(peek(cursor)) < 16) {
		unsigned long digit = (unsigned long)digit_value(peek(cursor));
		unsigned int id = 4 * nibbles++;

		if (id >= APM_MATRIX_IDS)
			return -EINVAL;
		value.word[id / APM_MATRIX_WORD_BITS] |=
			digit << (APM_MATRIX_WORD_BITS - 4 -
				  id % APM_MATRIX_WORD_BITS);
		cursor->at++;
	}
	if (!nibbles)
		return -EINVAL;
	*mask = value;
	return 0;
}

int apm_parse_mask(const char *text, size_t len, struct apm_mask *mask)
{
	struct cursor cursor = { text, text + len };
	struct apm_mask value;

	if (take_mask(&cursor, &value) || peek(&cursor) != -1)
		return -EINVAL;
	*mask = value;
	return 0;
}

int apm_parse_config(const char *text, size_t len, struct apm_matrix *matrix)
{
	struct cursor cursor = { text, text + len };
	struct apm_matrix value = { 0 };
	unsigned int dim;

	if (len && !text[len - 1])
		cursor.end--;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (take_mask(&cursor, &value.dim[dim]))
			return -EINVAL;
		if (dim == APM_DIM_CONTROL_DOMAIN)
			break;
		if (skip(&cursor, ','))
			continue;
		if (!skip(&cursor, '\n'))
			return -EINVAL;
		/* the newline may separate, or end a text of two masks */
		if (dim == APM_DIM_DOMAIN && peek(&cursor) == -1)
			break;
	}
	if (dim == APM_DIM_CONTROL_DOMAIN)
		skip(&cursor, '\n');
	if (peek(&cursor) != -1)
		return -EINVAL;
	*matrix = value;
	return 0;
}

static int take_list_id(struct cursor *cursor, unsigned int *id)
{
	unsigned long value;
	unsigned int base = 10;
	int ret;

	if (skip_hex_prefix(cursor))
		base = 16;
	else if (peek(cursor) == '0' && cursor->end - cursor->at > 1 &&
		 digit_value((unsigned char)cursor->at[1]) < 16)
		return -EINVAL;
	ret = take_number(cursor, base, &value);
	if (ret)
		return ret;
	if (value >= APM_MATRIX_IDS)
		return -ERANGE;
	*id = (unsigned int)value;
	return 0;
}

static int take_list_range(struct cursor *cursor, unsigned int *first,
			   unsigned int *last)
{
	int ret = take_list_id(cursor, first);

	if (ret)
		return ret;
	*last = *first;
	if (skip(cursor, '-')) {
		ret = take_list_id(cursor, last);
		if (ret)
			return ret;
	}
	return *last < *first ? -ERANGE : 0;
}

int apm_parse_list(const char *text, size_t len, struct apm_mask *mask)
{
	struct cursor cursor = { text, text + len };
	bool edit = peek(&cursor) == '+' || peek(&cursor) == '-';
	struct apm_mask value = { { 0 } };
	unsigned int first, last;
	int ret;

	if (edit)
		value = *mask;
	do {
		bool set = !edit || skip(&cursor, '+');

		if (!set && !skip(&cursor, '-'))
			return -EINVAL;
		ret = take_list_range(&cursor, &first, &last);
		if (ret)
			return ret;
		for (; first <= last; first++) {
			if (set)
				apm_mask_set(&value, first);
			else
				apm_mask_clear(&value, first);
		}
	} while (skip(&cursor, ','));
	if (peek(&cursor) != -1)
		return -EINVAL;
	*mask = value;
	return 0;
}

int apm_parse_apqn(const char *text, size_t len, unsigned int *apid,
		   unsigned int *apqi)
{
	struct cursor cursor = { text, text + len };
	unsigned long adapter, domain;

	if (len != APM_APQN_TEXT_LEN || text[2] != '.' ||
	    take_number(&cursor, 16, &adapter) || !skip(&cursor, '.') ||
	    take_number(&cursor, 16, &domain) || peek(&cursor) != -1 ||
	    domain >= APM_MATRIX_IDS)
		return -EINVAL;
	*apid = (unsigned int)adapter;
	*apqi = (unsigned int)domain;
	return 0;
}

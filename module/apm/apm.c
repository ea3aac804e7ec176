// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pure room: AP matrices as bits. See apm.h for what it promises.
 *
 * The same file is compiled into the kernel module, the command line tool and
 * the unit tests; env.h is all that differs.
 */
#include "apm.h"

_Static_assert(sizeof(unsigned long) * 8 == APM_MATRIX_WORD_BITS,
	       "masks are made of 64-bit words");

/* masks */

bool apm_mask_empty(const struct apm_mask *mask)
{
	unsigned long any = 0;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		any |= mask->word[i];
	return !any;
}

bool apm_mask_equal(const struct apm_mask *a, const struct apm_mask *b)
{
	unsigned long differ = 0;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		differ |= a->word[i] ^ b->word[i];
	return !differ;
}

bool apm_mask_subset(const struct apm_mask *inner, const struct apm_mask *outer)
{
	unsigned long outside = 0;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		outside |= inner->word[i] & ~outer->word[i];
	return !outside;
}

bool apm_mask_intersects(const struct apm_mask *a, const struct apm_mask *b)
{
	struct apm_mask both;

	return apm_mask_and(&both, a, b);
}

unsigned int apm_mask_weight(const struct apm_mask *mask)
{
	unsigned int i, weight = 0;
	unsigned long word;

	for (i = 0; i < APM_MATRIX_WORDS; i++) {
		for (word = mask->word[i]; word; word &= word - 1)
			weight++;
	}
	return weight;
}

bool apm_mask_and(struct apm_mask *res, const struct apm_mask *a,
		  const struct apm_mask *b)
{
	unsigned long left = 0;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		left |= res->word[i] = a->word[i] & b->word[i];
	return left;
}

bool apm_mask_andnot(struct apm_mask *res, const struct apm_mask *a,
		     const struct apm_mask *b)
{
	unsigned long left = 0;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		left |= res->word[i] = a->word[i] & ~b->word[i];
	return left;
}

void apm_mask_or(struct apm_mask *res, const struct apm_mask *a,
		 const struct apm_mask *b)
{
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		res->word[i] = a->word[i] | b->word[i];
}

unsigned int apm_mask_next(const struct apm_mask *mask, unsigned int from)
{
	unsigned int i = from / APM_MATRIX_WORD_BITS;
	unsigned long word;

	if (from >= APM_MATRIX_IDS)
		return APM_MATRIX_IDS;
	word = mask->word[i] & (~0UL >> from % APM_MATRIX_WORD_BITS);
	while (!word) {
		if (++i == APM_MATRIX_WORDS)
			return APM_MATRIX_IDS;
		word = mask->word[i];
	}
	return i * APM_MATRIX_WORD_BITS + (unsigned int)__builtin_clzl(word);
}

unsigned int apm_mask_nth(const struct apm_mask *mask, unsigned int n)
{
	unsigned int id;

	apm_mask_for_each(id, mask) {
		if (!n--)
			break;
	}
	return id;
}

/* matrices */

bool apm_matrix_empty(const struct apm_matrix *matrix)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!apm_mask_empty(&matrix->dim[dim]))
			return false;
	}
	return true;
}

bool apm_matrix_equal(const struct apm_matrix *a, const struct apm_matrix *b)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (!apm_mask_equal(&a->dim[dim], &b->dim[dim]))
			return false;
	}
	return true;
}

void apm_matrix_and(struct apm_matrix *res, const struct apm_matrix *a,
		    const struct apm_matrix *b)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		apm_mask_and(&res->dim[dim], &a->dim[dim], &b->dim[dim]);
}

void apm_matrix_part(const struct apm_matrix *whole, enum apm_dim dim, unsigned int id,
		     struct apm_matrix *part)
{
	*part = *whole;
	part->dim[dim] = (struct apm_mask){ 0 };
	apm_mask_set(&part->dim[dim], id);
}

unsigned int apm_matrix_apqns(const struct apm_matrix *matrix)
{
	return apm_mask_weight(apm_matrix_apm(matrix)) *
	       apm_mask_weight(apm_matrix_aqm(matrix));
}

void apm_matrix_diff(const struct apm_matrix *from, const struct apm_matrix *to,
		     struct apm_matrix_diff *diff)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_andnot(&diff->added.dim[dim], &to->dim[dim],
				&from->dim[dim]);
		apm_mask_andnot(&diff->removed.dim[dim], &from->dim[dim],
				&to->dim[dim]);
	}
}

unsigned int apm_matrix_apqns_lost(const struct apm_matrix *from,
				   const struct apm_matrix *to)
{
	struct apm_matrix common = { 0 };

	apm_matrix_shares(from, to, &common);
	return apm_matrix_apqns(from) - apm_matrix_apqns(&common);
}

bool apm_matrix_shares(const struct apm_matrix *a, const struct apm_matrix *b,
		       struct apm_matrix *common)
{
	return apm_matrix_shares_masks(a, apm_matrix_apm(b), apm_matrix_aqm(b),
				       common);
}

bool apm_matrix_shares_masks(const struct apm_matrix *matrix,
			     const struct apm_mask *apm, const struct apm_mask *aqm,
			     struct apm_matrix *common)
{
	struct apm_matrix both = { 0 };
	bool adapters, domains;

	adapters = apm_mask_and(&both.dim[APM_DIM_ADAPTER],
				apm_matrix_apm(matrix), apm);
	domains = apm_mask_and(&both.dim[APM_DIM_DOMAIN],
			       apm_matrix_aqm(matrix), aqm);
	if (common)
		*common = both;
	return adapters && domains;
}

/* limits */

void apm_limits_from_qci(struct apm_limits *limits, bool apxa, unsigned int na,
			 unsigned int nd)
{
	unsigned int adapters = apxa ? na : 63;
	unsigned int domains = apxa ? nd : 15;

	if (adapters >= APM_MATRIX_IDS)
		adapters = APM_MATRIX_IDS - 1;
	if (domains >= APM_MATRIX_IDS)
		domains = APM_MATRIX_IDS - 1;
	limits->max[APM_DIM_ADAPTER] = adapters;
	limits->max[APM_DIM_DOMAIN] = domains;
	limits->max[APM_DIM_CONTROL_DOMAIN] = domains;
}

int apm_limits_check(const struct apm_limits *limits,
		     const struct apm_matrix *matrix)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (apm_mask_next(&matrix->dim[dim], limits->max[dim] + 1) <
		    APM_MATRIX_IDS)
			return -ENODEV;
	}
	return 0;
}

/* the filter */

static bool adapter_passes(const struct apm_filter *filter,
			   const struct apm_mask *aqm, unsigned int apid)
{
	unsigned int apqi;

	apm_mask_for_each(apqi, aqm) {
		if (filter->state(filter->ctx, apid, apqi) != APM_REASON_NONE)
			return false;
	}
	return true;
}

/* Is a queue that the guest has not about to be ready for it? */
static bool more_is_coming(const struct apm_filter *filter, const struct apm_matrix *found)
{
	const struct apm_matrix *now = filter->current_guest;
	unsigned int apid, apqi;

	if (!now)
		return false;
	apm_mask_for_each(apid, apm_matrix_apm(found)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(found)) {
			if (!apm_matrix_has(now, apid, apqi) &&
			    filter->state(filter->ctx, apid, apqi) ==
			    APM_REASON_RESET_PENDING)
				return true;
		}
	}
	return false;
}

void apm_filter_run(const struct apm_filter *filter, struct apm_matrix *guest)
{
	struct apm_matrix found, result = { 0 };
	unsigned int apid;

	apm_matrix_and(&found, filter->assigned, filter->host);
	if (more_is_coming(filter, &found))
		apm_matrix_and(&found, &found, filter->current_guest);
	if (!filter->removing) {
		result = found;
		apm_mask_for_each(apid, apm_matrix_apm(&found)) {
			if (!adapter_passes(filter, apm_matrix_aqm(&found), apid))
				apm_mask_clear(&result.dim[APM_DIM_ADAPTER], apid);
		}
	}
	*guest = result;
}

enum apm_reason apm_filter_reason(const struct apm_filter *filter,
				  const struct apm_matrix *guest,
				  unsigned int apid, unsigned int apqi)
{
	enum apm_reason reason;

	if (apm_matrix_has(guest, apid, apqi))
		return APM_REASON_NONE;
	if (filter->removing)
		return APM_REASON_REMOVING;
	if (!apm_mask_test(apm_matrix_apm(filter->host), apid))
		return APM_REASON_ADAPTER_NOT_IN_HOST;
	if (!apm_mask_test(apm_matrix_aqm(filter->host), apqi))
		return APM_REASON_DOMAIN_NOT_IN_HOST;
	reason = filter->state(filter->ctx, apid, apqi);
	return reason == APM_REASON_NONE ? APM_REASON_SIBLING_WITHHELD : reason;
}

static const char *const reason_words[APM_REASON_NR] = {
	[APM_REASON_NONE] = "",
	[APM_REASON_REMOVING] = "mdev-removing",
	[APM_REASON_ADAPTER_NOT_IN_HOST] = "adapter-not-in-host-config",
	[APM_REASON_DOMAIN_NOT_IN_HOST] = "domain-not-in-host-config",
	[APM_REASON_NO_QUEUE_DEVICE] = "no-queue-device",
	[APM_REASON_TYPE_UNSUPPORTED] = "type-unsupported",
	[APM_REASON_UNBOUND] = "unbound",
	[APM_REASON_OTHER_DRIVER] = "bound-to-other-driver",
	[APM_REASON_RESET_PENDING] = "reset-pending",
	[APM_REASON_RESET_FAILED] = "reset-failed",
	[APM_REASON_DECONFIGURED] = "deconfigured",
	[APM_REASON_CHECKSTOPPED] = "checkstopped",
	[APM_REASON_SIBLING_WITHHELD] = "sibling-withheld",
};

const char *apm_reason_word(enum apm_reason reason)
{
	if ((unsigned int)reason >= APM_REASON_NR)
		return "";
	return reason_words[reason];
}

enum apm_reason apm_reason_from_word(const char *word, size_t len)
{
	unsigned int i;

	for (i = APM_REASON_NONE + 1; i < APM_REASON_NR; i++) {
		if (strlen(reason_words[i]) == len &&
		    !memcmp(reason_words[i], word, len))
			break;
	}
	return (enum apm_reason)i;
}

/* text in */

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

/* text out */

/* The part of a text that is wanted: [offset, offset + size). */
struct window {
	char *buf;
	size_t size;
	size_t offset;
	size_t pos;	/* of the text's next byte */
	size_t len;	/* bytes in buf */
};

static bool window_full(const struct window *window)
{
	return window->len == window->size;
}

static void window_put(struct window *window, const char *text, size_t len)
{
	size_t from = 0;

	if (window->pos + len <= window->offset) {
		window->pos += len;
		return;
	}
	if (window->pos < window->offset)
		from = window->offset - window->pos;
	window->pos += len;
	len -= from;
	if (len > window->size - window->len)
		len = window->size - window->len;
	memcpy(window->buf + window->len, text + from, len);
	window->len += len;
}

static void put_hex(char *buf, unsigned long value, unsigned int digits)
{
	static const char hex[] = "0123456789abcdef";

	while (digits--) {
		buf[digits] = hex[value & 15];
		value >>= 4;
	}
}

void apm_apqn_format(unsigned int apid, unsigned int apqi, char *buf)
{
	put_hex(buf, apid, 2);
	buf[2] = '.';
	put_hex(buf + 3, apqi, 4);
}

void apm_mask_format(const struct apm_mask *mask, char *buf)
{
	unsigned int i;

	buf[0] = '0';
	buf[1] = 'x';
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		put_hex(buf + 2 + 16 * i, mask->word[i], 16);
}

/* One id per line: `digits` digits between prefix and suffix. */
static size_t read_ids(const struct apm_mask *mask, const char *prefix,
		       unsigned int digits, const char *suffix, char *buf,
		       size_t size, size_t offset)
{
	struct window window = { buf, size, offset, 0, 0 };
	unsigned int id;
	char number[4];

	apm_mask_for_each(id, mask) {
		put_hex(number, id, digits);
		window_put(&window, prefix, strlen(prefix));
		window_put(&window, number, digits);
		window_put(&window, suffix, strlen(suffix));
	}
	return window.len;
}

size_t apm_matrix_read_apqns(const struct apm_matrix *matrix, char *buf,
			     size_t size, size_t offset)
{
	const struct apm_mask *apm = apm_matrix_apm(matrix);
	const struct apm_mask *aqm = apm_matrix_aqm(matrix);
	unsigned int domains = apm_mask_weight(aqm);
	struct window window = { buf, size, offset, 0, 0 };
	char line[APM_APQN_TEXT_LEN + 1];
	unsigned int apid, apqi;
	size_t first;

	if (!domains)
		return read_ids(apm, "", 2, ".\n", buf, size, offset);
	if (apm_mask_empty(apm))
		return read_ids(aqm, ".", 4, "\n", buf, size, offset);

	/* all lines have one length: start at the first that is wanted */
	first = offset / sizeof(line);
	if (first >= APM_MATRIX_APQNS)
		return 0;
	window.pos = first * sizeof(line);
	apid = apm_mask_nth(apm, (unsigned int)first / domains);
	apqi = apm_mask_nth(aqm, (unsigned int)first % domains);
	while (apid < APM_MATRIX_IDS && !window_full(&window)) {
		apm_apqn_format(apid, apqi, line);
		line[APM_APQN_TEXT_LEN] = '\n';
		window_put(&window, line, sizeof(line));
		apqi = apm_mask_next(aqm, apqi + 1);
		if (apqi == APM_MATRIX_IDS) {
			apid = apm_mask_next(apm, apid + 1);
			apqi = apm_mask_next(aqm, 0);
		}
	}
	return window.len;
}

size_t apm_matrix_read_control_domains(const struct apm_matrix *matrix, char *buf,
				       size_t size, size_t offset)
{
	return read_ids(apm_matrix_adm(matrix), "", 4, "\n", buf, size, offset);
}

size_t apm_matrix_read_config(const struct apm_matrix *matrix, char *buf,
			      size_t size, size_t offset)
{
	struct window window = { buf, size, offset, 0, 0 };
	char text[APM_MASK_TEXT_LEN + 1];
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_format(&matrix->dim[dim], text);
		text[APM_MASK_TEXT_LEN] = dim + 1 < APM_DIM_NR ? ',' : '\n';
		window_put(&window, text, sizeof(text));
	}
	return window.len;
}

size_t apm_matrix_read_words(const struct apm_matrix *matrix, apm_word_fn word,
			     void *ctx, char *buf, size_t size, size_t offset)
{
	struct window window = { buf, size, offset, 0, 0 };
	char apqn[APM_APQN_TEXT_LEN + 1];
	unsigned int apid, apqi;

	apqn[APM_APQN_TEXT_LEN] = ' ';
	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix)) {
			const char *text = word(ctx, apid, apqi);

			if (!text)
				continue;
			apm_apqn_format(apid, apqi, apqn);
			window_put(&window, apqn, sizeof(apqn));
			window_put(&window, text, strlen(text));
			window_put(&window, "\n", 1);
			if (window_full(&window))
				return window.len;
		}
	}
	return window.len;
}

struct reasons {
	const struct apm_filter *filter;
	const struct apm_matrix *guest;
};

static const char *word_of_reason(void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct reasons *reasons = ctx;
	enum apm_reason reason;

	reason = apm_filter_reason(reasons->filter, reasons->guest, apid, apqi);
	return reason == APM_REASON_NONE ? NULL : apm_reason_word(reason);
}

size_t apm_filter_read_reasons(const struct apm_filter *filter,
			       const struct apm_matrix *guest, char *buf,
			       size_t size, size_t offset)
{
	struct reasons reasons = { filter, guest };

	return apm_matrix_read_words(filter->assigned, word_of_reason, &reasons,
				     buf, size, offset);
}

static size_t format_list_id(char *buf, unsigned int id, unsigned int digits)
{
	char number[8];
	size_t len = 0;

	if (digits) {
		put_hex(buf, id, digits);
		return digits;
	}
	do {
		number[len++] = (char)('0' + id % 10);
		id /= 10;
	} while (id);
	for (id = 0; id < len; id++)
		buf[id] = number[len - 1 - id];
	return len;
}

size_t apm_mask_format_list(const struct apm_mask *mask, unsigned int digits,
			    char *buf, size_t size)
{
	static const char cut[] = "...";
	unsigned int id, last;
	size_t len = 0;

	if (!size)
		return 0;
	if (digits > 4)
		digits = 4;
	for (id = apm_mask_next(mask, 0); id < APM_MATRIX_IDS;
	     id = apm_mask_next(mask, last + 1)) {
		char item[12];
		size_t n = 0;

		for (last = id; last + 1 < APM_MATRIX_IDS &&
		     apm_mask_test(mask, last + 1); last++)
			;
		if (len)
			item[n++] = ',';
		n += format_list_id(item + n, id, digits);
		if (last > id) {
			item[n++] = '-';
			n += format_list_id(item + n, last, digits);
		}
		/* after every item there must be room for the cut mark */
		if (len + n + sizeof(cut) > size) {
			n = sizeof(cut) - 1;
			if (n > size - 1 - len)
				n = size - 1 - len;
			memcpy(buf + len, cut, n);
			len += n;
			break;
		}
		memcpy(buf + len, item, n);
		len += n;
	}
	buf[len] = '\0';
	return len;
}

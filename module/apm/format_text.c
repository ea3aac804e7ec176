// SPDX-License-Identifier: GPL-2.0-only
/* From ids, masks, matrices and APQNs to text. See apm.h. */
#include "apm.h"

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

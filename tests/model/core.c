// SPDX-License-Identifier: GPL-2.0-only
/*
 * What CBMC proves of the pure core. Each function prove_*() is one theorem: CBMC shows
 * that none of its assertions can fail, and that no access is out of bounds and no
 * arithmetic overflows on the way, for every value of every nondet variable.
 *
 * Above each theorem, for tests/model/run:
 *
 *   unwind: N                    loops run fewer than N times; CBMC proves that, too
 *   fault: FILE: OLD -> NEW      one change of the core that the theorem must refute
 *
 * Masks are either any of the 2^256 masks, or, where the core loops over the ids of a
 * mask, any set of these ids: two that are neighbours, in two words of the mask.
 */
#include <stdlib.h>
#include "apm.h"

#define IDS	(sizeof(ids) / sizeof(ids[0]))

static const unsigned int ids[] = { 63, 64 };

extern unsigned int nondet_uint(void);
extern unsigned long nondet_ulong(void);
extern size_t nondet_size(void);
extern bool nondet_bool(void);
extern char nondet_char(void);

static void assume(bool condition)
{
	__CPROVER_assume(condition);
}

#define prove(condition) __CPROVER_assert(condition, #condition)

/* values */

static unsigned int any_id(void)
{
	unsigned int id = nondet_uint();

	assume(id < APM_MATRIX_IDS);
	return id;
}

static struct apm_mask any_mask(void)
{
	struct apm_mask mask;
	unsigned int i;

	for (i = 0; i < APM_MATRIX_WORDS; i++)
		mask.word[i] = nondet_ulong();
	return mask;
}

static struct apm_matrix any_matrix(void)
{
	struct apm_matrix matrix;
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		matrix.dim[dim] = any_mask();
	return matrix;
}

/* Any set of ids[]. */
static struct apm_mask small_mask(void)
{
	struct apm_mask mask = { { 0 } };
	unsigned int i;

	for (i = 0; i < IDS; i++) {
		if (nondet_bool())
			apm_mask_set(&mask, ids[i]);
	}
	return mask;
}

/* Any text, in a buffer of exactly its size: a byte more is out of bounds. */
static char *any_text(size_t len)
{
	char *text = malloc(len);

	assume(text);
	return text;
}

/* CBMC has no memchr() of its own. */
void *memchr(const void *text, int c, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (((const unsigned char *)text)[i] == (unsigned char)c)
			return (char *)text + i;
	}
	return NULL;
}

/* masks */

/* unwind: 66
 * fault: apm.h: a->word[i] & ~b->word[i]; -> a->word[i] ^ b->word[i]; */
void prove_mask_algebra(void)
{
	struct apm_mask a = any_mask(), b = any_mask(), and, or, andnot;
	unsigned int id = any_id();
	bool in_a = apm_mask_test(&a, id), in_b = apm_mask_test(&b, id);
	bool some_and = apm_mask_and(&and, &a, &b);
	bool some_andnot = apm_mask_andnot(&andnot, &a, &b);

	apm_mask_or(&or, &a, &b);
	prove(apm_mask_test(&and, id) == (in_a && in_b));
	prove(apm_mask_test(&or, id) == (in_a || in_b));
	prove(apm_mask_test(&andnot, id) == (in_a && !in_b));
	prove(some_and == !apm_mask_empty(&and));
	prove(some_and == apm_mask_intersects(&a, &b));
	prove(some_andnot == !apm_mask_subset(&a, &b));
	prove(!in_a || !apm_mask_empty(&a));
	prove(in_a == in_b || !apm_mask_equal(&a, &b));

	apm_mask_set(&a, id);
	prove(apm_mask_test(&a, id));
	apm_mask_clear(&a, id);
	prove(!apm_mask_test(&a, id));
}

/* unwind: 6
 * fault: mask.c: from % APM_MATRIX_WORD_BITS -> (from + 1) % APM_MATRIX_WORD_BITS */
void prove_next_is_the_next(void)
{
	struct apm_mask mask = any_mask();
	unsigned int from = nondet_uint(), other = any_id();
	unsigned int next = apm_mask_next(&mask, from);

	prove(next <= APM_MATRIX_IDS);
	prove(next == APM_MATRIX_IDS || (next >= from && apm_mask_test(&mask, next)));
	prove(!(other >= from && other < next && apm_mask_test(&mask, other)));
}

/* unwind: 66
 * fault: matrix.c: domains = apxa ? nd : 15 -> domains = apxa ? nd : 16 */
void prove_limits(void)
{
	struct apm_matrix matrix = any_matrix();
	unsigned int na = nondet_uint(), nd = nondet_uint(), id = any_id();
	bool apxa = nondet_bool();
	struct apm_limits limits;
	int ret;

	apm_limits_from_qci(&limits, apxa, na, nd);
	prove(limits.max[APM_DIM_ADAPTER] == (!apxa ? 63 : na > 255 ? 255 : na));
	prove(limits.max[APM_DIM_DOMAIN] == (!apxa ? 15 : nd > 255 ? 255 : nd));
	prove(limits.max[APM_DIM_CONTROL_DOMAIN] == limits.max[APM_DIM_DOMAIN]);
	ret = apm_limits_check(&limits, &matrix);
	prove(ret == 0 || ret == -ENODEV);
	prove(ret || id <= limits.max[APM_DIM_ADAPTER] ||
	      !apm_mask_test(apm_matrix_apm(&matrix), id));
	prove(ret || id <= limits.max[APM_DIM_DOMAIN] ||
	      !apm_mask_test(apm_matrix_aqm(&matrix), id));
}

/* unwind: 5
 * fault: matrix.c: return adapters && domains; -> return adapters || domains; */
void prove_sharing(void)
{
	struct apm_matrix a = any_matrix(), b = any_matrix(), common;
	unsigned int apid = any_id(), apqi = any_id();
	bool shares = apm_matrix_shares(&a, &b, &common);
	bool both = apm_matrix_has(&a, apid, apqi) && apm_matrix_has(&b, apid, apqi);

	prove(apm_matrix_has(&common, apid, apqi) == both);
	prove(!both || shares);
	prove(shares == !(apm_mask_empty(apm_matrix_apm(&common)) ||
			  apm_mask_empty(apm_matrix_aqm(&common))));
}

/* the filter */

/* The filter, and what it has to give by its specification. */
struct spec {
	struct apm_filter filter;
	struct apm_matrix assigned, host, current;
	enum apm_reason state[IDS][IDS];		/* of each queue */
};

static unsigned int index_of(unsigned int id)
{
	return id < 64 ? 0 : 1;
}

/* The filter may ask for assigned APQNs that the host has, and for no others. */
static enum apm_reason state_of(void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct spec *spec = ctx;

	prove(apm_matrix_has(&spec->assigned, apid, apqi));
	prove(apm_matrix_has(&spec->host, apid, apqi));
	return spec->state[index_of(apid)][index_of(apqi)];
}

/* The same for an adapter. What is said of domains that were not asked for has no meaning. */
static void adapter_state_of(void *ctx, unsigned int apid, const struct apm_mask *domains,
			     struct apm_mask *ready, struct apm_mask *pending)
{
	unsigned int i;

	*ready = any_mask();
	*pending = any_mask();
	for (i = 0; i < IDS; i++) {
		enum apm_reason state;

		if (!apm_mask_test(domains, ids[i]))
			continue;
		state = state_of(ctx, apid, ids[i]);
		assume(apm_mask_test(ready, ids[i]) == (state == APM_REASON_NONE));
		assume(apm_mask_test(pending, ids[i]) == (state == APM_REASON_RESET_PENDING));
	}
}

static void any_filter(struct spec *spec)
{
	unsigned int i, j;

	for (i = 0; i < IDS; i++) {
		for (j = 0; j < IDS; j++) {
			spec->state[i][j] = (enum apm_reason)nondet_uint();
			assume(spec->state[i][j] < APM_REASON_NR);
		}
	}
	spec->assigned.dim[APM_DIM_ADAPTER] = small_mask();
	spec->assigned.dim[APM_DIM_DOMAIN] = small_mask();
	spec->assigned.dim[APM_DIM_CONTROL_DOMAIN] = any_mask();
	spec->host = any_matrix();
	spec->current = any_matrix();
	spec->filter = (struct apm_filter){
		.assigned = &spec->assigned,
		.host = &spec->host,
		.state = state_of,
		.ctx = spec,
		.removing = nondet_bool(),
		.current_guest = nondet_bool() ? &spec->current : NULL,
	};
}

/* Is a queue on its way that the guest has not? Then nothing is added until it is there. */
static bool coming(const struct spec *spec)
{
	unsigned int i, j;

	for (i = 0; i < IDS; i++) {
		for (j = 0; j < IDS; j++) {
			if (spec->filter.current_guest &&
			    apm_matrix_has(&spec->assigned, ids[i], ids[j]) &&
			    apm_matrix_has(&spec->host, ids[i], ids[j]) &&
			    !apm_matrix_has(&spec->current, ids[i], ids[j]) &&
			    spec->state[i][j] == APM_REASON_RESET_PENDING)
				return true;
		}
	}
	return false;
}

/* Is the id assigned, and the host's to give? */
static bool allowed(const struct spec *spec, enum apm_dim dim, unsigned int id)
{
	return !spec->filter.removing &&
	       apm_mask_test(&spec->assigned.dim[dim], id) &&
	       apm_mask_test(&spec->host.dim[dim], id) &&
	       (!coming(spec) || apm_mask_test(&spec->current.dim[dim], id));
}

/* Are all queues of the adapter ready that the guest would have? */
static bool ready(const struct spec *spec, unsigned int apid)
{
	unsigned int j;

	for (j = 0; j < IDS; j++) {
		if (allowed(spec, APM_DIM_DOMAIN, ids[j]) &&
		    spec->state[index_of(apid)][j] != APM_REASON_NONE)
			return false;
	}
	return true;
}

static void filter_is_its_specification(apm_adapter_state_fn adapter_state)
{
	unsigned int id = any_id();
	struct apm_matrix guest;
	struct spec spec;

	any_filter(&spec);
	spec.filter.adapter_state = adapter_state;
	apm_filter_run(&spec.filter, &guest);
	prove(apm_mask_test(apm_matrix_apm(&guest), id) ==
	      (allowed(&spec, APM_DIM_ADAPTER, id) && ready(&spec, id)));
	prove(apm_mask_test(apm_matrix_aqm(&guest), id) ==
	      allowed(&spec, APM_DIM_DOMAIN, id));
	prove(apm_mask_test(apm_matrix_adm(&guest), id) ==
	      allowed(&spec, APM_DIM_CONTROL_DOMAIN, id));
}

/* The filter is its specification: an adapter is given if all its queues are ready.
 * unwind: 6
 * fault: filter.c: if (reason == APM_REASON_NONE) -> if (reason != APM_REASON_RESET_FAILED) */
void prove_filter(void)
{
	filter_is_its_specification(NULL);
}

/* So it is if the caller keeps the states of all queues of an adapter as masks.
 * unwind: 6
 * fault: filter.c: domains, ready, pending); -> domains, pending, ready); */
void prove_filter_of_adapters(void)
{
	filter_is_its_specification(adapter_state_of);
}

/* A reason is given for exactly the assigned APQNs that the guest has not.
 * unwind: 6
 * fault: filter.c: ? APM_REASON_SIBLING_WITHHELD : reason; -> ? reason : reason; */
void prove_reasons(void)
{
	unsigned int apid = any_id(), apqi = any_id();
	struct apm_matrix guest;
	enum apm_reason reason;
	struct spec spec;

	any_filter(&spec);
	apm_filter_run(&spec.filter, &guest);
	assume(apm_matrix_has(&spec.assigned, apid, apqi));
	reason = apm_filter_reason(&spec.filter, &guest, apid, apqi);
	prove(reason < APM_REASON_NR);
	prove((reason == APM_REASON_NONE) == apm_matrix_has(&guest, apid, apqi));
}

/* text: what is written can be read */

/* unwind: 66
 * fault: format_text.c: 16 * i -> 15 * i */
void prove_mask_round_trip(void)
{
	struct apm_mask mask = any_mask(), parsed;
	char *text = any_text(APM_MASK_TEXT_LEN);

	apm_mask_format(&mask, text);
	prove(!apm_parse_mask(text, APM_MASK_TEXT_LEN, &parsed));
	prove(apm_mask_equal(&mask, &parsed));
}

/* unwind: 9
 * fault: format_text.c: put_hex(buf + 3, apqi, 4); -> put_hex(buf + 3, apqi, 3); */
void prove_apqn_round_trip(void)
{
	unsigned int apid = any_id(), apqi = any_id(), apid2, apqi2;
	char *text = any_text(APM_APQN_TEXT_LEN);

	apm_apqn_format(apid, apqi, text);
	prove(!apm_parse_apqn(text, APM_APQN_TEXT_LEN, &apid2, &apqi2));
	prove(apid == apid2 && apqi == apqi2);
}

/* Any buffer, however small: no byte beyond it, and a NUL at the end.
 * unwind: 9
 * fault: format_text.c: n = size - 1 - len; -> n = size - len; */
void prove_list_stays_in_its_buffer(void)
{
	struct apm_mask mask = small_mask();
	unsigned int digits = nondet_uint();
	size_t size = nondet_size(), len;
	char *text;

	assume(size > 0 && size <= 16);
	text = malloc(size);
	assume(text);
	len = apm_mask_format_list(&mask, digits, text, size);
	prove(len < size && !text[len]);
}

/* text: any part of it is the same as that part of the whole */

#define WHOLE	80U

/* What was read into `part` from `offset` on is what the whole text has there. */
static void prove_part(const char *whole, size_t len, const char *part, size_t size,
		       size_t offset, size_t got)
{
	size_t i = nondet_size();

	prove(got == (offset >= len ? 0 : len - offset < size ? len - offset : size));
	if (i < got)
		prove(part[i] == whole[offset + i]);
}

static char *any_window(size_t *size, size_t *offset, size_t max)
{
	char *part;

	*size = nondet_size();
	*offset = nondet_size();
	assume(*size <= max);
	part = malloc(*size);
	assume(part);
	return part;
}

/* unwind: 11
 * fault: format_text.c: (unsigned int)first % domains -> (unsigned int)first / domains */
void prove_windows_of_apqns(void)
{
	struct apm_matrix matrix = { 0 };
	char whole[WHOLE], *part;
	size_t len, size, offset;

	matrix.dim[APM_DIM_ADAPTER] = small_mask();
	matrix.dim[APM_DIM_DOMAIN] = small_mask();
	len = apm_matrix_read_apqns(&matrix, whole, WHOLE, 0);
	part = any_window(&size, &offset, WHOLE);
	prove_part(whole, len, part, size, offset,
		   apm_matrix_read_apqns(&matrix, part, size, offset));
}

/* unwind: 5
 * fault: format_text.c: from = window->offset - window->pos; -> from = 0; */
void prove_windows_of_control_domains(void)
{
	struct apm_matrix matrix = { 0 };
	char whole[WHOLE], *part;
	size_t len, size, offset;

	matrix.dim[APM_DIM_CONTROL_DOMAIN] = small_mask();
	len = apm_matrix_read_control_domains(&matrix, whole, WHOLE, 0);
	part = any_window(&size, &offset, WHOLE);
	prove_part(whole, len, part, size, offset,
		   apm_matrix_read_control_domains(&matrix, part, size, offset));
}

static const char *any_word(void *ctx, unsigned int apid, unsigned int apqi)
{
	const char *const *words = ctx;

	return words[apid ? apqi ? 3 : 2 : apqi ? 1 : 0];
}

/* Each of four APQNs has one of these words, or none. */
static void any_words(const char *words[4])
{
	static const char *const some[] = { NULL, "w", "ord" };
	unsigned int i;

	for (i = 0; i < 4; i++) {
		unsigned int word = nondet_uint();

		assume(word < 3);
		words[i] = some[word];
	}
}

#define WORDS_WHOLE	26U

/* Up to two lines; prove_words_of_all() shows what the text of four is.
 * unwind: 9
 * fault: format_text.c: if (window_full(&window))
				return window.len; -> if (window.len)
				return window.len; */
void prove_windows_of_words(void)
{
	struct apm_matrix matrix = { 0 };
	const char *words[4];
	char whole[WORDS_WHOLE], *part;
	size_t len, size, offset;

	any_words(words);
	apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], 0);
	apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], 255);
	apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], 0);
	len = apm_matrix_read_words(&matrix, any_word, words, whole, WORDS_WHOLE, 0);
	part = any_window(&size, &offset, WORDS_WHOLE);
	prove_part(whole, len, part, size, offset,
		   apm_matrix_read_words(&matrix, any_word, words, part, size, offset));
}

/* Two adapters and two domains: each APQN that has a word has a line with it, in order.
 * unwind: 9
 * fault: format_text.c: if (!text)
				continue; -> if (!text)
				text = ""; */
void prove_words_of_all(void)
{
	struct apm_matrix matrix = { 0 };
	const char *words[4];
	char whole[WHOLE];
	size_t len, at = 0;
	unsigned int i;

	any_words(words);
	apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], 0);
	apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], 255);
	apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], 0);
	apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], 255);
	len = apm_matrix_read_words(&matrix, any_word, words, whole, WHOLE, 0);
	for (i = 0; i < 4; i++) {
		if (!words[i])
			continue;
		prove(whole[at] == (i < 2 ? '0' : 'f'));
		prove(whole[at + 6] == (i % 2 ? 'f' : '0'));
		prove(whole[at + 8] == words[i][0]);
		at += APM_APQN_TEXT_LEN + 1 + strlen(words[i]) + 1;
		prove(whole[at - 1] == '\n');
	}
	prove(len == at);
}

/* text: any text at all is a number, mask, matrix, list or APQN, or refused */

#define ANY_TEXT	10U

static char *any_short_text(size_t *len)
{
	*len = nondet_size();
	assume(*len <= ANY_TEXT);
	return any_text(*len);
}

/* unwind: 12
 * fault: parse_text.c: return cursor->at < cursor->end ? -> return cursor->at <= cursor->end ? */
void prove_any_id_text(void)
{
	unsigned long id = 0;
	size_t len;
	char *text = any_short_text(&len);
	int ret = apm_parse_id(text, len, &id);

	prove(ret == 0 || ret == -EINVAL);
	prove(ret || len);
}

/* The value of decimal digits, also where it no longer fits.
 * unwind: 23
 * fault: parse_text.c: if (value > (ULONG_MAX - digit) / base) -> if (value > ULONG_MAX / base) */
void prove_large_numbers(void)
{
	/* ULONG_MAX is 18446744073709551615 */
	char text[] = "1844674407370955161?";
	unsigned long id = 0;
	char last = nondet_char();
	int ret;

	assume(last >= '0' && last <= '9');
	text[19] = last;
	ret = apm_parse_id(text, 20, &id);
	prove(ret == (last <= '5' ? 0 : -ERANGE));
	prove(ret || id == ULONG_MAX - (unsigned long)('5' - last));
}

/* unwind: 12
 * fault: parse_text.c: if (!nibbles) -> if (0) */
void prove_any_mask_text(void)
{
	struct apm_mask mask;
	size_t len;
	char *text = any_short_text(&len);
	int ret = apm_parse_mask(text, len, &mask);

	prove(ret == 0 || ret == -EINVAL);
	prove(ret || len);
	prove(ret || !apm_mask_next(&mask, 4 * ANY_TEXT) ||
	      apm_mask_next(&mask, 4 * ANY_TEXT) == APM_MATRIX_IDS);
}

/* A mask has 64 digits at most, each its four ids.
 * unwind: 70
 * fault: parse_text.c: if (id >= APM_MATRIX_IDS) -> if (id > APM_MATRIX_IDS) */
void prove_mask_digits(void)
{
	size_t len = nondet_size(), i;
	unsigned int id = any_id();
	char *text, digit;
	struct apm_mask mask;
	int ret;

	assume(len >= 1 && len <= 66);
	text = any_text(len);
	for (i = 0; i < len; i++)
		assume(text[i] >= '0' && text[i] <= '9');
	ret = apm_parse_mask(text, len, &mask);
	prove(ret == (len <= 64 ? 0 : -EINVAL));
	if (ret)
		return;
	if (id / 4 >= len) {
		prove(!apm_mask_test(&mask, id));
		return;
	}
	digit = text[id / 4];
	prove(apm_mask_test(&mask, id) == ((digit - '0') >> (3 - id % 4) & 1));
}

/* unwind: 12
 * fault: parse_text.c: dim == APM_DIM_DOMAIN && peek(&cursor) == -1 -> peek(&cursor) == -1 */
void prove_any_config_text(void)
{
	struct apm_matrix matrix;
	size_t len, i, separators = 0;
	char *text = any_short_text(&len);
	int ret = apm_parse_config(text, len, &matrix);

	prove(ret == 0 || ret == -EINVAL);
	for (i = 0; i < len; i++)
		separators += text[i] == ',' || text[i] == '\n';
	prove(ret || separators == 2 || separators == 3);
}

/* unwind: 12
 * fault: parse_text.c: domain >= APM_MATRIX_IDS) -> 0) */
void prove_any_apqn_text(void)
{
	unsigned int apid = 0, apqi = 0;
	size_t len;
	char *text = any_short_text(&len);
	int ret = apm_parse_apqn(text, len, &apid, &apqi);

	prove(ret == 0 || ret == -EINVAL);
	prove(ret || len == APM_APQN_TEXT_LEN);
	prove(apid < APM_MATRIX_IDS && apqi < APM_MATRIX_IDS);
}

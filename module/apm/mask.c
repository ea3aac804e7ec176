// SPDX-License-Identifier: GPL-2.0-only
/* Masks of 256 ids. See apm.h. */
#include "apm.h"

_Static_assert(sizeof(unsigned long) * 8 == APM_MATRIX_WORD_BITS,
	       "masks are made of 64-bit words");

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

// SPDX-License-Identifier: GPL-2.0-only
/* Masks of 256 ids. See apm.h. */
#include "apm.h"

_Static_assert(sizeof(unsigned long) * 8 == APM_MATRIX_WORD_BITS,
	       "masks are made of 64-bit words");

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

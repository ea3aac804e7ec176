// SPDX-License-Identifier: GPL-2.0-only
/* Pure: IDs and queues in messages. See phrase.h. */
#include "core/phrase.h"

const char *dim_key(enum apm_dim dim)
{
	static const char *const keys[APM_DIM_NR] = {
		"adapters", "domains", "control_domains",
	};

	return keys[dim];
}

const char *dim_word(enum apm_dim dim)
{
	static const char *const words[APM_DIM_NR] = {
		"adapter", "domain", "control domain",
	};

	return words[dim];
}

void phrase_more(struct text *text, unsigned int more)
{
	if (more)
		text_addf(text, " and %u more", more);
}

void phrase_queues(struct text *text, unsigned int apid, unsigned int apqi,
		   unsigned int nr)
{
	text_addf(text, "%02x.%04x", apid, apqi);
	phrase_more(text, nr - 1);
}

void phrase_listed(struct text *text, unsigned int *nr, unsigned int apid,
		   unsigned int apqi)
{
	if (text && *nr < PHRASE_LISTED_MAX)
		text_addf(text, "%s%02x.%04x", *nr ? ", " : "", apid, apqi);
	++*nr;
}

void phrase_listed_end(struct text *text, unsigned int nr)
{
	if (text && nr > PHRASE_LISTED_MAX)
		phrase_more(text, nr - PHRASE_LISTED_MAX);
}

unsigned int phrase_without(struct text *text, const struct apm_matrix *matrix,
			    const struct apm_matrix *other)
{
	unsigned int apid, apqi, nr = 0;

	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix)) {
			if (!apm_matrix_has(other, apid, apqi))
				phrase_listed(text, &nr, apid, apqi);
		}
	}
	phrase_listed_end(text, nr);
	return nr;
}

void phrase_all_apqns(struct text *text, const struct apm_matrix *matrix)
{
	static const struct apm_matrix none;

	phrase_without(text, matrix, &none);
}

void phrase_apqns(struct text *text, const struct apm_matrix *matrix)
{
	phrase_queues(text, apm_mask_next(apm_matrix_apm(matrix), 0),
		      apm_mask_next(apm_matrix_aqm(matrix), 0),
		      apm_matrix_apqns(matrix));
}

bool phrase_beyond(struct text *text, const struct apm_limits *limits,
		   const struct apm_matrix *matrix, enum apm_dim dim)
{
	unsigned int max = limits->max[dim];
	unsigned int id = apm_mask_next(&matrix->dim[dim], max + 1);

	if (id >= APM_MATRIX_IDS)
		return false;
	text_addf(text, "%s 0x%02x (%u) is greater than the highest of this host, 0x%02x (%u)",
		  dim_word(dim), id, id, max, max);
	return true;
}

bool phrase_some(struct text *text, const char *separator, const char *what,
		 const struct apm_mask *mask)
{
	if (apm_mask_empty(mask))
		return false;
	text_addf(text, "%s%s ", text->len ? separator : "", what);
	phrase_ids(text, mask);
	return true;
}

void phrase_ids(struct text *text, const struct apm_mask *mask)
{
	unsigned int id, last, nr = 0;

	if (apm_mask_empty(mask))
		text_add(text, "-");
	for (id = apm_mask_next(mask, 0); id < APM_MATRIX_IDS;
	     id = apm_mask_next(mask, last + 1)) {
		for (last = id; last + 1 < APM_MATRIX_IDS &&
		     apm_mask_test(mask, last + 1); last++)
			;
		text_addf(text, "%s0x%02x", nr++ ? "," : "", id);
		if (last > id)
			text_addf(text, "-0x%02x", last);
	}
}

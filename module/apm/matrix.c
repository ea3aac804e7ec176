// SPDX-License-Identifier: GPL-2.0-only
/* Matrices, the difference of two, and the limits of ids. See apm.h. */
#include "apm.h"

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

bool apm_matrix_domains_beyond(const struct apm_matrix *matrix,
			       const struct apm_matrix *other, unsigned int apid,
			       struct apm_mask *domains)
{
	static const struct apm_mask none;

	if (!apm_mask_test(apm_matrix_apm(matrix), apid)) {
		*domains = none;
		return false;
	}
	return apm_mask_andnot(domains, apm_matrix_aqm(matrix),
			       apm_mask_test(apm_matrix_apm(other), apid) ?
			       apm_matrix_aqm(other) : &none);
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

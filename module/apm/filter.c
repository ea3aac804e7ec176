// SPDX-License-Identifier: GPL-2.0-only
/* The filter: which part of an assigned matrix a guest gets, and why not more. See apm.h. */
#include "apm.h"

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

/* Is a queue of these being reset that the guest does not have yet? */
static bool reset_is_pending(const struct apm_filter *filter, const struct apm_matrix *found)
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
	if (reset_is_pending(filter, &found))
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

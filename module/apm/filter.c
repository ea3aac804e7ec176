// SPDX-License-Identifier: GPL-2.0-only
/* The filter: which part of an assigned matrix a guest gets, and why not more. See apm.h. */
#include "apm.h"

/* The states of an adapter's queues, whichever way the caller keeps them. */
static void adapter_state(const struct apm_filter *filter, unsigned int apid,
			  const struct apm_mask *domains, struct apm_mask *ready,
			  struct apm_mask *pending)
{
	unsigned int apqi;

	if (filter->adapter_state) {
		filter->adapter_state(filter->ctx, apid, domains, ready, pending);
		return;
	}
	*ready = (struct apm_mask){ { 0 } };
	*pending = (struct apm_mask){ { 0 } };
	apm_mask_for_each(apqi, domains) {
		enum apm_reason reason = filter->state(filter->ctx, apid, apqi);

		if (reason == APM_REASON_NONE)
			apm_mask_set(ready, apqi);
		else if (reason == APM_REASON_RESET_PENDING)
			apm_mask_set(pending, apqi);
	}
}

static bool adapter_passes(const struct apm_filter *filter,
			   const struct apm_mask *aqm, unsigned int apid)
{
	struct apm_mask ready, pending;

	adapter_state(filter, apid, aqm, &ready, &pending);
	return apm_mask_subset(aqm, &ready);
}

/* Is a queue of these being reset that the guest does not have yet? */
static bool reset_is_pending(const struct apm_filter *filter, const struct apm_matrix *found)
{
	struct apm_mask lacking, ready, pending;
	unsigned int apid;

	if (!filter->current_guest)
		return false;
	apm_mask_for_each(apid, apm_matrix_apm(found)) {
		if (!apm_matrix_domains_beyond(found, filter->current_guest, apid, &lacking))
			continue;
		adapter_state(filter, apid, &lacking, &ready, &pending);
		if (apm_mask_intersects(&lacking, &pending))
			return true;
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

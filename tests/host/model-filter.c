// SPDX-License-Identifier: GPL-2.0-only
/* The filter of the documentation. See model-filter.h. */
#include <stdio.h>
#include <string.h>

#include "model-filter.h"

void model_filter(const struct apm_matrix *assigned, const struct apm_matrix *host,
		  model_queue *queue, const void *ctx, struct apm_matrix *guest)
{
	unsigned int dim, id, apqi;

	/* what is assigned and in the host */
	memset(guest, 0, sizeof(*guest));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		for (id = 0; id < APM_MATRIX_IDS; id++) {
			if (apm_mask_test(&assigned->dim[dim], id) &&
			    apm_mask_test(&host->dim[dim], id))
				apm_mask_set(&guest->dim[dim], id);
		}
	}
	/* without each adapter of which a queue cannot be given */
	for (id = 0; id < APM_MATRIX_IDS; id++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (apm_matrix_has(guest, id, apqi) && queue(ctx, id, apqi))
				apm_mask_clear(&guest->dim[APM_DIM_ADAPTER], id);
		}
	}
}

static const char *missing_reason(const struct apm_matrix *host, const char *queue_reason,
				  unsigned int apid, unsigned int apqi)
{
	if (!apm_mask_test(&host->dim[APM_DIM_ADAPTER], apid))
		return "adapter-not-in-host-config";
	if (!apm_mask_test(&host->dim[APM_DIM_DOMAIN], apqi))
		return "domain-not-in-host-config";
	return queue_reason ? queue_reason : "sibling-withheld";
}

void model_reasons(const struct apm_matrix *assigned, const struct apm_matrix *host,
		   model_queue *queue, const void *ctx, const struct apm_matrix *guest,
		   char *text, size_t size)
{
	unsigned int apid, apqi;
	size_t len = 0;

	text[0] = '\0';
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS && len < size; apqi++) {
			if (!apm_matrix_has(assigned, apid, apqi) ||
			    apm_matrix_has(guest, apid, apqi))
				continue;
			len += (size_t)snprintf(text + len, size - len, "%02x.%04x %s\n", apid,
						apqi, missing_reason(host, queue(ctx, apid, apqi),
								     apid, apqi));
		}
	}
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A host for tests of the tool's pure files: adapters 5 to 7 by domains 4 to 6,
 * all of them vfio_ap's, on a kernel that takes a matrix as a whole.
 */
#ifndef UNIT_CLI_HOST_H
#define UNIT_CLI_HOST_H

#include <stdlib.h>
#include <string.h>

#include "core/model.h"
#include "lib/text.h"

static const char *const uuids[] = {
	"00000000-0000-4000-8000-000000000001",
	"00000000-0000-4000-8000-000000000002",
	"00000000-0000-4000-8000-000000000003",
};

/* "5,6" as a mask; NULL: nothing */
static inline struct apm_mask mask_of(const char *list)
{
	static const struct apm_mask none;
	struct complaint complaint = { 0 };
	struct ids ids = { 0 };
	struct apm_mask mask = none;

	if (list && !parse_ids(list, IDS_SET, "id", &ids, &complaint))
		abort();
	if (list)
		ids_apply(&ids, &none, &none, &mask);
	return mask;
}

static inline struct apm_matrix matrix_of(const char *adapters, const char *domains)
{
	return (struct apm_matrix){ .dim = {
		[APM_DIM_ADAPTER] = mask_of(adapters),
		[APM_DIM_DOMAIN] = mask_of(domains),
	} };
}

static inline struct snapshot *new_host(void)
{
	struct snapshot *snap = snapshot_new();
	unsigned int apid, apqi, dim;

	snap->host = (struct host){
		.bus = true, .qci = true, .module = true, .perm_known = true,
		.config = matrix_of("5-7", "4-6"), .aqmask = mask_of("0-255"),
		.features = { .ap_config = true, .guest_matrix = true },
	};
	for (dim = 0; dim < APM_DIM_NR; dim++)
		snap->host.limits.max[dim] = 15;
	snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	snap->cards_known = true;
	for (apid = 5; apid <= 7; apid++) {
		snap->cards[apid] = (struct card){
			.present = true, .hwtype = APM_TYPE_CEX4 + 4, .config = 1, .online = 1,
		};
		for (apqi = 4; apqi <= 6; apqi++)
			*snapshot_queue(snap, apid, apqi) = (struct queue){
				.known = true, .present = true, .driver = DRIVER_VFIO_AP,
			};
	}
	return snap;
}

/* Matrix number nr, active, without a guest, which would get what the filter leaves. */
static inline struct matrix *new_matrix(struct snapshot *snap, unsigned int nr,
					const char *adapters, const char *domains)
{
	struct matrix *matrix = snapshot_matrix(snap, uuids[nr]);

	matrix->active = matrix->assigned_known = true;
	matrix->has_config = snap->host.features.ap_config;
	matrix->state = MATRIX_IDLE;
	matrix->assigned = matrix_of(adapters, domains);
	matrix->guest_known = true;
	snapshot_filter(snap, &matrix->assigned, &matrix->guest);
	return matrix;
}

#endif

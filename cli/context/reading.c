// SPDX-License-Identifier: GPL-2.0-only
/* Parts of the snapshot. See reading.h. */
#include "context/reading.h"
#include "host/read-definitions.h"
#include "host/read-guests.h"
#include "host/read-host.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"

/* If no queue shows whether there is a guest, /proc does. */
static void read_undecided(struct apmatrix *apm)
{
	size_t i;

	for (i = 0; i < apm->snap->nr_matrices; i++) {
		if (apm->snap->matrices[i].state == MATRIX_UNKNOWN)
			break;
	}
	if (i < apm->snap->nr_matrices)
		read_guests(&apm->fs, apm->snap);
}

void read_all(struct apmatrix *apm)
{
	snapshot_free(apm->snap);
	apm->snap = snapshot_new();
	read_host(&apm->fs, apm->snap);
	read_matrices(&apm->fs, apm->snap, &apm->report.warnings);
	read_definitions(&apm->fs, apm->snap, &apm->report.warnings);
	read_undecided(apm);
}

void read_queues_of(struct apmatrix *apm, const struct matrix *matrix)
{
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, &matrix->assigned);
}

void read_queues_of_targets(struct apmatrix *apm, const struct targets *targets)
{
	unsigned int apid, apqi;
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, targets->at[i].uuid);

		if (matrix && matrix->active)
			read_queues(&apm->fs, apm->snap, &matrix->assigned);
		if (!targets->at[i].active)
			continue;
		read_queues(&apm->fs, apm->snap, &targets->at[i].assigned);
		/* a refusal names what else the host would have to give up */
		if (host_reserves_any(apm->snap, &targets->at[i].assigned, &apid, &apqi))
			read_queues(&apm->fs, apm->snap, NULL);
	}
}

void read_pool(struct apmatrix *apm)
{
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, NULL);
	read_overrides(&apm->fs, apm->snap);
}

void read_profile(struct apmatrix *apm)
{
	apm->report.host = true;
	if (apm->format == FORMAT_JSON)
		read_serials(&apm->fs, apm->snap);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Pure: the machine by queues. See queue-view.h. */
#include <stdlib.h>
#include <string.h>

#include "core/queue-view.h"
#include "lib/text.h"

const char *queue_status_word(enum queue_status status)
{
	static const char *const words[QUEUE_STATUS_NR] = {
		[QUEUE_ABSENT] = "absent",
		[QUEUE_HOST] = "host",
		[QUEUE_UNBOUND] = "unbound",
		[QUEUE_FREE] = "free",
		[QUEUE_ASSIGNED] = "assigned",
		[QUEUE_IN_GUEST] = "in-guest",
		[QUEUE_MISSING] = "missing",
	};

	return words[status];
}

static void take_matrix(struct queue_view *view, size_t nr)
{
	const struct apm_matrix *assigned = &view->snap->matrices[nr].assigned;
	unsigned int apid, apqi;

	if (!apm_matrix_apqns(assigned))
		return;
	apm_mask_or(&view->adapters, &view->adapters, apm_matrix_apm(assigned));
	apm_mask_or(&view->domains, &view->domains, apm_matrix_aqm(assigned));
	apm_mask_for_each(apid, apm_matrix_apm(assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(assigned))
			view->owner[apid * APM_MATRIX_IDS + apqi] = (uint32_t)nr + 1;
	}
}

void queue_view_begin(struct queue_view *view, const struct snapshot *snap)
{
	unsigned int apid, apqi;
	size_t i;

	*view = (struct queue_view){
		.snap = snap, .owner = xcalloc(APM_MATRIX_APQNS, sizeof(*view->owner)),
		.explainers = xcalloc(snap->nr_matrices, sizeof(*view->explainers)),
	};
	for (i = 0; i < snap->nr_matrices; i++) {
		if (snap->matrices[i].active)
			take_matrix(view, i);
	}
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (!snapshot_queue(snap, apid, apqi)->present)
				continue;
			apm_mask_set(&view->adapters, apid);
			apm_mask_set(&view->domains, apqi);
		}
	}
}

void queue_view_end(struct queue_view *view)
{
	size_t i;

	for (i = 0; i < view->snap->nr_matrices; i++)
		free(view->explainers[i]);
	free(view->explainers);
	free(view->owner);
}

struct verdict queue_verdict(const struct queue_view *view, unsigned int apid,
			     unsigned int apqi)
{
	const struct matrix *owner = queue_owner(view, apid, apqi);
	struct explainer **explainer =
		&view->explainers[owner - view->snap->matrices];

	if (!*explainer) {
		*explainer = xnew(struct explainer);
		explain_begin(*explainer, view->snap, owner);
	}
	return explain_apqn(*explainer, apid, apqi);
}

const struct matrix *queue_owner(const struct queue_view *view,
				 unsigned int apid, unsigned int apqi)
{
	uint32_t owner = view->owner[apid * APM_MATRIX_IDS + apqi];

	return owner ? &view->snap->matrices[owner - 1] : NULL;
}

enum queue_status queue_status(const struct queue_view *view,
			       unsigned int apid, unsigned int apqi)
{
	const struct queue *queue = snapshot_queue(view->snap, apid, apqi);
	const struct matrix *owner = queue_owner(view, apid, apqi);

	if (owner && owner->guest_known) {
		if (!apm_matrix_has(&owner->guest, apid, apqi))
			return QUEUE_MISSING;
		return owner->state == MATRIX_IN_USE ? QUEUE_IN_GUEST :
						       QUEUE_ASSIGNED;
	}
	if (owner)
		return QUEUE_ASSIGNED;
	if (!queue->present)
		return QUEUE_ABSENT;
	if (queue->driver == DRIVER_NONE)
		return QUEUE_UNBOUND;
	return queue->driver == DRIVER_VFIO_AP ? QUEUE_FREE : QUEUE_HOST;
}

const char *queue_driver(const struct queue_view *view, unsigned int apid,
			 unsigned int apqi)
{
	return view->snap->drivers[snapshot_queue(view->snap, apid, apqi)->driver];
}

void queue_status_count(const struct snapshot *snap, unsigned int counts[QUEUE_STATUS_NR])
{
	struct queue_view view;
	unsigned int apid, apqi;

	memset(counts, 0, QUEUE_STATUS_NR * sizeof(*counts));
	queue_view_begin(&view, snap);
	apm_mask_for_each(apid, &view.adapters) {
		apm_mask_for_each(apqi, &view.domains)
			counts[queue_status(&view, apid, apqi)]++;
	}
	queue_view_end(&view);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Pure: a snapshot of one host. See model.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model.h"
#include "lib/text.h"

/* ap_functions, bits from the left as TAPQ has them */
#define FUNCTION_CCA		0x10000000ul
#define FUNCTION_ACCELERATOR	0x08000000ul
#define FUNCTION_EP11		0x04000000ul

struct snapshot *snapshot_new(void)
{
	struct snapshot *snap = xnew(struct snapshot);

	snap->nr_drivers = 1;
	snapshot_driver(snap, "vfio_ap");
	return snap;
}

void matrix_clear(struct matrix *matrix)
{
	free(matrix->name);
	free(matrix->owner);
	free(matrix->comment);
	free(matrix->reasons);
	free(matrix->guest_name);
}

void snapshot_free(struct snapshot *snap)
{
	size_t i;

	if (!snap)
		return;
	for (i = 0; i < snap->nr_matrices; i++)
		matrix_clear(&snap->matrices[i]);
	free(snap->matrices);
	for (i = 0; i < APM_MATRIX_IDS; i++) {
		free(snap->cards[i].type);
		free(snap->cards[i].serial);
	}
	for (i = 0; snap->details && i < APM_MATRIX_APQNS; i++)
		free(snap->details[i].keys);
	free(snap->details);
	free(snap->queues);
	free(snap->foreign);
	for (i = 1; i < snap->nr_drivers; i++)
		free(snap->drivers[i]);
	free(snap->host.bus_features);
	free(snap->host.bindings);
	free(snap->host.features.text);
	free(snap);
}

void snapshot_copy_cards(struct snapshot *snap, const struct snapshot *from)
{
	unsigned int i;

	for (i = 0; i < APM_MATRIX_IDS; i++) {
		snap->cards[i] = from->cards[i];
		snap->cards[i].type = xstrdup(from->cards[i].type);
		snap->cards[i].serial = xstrdup(from->cards[i].serial);
	}
	snap->cards_known = from->cards_known;
}

void snapshot_copy_queues(struct snapshot *snap, const struct snapshot *from)
{
	unsigned int i;

	if (!from->queues)
		return;
	/* queues name their drivers by index */
	for (i = snap->nr_drivers; i < from->nr_drivers; i++)
		snapshot_driver(snap, from->drivers[i]);
	snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	memcpy(snap->queues, from->queues, APM_MATRIX_APQNS * sizeof(*snap->queues));
}

const char *snapshot_foreign(const struct snapshot *snap, unsigned int apid,
			     unsigned int apqi)
{
	size_t i;

	for (i = 0; i < snap->nr_foreign; i++) {
		if (snap->foreign[i].apid == apid && snap->foreign[i].apqi == apqi)
			return snap->foreign[i].driver;
	}
	return NULL;
}

void snapshot_add_foreign(struct snapshot *snap, unsigned int apid, unsigned int apqi,
			  const char *driver)
{
	struct foreign_override *foreign;

	snap->foreign = xrealloc(snap->foreign, snap->nr_foreign + 1, sizeof(*snap->foreign));
	foreign = &snap->foreign[snap->nr_foreign++];
	foreign->apid = (uint8_t)apid;
	foreign->apqi = (uint8_t)apqi;
	snprintf(foreign->driver, sizeof(foreign->driver), "%s", driver);
}

/* The index of a UUID, or where to insert it. */
static size_t matrix_place(const struct snapshot *snap, const char *uuid)
{
	size_t low = 0, high = snap->nr_matrices;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(snap->matrices[middle].uuid, uuid) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct matrix *snapshot_find(const struct snapshot *snap, const char *uuid)
{
	size_t place = matrix_place(snap, uuid);

	if (place < snap->nr_matrices &&
	    str_is(snap->matrices[place].uuid, uuid))
		return &snap->matrices[place];
	return NULL;
}

struct matrix *snapshot_matrix(struct snapshot *snap, const char *uuid)
{
	size_t place = matrix_place(snap, uuid);
	struct matrix *matrix = snapshot_find(snap, uuid);

	if (matrix)
		return matrix;
	snap->matrices = xrealloc(snap->matrices, snap->nr_matrices + 1,
				  sizeof(*snap->matrices));
	matrix = &snap->matrices[place];
	memmove(matrix + 1, matrix,
		(snap->nr_matrices - place) * sizeof(*matrix));
	snap->nr_matrices++;
	memset(matrix, 0, sizeof(*matrix));
	memcpy(matrix->uuid, uuid, UUID_LEN);
	matrix->generation = -1;
	matrix->plan_drift = -1;
	return matrix;
}

size_t snapshot_named(const struct snapshot *snap, const char *name,
		      struct matrix **found)
{
	size_t i, nr = 0;

	for (i = 0; i < snap->nr_matrices; i++) {
		if (!str_is(snap->matrices[i].name, name))
			continue;
		if (!nr++)
			*found = &snap->matrices[i];
	}
	return nr;
}

uint8_t snapshot_driver(struct snapshot *snap, const char *name)
{
	unsigned int i;

	for (i = 1; i < snap->nr_drivers; i++) {
		if (str_is(snap->drivers[i], name))
			return (uint8_t)i;
	}
	if (i == DRIVERS_MAX)
		return DRIVERS_MAX - 1;
	snap->drivers[i] = xstrdup(i == DRIVERS_MAX - 1 ? "other" : name);
	snap->nr_drivers++;
	return (uint8_t)i;
}

const char *matrix_title(const struct matrix *matrix)
{
	return matrix->name ? matrix->name : matrix->uuid;
}

const char *matrix_state_word(enum matrix_state state)
{
	static const char *const words[] = {
		[MATRIX_DEFINED] = "defined",
		[MATRIX_IDLE] = "idle",
		[MATRIX_IN_USE] = "in-use",
		[MATRIX_UNKNOWN] = "unknown",
	};

	return words[state];
}

const char *start_word(enum start_mode start)
{
	return start == START_AUTO ? "auto" :
	       start == START_MANUAL ? "manual" : NULL;
}

const struct apm_matrix *matrix_content(const struct matrix *matrix)
{
	return matrix->active ? &matrix->assigned : &matrix->definition;
}

bool matrix_drifts(const struct matrix *matrix)
{
	return matrix->active && matrix->defined && matrix->assigned_known &&
	       !apm_matrix_equal(&matrix->assigned, &matrix->definition);
}

long matrix_missing(const struct matrix *matrix)
{
	if (!matrix->active || !matrix->guest_known || !matrix->assigned_known)
		return -1;
	return (long)apm_matrix_apqns_lost(&matrix->assigned, &matrix->guest);
}

long matrix_guest_queues(const struct matrix *matrix)
{
	unsigned int nr = apm_matrix_apqns(&matrix->guest);

	if (!matrix->active || !matrix->guest_known)
		return -1;
	switch (matrix->state) {
	case MATRIX_IN_USE:
		return nr;
	case MATRIX_UNKNOWN:
		return nr ? -1 : 0;
	case MATRIX_IDLE:
	case MATRIX_DEFINED:
		return 0;
	}
	return -1;
}

bool host_masks_all_ones(const struct host *host)
{
	return host->perm_known &&
	       apm_mask_weight(&host->apmask) == APM_MATRIX_IDS &&
	       apm_mask_weight(&host->aqmask) == APM_MATRIX_IDS;
}

/*
 * A queue that is bound to vfio_ap although both masks reserve it has a driver
 * override. If the queue is not in the snapshot, the masks decide.
 */
bool host_reserves(const struct snapshot *snap, unsigned int apid,
		   unsigned int apqi)
{
	const struct host *host = &snap->host;

	if (!host->perm_known || !apm_mask_test(&host->apmask, apid) ||
	    !apm_mask_test(&host->aqmask, apqi))
		return false;
	if (host->has_override && snap->queues) {
		const struct queue *queue = snapshot_queue(snap, apid, apqi);

		if (queue->known && queue->driver == DRIVER_VFIO_AP)
			return false;
	}
	return true;
}

bool host_reserves_any(const struct snapshot *snap,
		       const struct apm_matrix *matrix, unsigned int *apid,
		       unsigned int *apqi)
{
	struct apm_matrix common;

	if (!snap->host.perm_known ||
	    !apm_matrix_shares_masks(matrix, &snap->host.apmask,
				    &snap->host.aqmask, &common))
		return false;
	apm_mask_for_each(*apid, apm_matrix_apm(&common)) {
		apm_mask_for_each(*apqi, apm_matrix_aqm(&common)) {
			if (host_reserves(snap, *apid, *apqi))
				return true;
		}
	}
	return false;
}

bool card_supported(const struct card *card)
{
	return !card->hwtype || apm_type_supported((unsigned int)card->hwtype);
}

static enum apm_reason queue_state(void *ctx, unsigned int apid,
				  unsigned int apqi)
{
	const struct snapshot *snap = ctx;
	const struct queue *queue = snapshot_queue(snap, apid, apqi);

	if (!queue->present)
		return APM_REASON_NO_QUEUE_DEVICE;
	if (queue->driver == DRIVER_VFIO_AP)
		return APM_REASON_NONE;
	if (snap->cards_known && !card_supported(&snap->cards[apid]))
		return APM_REASON_TYPE_UNSUPPORTED;
	return queue->driver == DRIVER_NONE ? APM_REASON_UNBOUND :
					      APM_REASON_OTHER_DRIVER;
}

static struct apm_filter make_filter(const struct snapshot *snap,
				    const struct apm_matrix *assigned)
{
	return (struct apm_filter){
		.assigned = assigned,
		.host = &snap->host.config,
		.state = queue_state,
		.ctx = (void *)snap,
	};
}

void snapshot_filter(const struct snapshot *snap,
		     const struct apm_matrix *assigned, struct apm_matrix *guest)
{
	struct apm_filter filter = make_filter(snap, assigned);

	apm_filter_run(&filter, guest);
}

static const struct kernel_reason *
find_kernel_reason(const struct matrix *matrix, unsigned int apid,
		   unsigned int apqi)
{
	unsigned int wanted = apid * APM_MATRIX_IDS + apqi;
	size_t low = 0, high = matrix->nr_reasons;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct kernel_reason *at = &matrix->reasons[middle];
		unsigned int apqn = at->apid * APM_MATRIX_IDS + at->apqi;

		if (apqn == wanted)
			return at;
		if (apqn < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

void explain_begin(struct explainer *explainer, const struct snapshot *snap,
		   const struct matrix *matrix)
{
	*explainer = (struct explainer){
		.snap = snap, .matrix = matrix,
		.filter = make_filter(snap, &matrix->assigned),
	};
	if (snap->queues)
		apm_filter_run(&explainer->filter, &explainer->computed);
}

struct verdict explain_apqn(const struct explainer *explainer,
			    unsigned int apid, unsigned int apqi)
{
	const struct snapshot *snap = explainer->snap;
	const struct matrix *matrix = explainer->matrix;
	struct verdict verdict = { .word = "" };
	const struct kernel_reason *given;

	if (matrix->guest_known && apm_matrix_has(&matrix->guest, apid, apqi))
		return verdict;
	if (snap->queues)
		verdict.driver = snap->drivers[snapshot_queue(snap, apid, apqi)->driver];

	given = find_kernel_reason(matrix, apid, apqi);
	if (given && given->reason < APM_REASON_NR) {
		verdict.reason = (enum reason)given->reason;
		verdict.word = reason_word(verdict.reason);
		verdict.from_kernel = true;
		return verdict;
	}
	if (snap->queues)
		verdict.reason = (enum reason)
			apm_filter_reason(&explainer->filter, &explainer->computed,
					  apid, apqi);
	/* the filter gives it, so the guest should have it */
	if (verdict.reason == REASON_NONE)
		verdict.reason = snap->queues && matrix->guest_known ?
				 REASON_STALE : REASON_UNKNOWN;
	verdict.word = reason_word(verdict.reason);
	return verdict;
}

const struct matrix *snapshot_owner(const struct snapshot *snap,
				    unsigned int apid, unsigned int apqi)
{
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];

		if (matrix->active && apm_matrix_has(&matrix->assigned, apid, apqi))
			return matrix;
	}
	return NULL;
}

const char *card_generation(const struct card *card)
{
	static const char *const words[] = {
		"CEX4", "CEX5", "CEX6", "CEX7", "CEX8",
	};
	int newer = card->hwtype - APM_TYPE_CEX4;

	return newer < 0 || newer >= (int)(sizeof(words) / sizeof(*words)) ?
	       NULL : words[newer];
}

const char *card_mode(const struct card *card)
{
	if (card->functions & FUNCTION_EP11)
		return "ep11";
	if (card->functions & FUNCTION_CCA)
		return "cca";
	return card->functions & FUNCTION_ACCELERATOR ? "accelerator" : NULL;
}

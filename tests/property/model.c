// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model of the documented interface. See model.h for what it promises.
 */
#include <stdio.h>
#include <string.h>

#include "model.h"

bool model_reserved(const struct model *model, unsigned int apid, unsigned int apqi)
{
	return apm_mask_test(&model->apmask, apid) && apm_mask_test(&model->aqmask, apqi);
}

static bool product_has(const struct apm_matrix *matrix, unsigned int apid, unsigned int apqi)
{
	return apm_mask_test(&matrix->dim[APM_DIM_ADAPTER], apid) &&
	       apm_mask_test(&matrix->dim[APM_DIM_DOMAIN], apqi);
}

/* Reserved queues first, then those of other mdevs: mainline's priority. */
static int check_queues(const struct model *model, unsigned int mdev,
			const struct apm_matrix *next)
{
	bool reserved = false, shared = false;
	unsigned int apid, apqi, i;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (!apm_mask_test(&next->dim[APM_DIM_ADAPTER], apid))
			continue;
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (!product_has(next, apid, apqi))
				continue;
			reserved |= model_reserved(model, apid, apqi);
			for (i = 0; i < MODEL_MDEVS; i++)
				shared |= i != mdev && model->mdev[i].exists &&
					  product_has(&model->mdev[i].assigned, apid, apqi);
		}
	}
	if (reserved)
		return -EADDRNOTAVAIL;
	return shared ? -EADDRINUSE : 0;
}

/* shows: I1 I23 */
int model_assign(const struct model *model, unsigned int mdev, enum apm_dim dim,
		 unsigned long id, struct apm_matrix *next)
{
	const struct apm_matrix *now = &model->mdev[mdev].assigned;
	struct apm_matrix candidate = *now;
	int ret;

	*next = *now;
	if (id > model->limits.max[dim])
		return -ENODEV;
	if (apm_mask_test(&now->dim[dim], (unsigned int)id))
		return 0;
	apm_mask_set(&candidate.dim[dim], (unsigned int)id);
	if (dim != APM_DIM_CONTROL_DOMAIN) {
		ret = check_queues(model, mdev, &candidate);
		if (ret)
			return ret;
	}
	*next = candidate;
	return 0;
}

int model_unassign(const struct model *model, unsigned int mdev, enum apm_dim dim,
		   unsigned long id, struct apm_matrix *next)
{
	*next = model->mdev[mdev].assigned;
	if (id > model->limits.max[dim])
		return -ENODEV;
	apm_mask_clear(&next->dim[dim], (unsigned int)id);
	return 0;
}

/* shows: I1 I23 */
int model_configure(const struct model *model, unsigned int mdev,
		    const struct apm_matrix *next)
{
	unsigned int dim, id;
	int ret = check_queues(model, mdev, next);

	if (ret)
		return ret;
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		for (id = model->limits.max[dim] + 1; id < APM_MATRIX_IDS; id++) {
			if (apm_mask_test(&next->dim[dim], id))
				return -ENODEV;
		}
	}
	return 0;
}

/* shows: I24 */
int model_mask(const struct model *model, enum apm_dim dim, const struct apm_mask *next)
{
	const struct apm_mask *now = dim == APM_DIM_ADAPTER ? &model->apmask : &model->aqmask;
	unsigned int apid, apqi, i, id;

	for (i = 0; i < MODEL_MDEVS; i++) {
		const struct apm_matrix *assigned = &model->mdev[i].assigned;

		if (!model->mdev[i].exists)
			continue;
		for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
			if (!apm_mask_test(&assigned->dim[APM_DIM_ADAPTER], apid))
				continue;
			for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
				if (!product_has(assigned, apid, apqi))
					continue;
				id = dim == APM_DIM_ADAPTER ? apid : apqi;
				if (!apm_mask_test(next, id) || apm_mask_test(now, id))
					continue;
				if (dim == APM_DIM_ADAPTER ?
				    apm_mask_test(&model->aqmask, apqi) :
				    apm_mask_test(&model->apmask, apid))
					return -EBUSY;
			}
		}
	}
	return 0;
}

int model_bind(const struct model *model, enum model_driver driver, enum model_driver now,
	       unsigned int apid, unsigned int apqi)
{
	if (now == MODEL_NO_DEVICE)
		return -ENODEV;
	if (now != MODEL_UNBOUND)
		return -EBUSY;
	return model_reserved(model, apid, apqi) == (driver == MODEL_HOST) ? 0 : -ENODEV;
}

int model_unbind(enum model_driver driver, enum model_driver now)
{
	return now == driver ? 0 : -ENODEV;
}

void model_host(const struct model *model, struct apm_matrix *host)
{
	unsigned int apid;

	memset(host, 0, sizeof(*host));
	for (apid = 0; apid < MODEL_IDS; apid++) {
		if (model->card[apid].present)
			apm_mask_set(&host->dim[APM_DIM_ADAPTER], apid);
	}
	host->dim[APM_DIM_DOMAIN] = model->usage;
	host->dim[APM_DIM_CONTROL_DOMAIN] = model->control;
}

bool model_out(const struct model *model, unsigned int apid)
{
	return model->card[apid].deconfigured || model->card[apid].checkstopped;
}

bool model_healthy(const struct model *model, unsigned int apid, unsigned int apqi)
{
	const struct model_queue *queue = &model->queue[apid][apqi];

	return !model_out(model, apid) && !queue->stuck &&
	       !queue->busy && !queue->resetfail;
}

static bool all_queues(const struct model *model, bool weak_counts)
{
	unsigned int apid, apqi;

	for (apid = 0; apid < MODEL_IDS; apid++) {
		for (apqi = 0; apqi < MODEL_IDS; apqi++) {
			if (!model->card[apid].present || !apm_mask_test(&model->usage, apqi))
				continue;
			if (!model_healthy(model, apid, apqi) ||
			    (weak_counts && model->queue[apid][apqi].weak))
				return false;
		}
	}
	return true;
}

bool model_all_healthy(const struct model *model)
{
	return all_queues(model, false);
}

bool model_sound(const struct model *model)
{
	return all_queues(model, true);
}

bool model_hangs(const struct model *model)
{
	unsigned int apid, apqi;

	for (apid = 0; apid < MODEL_IDS; apid++) {
		for (apqi = 0; apqi < MODEL_IDS; apqi++) {
			if (model->queue[apid][apqi].stuck || model->queue[apid][apqi].busy)
				return true;
		}
	}
	return false;
}

struct queue_question {
	const struct model *model;
	const struct model_view *view;
};

static enum apm_reason queue_state(void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct queue_question *q = ctx;

	if (apid >= MODEL_IDS || apqi >= MODEL_IDS)
		return APM_REASON_NO_QUEUE_DEVICE;
	switch (q->view->driver[apid][apqi]) {
	case MODEL_NO_DEVICE:
		return APM_REASON_NO_QUEUE_DEVICE;
	case MODEL_UNBOUND:
		return APM_REASON_UNBOUND;
	case MODEL_HOST:
		return APM_REASON_OTHER_DRIVER;
	case MODEL_VFIO_AP:
		break;
	}
	if (model_healthy(q->model, apid, apqi))
		return APM_REASON_NONE;
	return q->view->claim[apid][apqi];
}

/* shows: I15 */
void model_guest(const struct model *model, const struct model_view *view,
		 unsigned int mdev, struct apm_matrix *guest, char *reasons, size_t size)
{
	struct queue_question question = { model, view };
	struct apm_filter filter = {
		.assigned = &model->mdev[mdev].assigned,
		.host = &view->host,
		.state = queue_state,
		.ctx = &question,
	};

	apm_filter_run(&filter, guest);
	if (reasons)
		reasons[apm_filter_read_reasons(&filter, guest, reasons, size - 1, 0)] = '\0';
}

/* The words of the manual page. */
static const struct {
	enum apm_reason reason;
	const char *word;
} words[] = {
	{ APM_REASON_ADAPTER_NOT_IN_HOST, "adapter-not-in-host-config" },
	{ APM_REASON_DOMAIN_NOT_IN_HOST, "domain-not-in-host-config" },
	{ APM_REASON_NO_QUEUE_DEVICE, "no-queue-device" },
	{ APM_REASON_UNBOUND, "unbound" },
	{ APM_REASON_OTHER_DRIVER, "bound-to-other-driver" },
	{ APM_REASON_RESET_PENDING, "reset-pending" },
	{ APM_REASON_RESET_FAILED, "reset-failed" },
	{ APM_REASON_SIBLING_WITHHELD, "sibling-withheld" },
};

enum apm_reason model_reason(const char *word)
{
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(word, words[i].word))
			return words[i].reason;
	}
	return APM_REASON_NONE;
}

/* Of an assigned APQN that the guest does not have. */
static enum apm_reason why_missing(struct queue_question *question, unsigned int apid,
				   unsigned int apqi)
{
	enum apm_reason state;

	if (!apm_mask_test(&question->view->host.dim[APM_DIM_ADAPTER], apid))
		return APM_REASON_ADAPTER_NOT_IN_HOST;
	if (!apm_mask_test(&question->view->host.dim[APM_DIM_DOMAIN], apqi))
		return APM_REASON_DOMAIN_NOT_IN_HOST;
	state = queue_state(question, apid, apqi);
	return state == APM_REASON_NONE ? APM_REASON_SIBLING_WITHHELD : state;
}

void model_reasons_naive(const struct model *model, const struct model_view *view,
			 unsigned int mdev, const struct apm_matrix *guest, char *text, size_t size)
{
	const struct apm_matrix *assigned = &model->mdev[mdev].assigned;
	struct queue_question question = { model, view };
	unsigned int apid, apqi, i;
	size_t len = 0;

	text[0] = '\0';
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS && len < size; apqi++) {
			enum apm_reason why;

			if (!product_has(assigned, apid, apqi) || product_has(guest, apid, apqi))
				continue;
			why = why_missing(&question, apid, apqi);
			for (i = 0; words[i].reason != why; i++)
				;
			len += (size_t)snprintf(text + len, size - len, "%02x.%04x %s\n", apid,
						apqi, words[i].word);
		}
	}
}

/* shows: I15 */
void model_guest_naive(const struct model *model, const struct model_view *view,
		       unsigned int mdev, struct apm_matrix *guest)
{
	const struct apm_matrix *assigned = &model->mdev[mdev].assigned;
	struct queue_question question = { model, view };
	unsigned int dim, id, apid, apqi;

	memset(guest, 0, sizeof(*guest));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		for (id = 0; id < APM_MATRIX_IDS; id++) {
			if (apm_mask_test(&assigned->dim[dim], id) &&
			    apm_mask_test(&view->host.dim[dim], id))
				apm_mask_set(&guest->dim[dim], id);
		}
	}
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		bool whole = true;

		if (!apm_mask_test(&guest->dim[APM_DIM_ADAPTER], apid))
			continue;
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (apm_mask_test(&guest->dim[APM_DIM_DOMAIN], apqi))
				whole &= queue_state(&question, apid, apqi) == APM_REASON_NONE;
		}
		if (!whole)
			apm_mask_clear(&guest->dim[APM_DIM_ADAPTER], apid);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model of the documented interface. See model.h for what it promises.
 */
#include <string.h>

#include "model.h"

bool model_reserved(const struct model *model, unsigned int apid, unsigned int apqi)
{
	return ap_mask_test(&model->apmask, apid) && ap_mask_test(&model->aqmask, apqi);
}

static bool product_has(const struct ap_matrix *matrix, unsigned int apid, unsigned int apqi)
{
	return ap_mask_test(&matrix->dim[AP_DIM_ADAPTER], apid) &&
	       ap_mask_test(&matrix->dim[AP_DIM_DOMAIN], apqi);
}

/* Reserved queues first, then those of other mdevs: mainline's priority. */
static int check_queues(const struct model *model, unsigned int mdev,
			const struct ap_matrix *next)
{
	bool reserved = false, shared = false;
	unsigned int apid, apqi, i;

	for (apid = 0; apid < AP_MATRIX_IDS; apid++) {
		if (!ap_mask_test(&next->dim[AP_DIM_ADAPTER], apid))
			continue;
		for (apqi = 0; apqi < AP_MATRIX_IDS; apqi++) {
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

int model_assign(const struct model *model, unsigned int mdev, enum ap_dim dim,
		 unsigned long id, struct ap_matrix *next)
{
	const struct ap_matrix *now = &model->mdev[mdev].assigned;
	struct ap_matrix candidate = *now;
	int ret;

	*next = *now;
	if (id > model->limits.max[dim])
		return -ENODEV;
	if (ap_mask_test(&now->dim[dim], (unsigned int)id))
		return 0;
	ap_mask_set(&candidate.dim[dim], (unsigned int)id);
	if (dim != AP_DIM_CONTROL_DOMAIN) {
		ret = check_queues(model, mdev, &candidate);
		if (ret)
			return ret;
	}
	*next = candidate;
	return 0;
}

int model_unassign(const struct model *model, unsigned int mdev, enum ap_dim dim,
		   unsigned long id, struct ap_matrix *next)
{
	*next = model->mdev[mdev].assigned;
	if (id > model->limits.max[dim])
		return -ENODEV;
	ap_mask_clear(&next->dim[dim], (unsigned int)id);
	return 0;
}

int model_configure(const struct model *model, unsigned int mdev,
		    const struct ap_matrix *next)
{
	unsigned int dim, id;
	int ret = check_queues(model, mdev, next);

	if (ret)
		return ret;
	for (dim = 0; dim < AP_DIM_NR; dim++) {
		for (id = model->limits.max[dim] + 1; id < AP_MATRIX_IDS; id++) {
			if (ap_mask_test(&next->dim[dim], id))
				return -ENODEV;
		}
	}
	return 0;
}

int model_mask(const struct model *model, enum ap_dim dim, const struct ap_mask *next)
{
	const struct ap_mask *now = dim == AP_DIM_ADAPTER ? &model->apmask : &model->aqmask;
	unsigned int apid, apqi, i, id;

	for (i = 0; i < MODEL_MDEVS; i++) {
		const struct ap_matrix *assigned = &model->mdev[i].assigned;

		if (!model->mdev[i].exists)
			continue;
		for (apid = 0; apid < AP_MATRIX_IDS; apid++) {
			if (!ap_mask_test(&assigned->dim[AP_DIM_ADAPTER], apid))
				continue;
			for (apqi = 0; apqi < AP_MATRIX_IDS; apqi++) {
				if (!product_has(assigned, apid, apqi))
					continue;
				id = dim == AP_DIM_ADAPTER ? apid : apqi;
				if (!ap_mask_test(next, id) || ap_mask_test(now, id))
					continue;
				if (dim == AP_DIM_ADAPTER ?
				    ap_mask_test(&model->aqmask, apqi) :
				    ap_mask_test(&model->apmask, apid))
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

void model_host(const struct model *model, struct ap_matrix *host)
{
	unsigned int apid;

	memset(host, 0, sizeof(*host));
	for (apid = 0; apid < MODEL_IDS; apid++) {
		if (model->card[apid].present)
			ap_mask_set(&host->dim[AP_DIM_ADAPTER], apid);
	}
	host->dim[AP_DIM_DOMAIN] = model->usage;
	host->dim[AP_DIM_CONTROL_DOMAIN] = model->control;
}

bool model_healthy(const struct model *model, unsigned int apid, unsigned int apqi)
{
	const struct model_queue *queue = &model->queue[apid][apqi];
	const struct model_card *card = &model->card[apid];

	return !card->deconfigured && !card->checkstopped && !queue->stuck &&
	       !queue->busy && !queue->resetfail;
}

static bool all_queues(const struct model *model, bool weak_counts)
{
	unsigned int apid, apqi;

	for (apid = 0; apid < MODEL_IDS; apid++) {
		for (apqi = 0; apqi < MODEL_IDS; apqi++) {
			if (!model->card[apid].present || !ap_mask_test(&model->usage, apqi))
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

static enum ap_reason queue_state(void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct queue_question *q = ctx;

	if (apid >= MODEL_IDS || apqi >= MODEL_IDS)
		return AP_REASON_NO_QUEUE_DEVICE;
	switch (q->view->driver[apid][apqi]) {
	case MODEL_NO_DEVICE:
		return AP_REASON_NO_QUEUE_DEVICE;
	case MODEL_UNBOUND:
		return AP_REASON_UNBOUND;
	case MODEL_HOST:
		return AP_REASON_OTHER_DRIVER;
	case MODEL_VFIO_AP:
		break;
	}
	if (model_healthy(q->model, apid, apqi))
		return AP_REASON_NONE;
	return q->view->claim[apid][apqi];
}

void model_guest(const struct model *model, const struct model_view *view,
		 unsigned int mdev, struct ap_matrix *guest, char *reasons, size_t size)
{
	struct queue_question question = { model, view };
	struct ap_filter filter = {
		.assigned = &model->mdev[mdev].assigned,
		.host = &view->host,
		.state = queue_state,
		.ctx = &question,
	};

	ap_filter_run(&filter, guest);
	if (reasons)
		reasons[ap_filter_read_reasons(&filter, guest, reasons, size - 1, 0)] = '\0';
}

void model_guest_naive(const struct model *model, const struct model_view *view,
		       unsigned int mdev, struct ap_matrix *guest)
{
	const struct ap_matrix *assigned = &model->mdev[mdev].assigned;
	struct queue_question question = { model, view };
	unsigned int dim, id, apid, apqi;

	memset(guest, 0, sizeof(*guest));
	for (dim = 0; dim < AP_DIM_NR; dim++) {
		for (id = 0; id < AP_MATRIX_IDS; id++) {
			if (ap_mask_test(&assigned->dim[dim], id) &&
			    ap_mask_test(&view->host.dim[dim], id))
				ap_mask_set(&guest->dim[dim], id);
		}
	}
	for (apid = 0; apid < AP_MATRIX_IDS; apid++) {
		bool whole = true;

		if (!ap_mask_test(&guest->dim[AP_DIM_ADAPTER], apid))
			continue;
		for (apqi = 0; apqi < AP_MATRIX_IDS; apqi++) {
			if (ap_mask_test(&guest->dim[AP_DIM_DOMAIN], apqi))
				whole &= queue_state(&question, apid, apqi) == AP_REASON_NONE;
		}
		if (!whole)
			ap_mask_clear(&guest->dim[AP_DIM_ADAPTER], apid);
	}
}

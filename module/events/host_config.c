// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's AP configuration, as the AP bus tells of it.
 *
 * Changes come in two parts. When a scan begins, what the host has lost goes at
 * once; what it has gained counts when the scan is complete and its queues had
 * their chance to be bound, so that a guest sees one change.
 *
 * Both callbacks hold the AP bus's scan mutex, so they never wait for a VM.
 */
#include "events/events.h"
#include "record.h"

static void matrix_from_qci(const struct ap_config_info *info, struct apm_matrix *host)
{
	BUILD_BUG_ON(sizeof(host->dim[0].word) != sizeof(info->apm));
	memcpy(host->dim[APM_DIM_ADAPTER].word, info->apm, sizeof(info->apm));
	memcpy(host->dim[APM_DIM_DOMAIN].word, info->aqm, sizeof(info->aqm));
	memcpy(host->dim[APM_DIM_CONTROL_DOMAIN].word, info->adm, sizeof(info->adm));
}

/**
 * vap_host_config_changed - on_config_changed() of the driver: a scan is about to begin
 * @new_info: the new configuration, from PQAP(QCI)
 * @old_info: the configuration at the last scan; not used
 *
 * What the host has lost is taken from the guests. What it has gained is ignored until
 * vap_host_scan_complete().
 *
 * Context: Process context; the AP bus, or compat/ap_watch.c, holds a lock. Takes vap.lock.
 * Does not wait for a VM.
 */
void vap_host_config_changed(struct ap_config_info *new_info,
			     struct ap_config_info *old_info)
{
	struct apm_matrix host;

	matrix_from_qci(new_info, &host);
	vap_lock();
	vap_record(HOST_CHANGES);
	apm_limits_from_qci(&vap.limits, new_info->apxa, new_info->na, new_info->nd);
	apm_matrix_and(&vap.host, &host, &vap.host);
	WRITE_ONCE(vap.host_changes, vap.host_changes + 1);
	vap_mdev_mark_all();
	vap_unlock();
	wake_up_all(&vap.wait);
	vap_update_marked();
}

/* Queues that survived their absence have to be reset before any use. */
static void reset_returned(void)
{
	struct vap_queue *queue;
	unsigned long apqn;

	lockdep_assert_held(&vap.lock);
	xa_for_each(&vap.queues, apqn, queue) {
		if (queue->state == VAP_QUEUE_UNKNOWN && !queue->dead && !queue->guest &&
		    queue->rebind == VAP_REBIND_NO && vap_matrix_has(&vap.host, apqn))
			vap_reset_start(queue, queue->mdev, VAP_EVENT_RESET, true);
	}
}

/**
 * vap_host_scan_complete - on_scan_complete() of the driver: new queues have been bound
 * @new_info: the new configuration, from PQAP(QCI)
 * @old_info: the configuration at the last scan; not used
 *
 * Context: Process context; the AP bus, or compat/ap_watch.c, holds a lock. Takes vap.lock.
 * Does not wait for a VM.
 */
void vap_host_scan_complete(struct ap_config_info *new_info,
			    struct ap_config_info *old_info)
{
	struct apm_matrix host;

	matrix_from_qci(new_info, &host);
	vap_lock();
	vap_record(HOST_COMPLETE);
	vap.host = host;
	reset_returned();
	vap_mdev_mark_all();
	vap_reset_retry_all();
	vap_unlock();
	vap_update_marked();
}

/**
 * vap_host_config_read - read the host's AP configuration by PQAP(QCI)
 *
 * Without QCI, the host cannot report what it has. Then every queue within the limits that
 * is bound may be given to a guest.
 *
 * Context: Module init, after the driver was registered. Takes vap.lock.
 */
void vap_host_config_read(void)
{
	struct ap_config_info info = { 0 };
	unsigned int dim, id;
	bool qci;

	/* under the lock, so that no callback with news comes in between */
	vap_lock();
	qci = !ap_qci(&info);
	apm_limits_from_qci(&vap.limits, info.apxa, info.na, info.nd);
	if (qci) {
		matrix_from_qci(&info, &vap.host);
	} else {
		for (dim = 0; dim < APM_DIM_NR; dim++) {
			for (id = 0; id <= vap.limits.max[dim]; id++)
				apm_mask_set(&vap.host.dim[dim], id);
		}
	}
	vap_unlock();
	if (!qci)
		pr_notice("vfio_ap: the host cannot be queried for its configuration, all that is bound may be passed through\n");
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The veto: no driver of the host gets a queue that an mdev has.
 *
 * The AP bus asks before it changes apmask or aqmask (in_use of struct
 * ap_driver). Before 5.18 it does not ask its drivers anything: there
 * compat/ap_veto.c makes it ask, and calls the same function. This is the one
 * place that decides.
 */
#include "events/events.h"
#include "record.h"

static bool disjoint(const struct apm_mask *a, const struct apm_mask *b)
{
	return !apm_mask_intersects(a, b);
}

static void warn_in_use(struct vap_mdev *owner, const struct apm_matrix *common)
{
	char text[192];

	vap_assign_describe(common, text, sizeof(text));
	dev_warn(mdev_dev(owner->mdev),
		 "Can not reserve queue %s for host driver: in use by mdev\n",
		 text);
	vap_record(VETO, apm_mask_next(apm_matrix_apm(common), 0),
		   apm_mask_next(apm_matrix_aqm(common), 0),
		   apm_matrix_apqns(common) - 1, VAP_MDEV_ARGS(owner));
}

/* May the host's drivers get these APQNs? 0 or -EADDRINUSE. */
static int check_in_use(const struct apm_mask *apm, const struct apm_mask *aqm)
{
	struct apm_matrix common;
	struct vap_mdev *mdev;
	int ret = 0;

	vap_lock();
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (!vap_mdev_has_any(mdev, apm, aqm, &common))
			continue;
		warn_in_use(mdev, &common);
		ret = -EADDRINUSE;
		break;
	}
	vap_unlock();
	return ret;
}

/**
 * vap_veto_in_use - in_use() of the driver: may the host's drivers get these queues?
 * @apm: adapters, 256 bits, ID 0 leftmost
 * @aqm: domains, likewise
 *
 * The AP bus passes the IDs that one mask is about to gain. The other argument is the
 * present value of the other mask or, from 6.19 on, all ones. IDs that are gained were not
 * in the mask before, which tells the two apart. With the present value of the other mask,
 * the answer is exact: only queues that would become the host's count.
 *
 * Context: Process context, vap_compat_ap_lock() held. Takes vap.lock. Does not wait for a
 * VM.
 * Return: 0; -EADDRINUSE if such a queue is assigned to an mdev or still in its guest
 */
int vap_veto_in_use(unsigned long *apm, unsigned long *aqm)
{
	struct apm_mask gained_apm, gained_aqm, host_apm, host_aqm;

	vap_compat_ap_assert_locked();
	memcpy(gained_apm.word, apm, sizeof(gained_apm.word));
	memcpy(gained_aqm.word, aqm, sizeof(gained_aqm.word));
	vap_compat_ap_masks(host_apm.word, host_aqm.word);
	if (disjoint(&gained_apm, &host_apm))
		apm_mask_and(&gained_aqm, &gained_aqm, &host_aqm);
	else if (disjoint(&gained_aqm, &host_aqm))
		apm_mask_and(&gained_apm, &gained_apm, &host_apm);
	return check_in_use(&gained_apm, &gained_aqm);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Who has a right to a queue, and which driver has it, as the AP bus knows. */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include "events/events.h"

/* If a change adds more APQNs than this, the devices of the bus are fewer. */
#define ASK_FOR_EACH	4096

/* The APQNs of @after that @before lacks. */
struct owner_search {
	const struct apm_matrix *before;
	const struct apm_matrix *after;
	struct apm_matrix reserved;	/* the part of @after that the masks give to the host */
	unsigned int nr_known;		/* new queues in there that have a device */
	int apqn;
};

static int search_device(struct device *dev, void *data)
{
	struct owner_search *search = data;
	unsigned int apqn = vap_ap_device_apqn(dev);
	unsigned int apid = AP_QID_CARD(apqn), apqi = AP_QID_QUEUE(apqn);

	if (apqn == VAP_NO_APQN || !apm_matrix_has(search->after, apid, apqi) ||
	    apm_matrix_has(search->before, apid, apqi))
		return 0;
	if (vap_compat_ap_apqn_owned_by_host(apid, apqi)) {
		search->apqn = apqn;
		return 1;
	}
	search->nr_known += apm_matrix_has(&search->reserved, apid, apqi);
	return 0;
}

/* The first APQN that only @after has and that is the host's, or -1. */
static int search_matrix(const struct apm_matrix *before, const struct apm_matrix *after)
{
	unsigned int apid, apqi;
	struct apm_mask domains;

	apm_mask_for_each(apid, apm_matrix_apm(after)) {
		if (!apm_matrix_domains_beyond(after, before, apid, &domains))
			continue;
		apm_mask_for_each(apqi, &domains) {
			if (vap_compat_ap_apqn_owned_by_host(apid, apqi))
				return AP_MKQID(apid, apqi);
		}
	}
	return -1;
}

/*
 * An APQN with a queue device may be subject to a driver override, which the
 * bus knows; all others belong to whom the masks say. So if there are more new
 * APQNs in the host's part of the matrix than queues that were asked for and
 * found to be an exception, one of them is the host's.
 */
static int search_devices(const struct apm_matrix *before, const struct apm_matrix *after)
{
	struct owner_search search = { .before = before, .after = after, .apqn = -1 };
	struct apm_mask apm, aqm;

	vap_compat_ap_masks(apm.word, aqm.word);
	apm_matrix_shares_masks(after, &apm, &aqm, &search.reserved);
	vap_ap_device_for_each(&search, search_device);
	if (search.apqn >= 0 ||
	    apm_matrix_apqns_lost(&search.reserved, before) == search.nr_known)
		return search.apqn;
	return search_matrix(before, &search.reserved);
}

/**
 * vap_owner_host_apqn - may a driver of the host use a queue that a change adds?
 * @before: the matrix before the change
 * @after: the matrix after it
 *
 * The AP bus is asked for the APQNs of @after that @before lacks, and for no others. What
 * an mdev has assigned already was asked for when it was added. Since then the veto has
 * refused masks that give it to the host. A driver override or the end of one may still
 * have done so, which the bus tells nobody; the guest has lost such a queue with its device.
 *
 * The bus answers for one APQN by its two masks and the driver override of the queue. For
 * many APQNs it is faster to look at the devices of the bus.
 *
 * Context: Process context, vap_compat_ap_lock() held, vap.lock not held. May sleep.
 * Return: such an APQN, 0 to 0xffff: the first, unless the change adds more than 4,096
 * APQNs; -1 if there is none
 */
int vap_owner_host_apqn(const struct apm_matrix *before, const struct apm_matrix *after)
{
	vap_compat_ap_assert_locked();
	/* all APQNs are counted faster than those that are new, and mostly that is enough */
	if (apm_matrix_apqns(after) <= ASK_FOR_EACH ||
	    apm_matrix_apqns_lost(after, before) <= ASK_FOR_EACH)
		return search_matrix(before, after);
	return search_devices(before, after);
}

/* why a queue is not ours */

struct vap_bus_view {
	DECLARE_BITMAP(present, VAP_NO_APQN);
	DECLARE_BITMAP(bound, VAP_NO_APQN);
	DECLARE_BITMAP(too_old, VAP_NO_APQN);
};

static int view_device(struct device *dev, void *data)
{
	struct vap_bus_view *view = data;
	unsigned int apqn = vap_ap_device_apqn(dev);

	if (apqn == VAP_NO_APQN)
		return 0;
	__set_bit(apqn, view->present);
	if (READ_ONCE(dev->driver))
		__set_bit(apqn, view->bound);
	if (!apm_type_supported(vap_compat_ap_type(dev)))
		__set_bit(apqn, view->too_old);
	return 0;
}

/**
 * vap_owner_view_create - note which queue devices exist and which of them have a driver
 *
 * Context: Process context, vap.lock not held. May sleep.
 * Return: the notes, which vap_owner_view_destroy() frees; NULL if there is no memory
 */
struct vap_bus_view *vap_owner_view_create(void)
{
	struct vap_bus_view *view = kvzalloc(sizeof(*view), GFP_KERNEL);

	if (view)
		vap_ap_device_for_each(view, view_device);
	return view;
}

/**
 * vap_owner_view_destroy - pairs with vap_owner_view_create()
 * @view: the notes; may be NULL
 *
 * Context: Process context. May sleep.
 */
void vap_owner_view_destroy(struct vap_bus_view *view)
{
	kvfree(view);
}

/**
 * vap_owner_view_reason - why is no queue with this APQN bound to this module?
 * @view: the notes of vap_owner_view_create()
 * @apqn: 0 to 0xffff
 *
 * Context: Any context.
 * Return: APM_REASON_NO_QUEUE_DEVICE, _TYPE_UNSUPPORTED, _UNBOUND or _OTHER_DRIVER
 */
enum apm_reason vap_owner_view_reason(const struct vap_bus_view *view,
				      unsigned int apqn)
{
	if (!test_bit(apqn, view->present))
		return APM_REASON_NO_QUEUE_DEVICE;
	if (test_bit(apqn, view->too_old))
		return APM_REASON_TYPE_UNSUPPORTED;
	if (!test_bit(apqn, view->bound))
		return APM_REASON_UNBOUND;
	return APM_REASON_OTHER_DRIVER;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * AP bus room: what the bus calls, and the host configuration it tells of.
 *
 * Configuration changes come in two parts. When a scan begins, what the host
 * has lost goes at once; what it has gained counts when the scan is complete
 * and its queues had their chance to be bound, so that a guest sees one change.
 *
 * The bus treats the queue devices that it creates as its own for a moment:
 * after our probe it resets the queue and enables interrupts to the host, and
 * it would do so again whenever the card comes back from standby. It leaves
 * those alone that were taken from a driver. So a queue device that was never
 * unbound since it was created is bound anew once the scan is over, before
 * anybody may have it.
 *
 * A scan that saw a queue in error lets go of its lock before it does the same
 * to it. So it may come too late, when the queue has changed hands and is in a
 * guest already. Interrupts that are on and nobody's whom we know give that
 * away: a queue that was taken from a driver is looked at again after a while.
 */
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "model/model.h"
#include "record.h"

#define GRACE_MS	20	/* for the first reset of a queue bound by hand */
#define GRACE_EVERY	(HZ / 5)
#define RELEASE_MS	2500	/* more than the reset room's own limit */
#define REBIND_MARK	XA_MARK_0
#define LOOK_MARK	XA_MARK_1
#define LOOK_AFTER	HZ	/* no scan takes as long between two lines */
#define LOOKS_AT_ONCE	64
#define NR_APQNS	(AP_DEVICES * AP_DOMAINS)

static void rebind(struct work_struct *work);
static DECLARE_WORK(rebind_work, rebind);
static void look_again(struct work_struct *work);
static DECLARE_DELAYED_WORK(look_work, look_again);

/* Devices that some driver left since they were created: the bus's own no more. */
static DECLARE_BITMAP(inert, NR_APQNS);
/* Device that is being created, and by whom; only that task looks at it. */
static struct device *creating;
static struct task_struct *creator;
static bool registering;

static unsigned int device_apqn(const struct device *dev)
{
	unsigned int apid, apqi;

	if (vap_compat_ap_apqn(dev, &apid, &apqi))
		return NR_APQNS;
	return AP_MKQID(apid, apqi);
}

/* a new queue */

/* Before any use; `fresh` if a scan may be at it. It is asked for again later. */
static void bind_anew(struct vap_queue *queue, bool fresh)
{
	lockdep_assert_held(&vap.lock);
	queue->rebind = true;
	queue->fresh = fresh;
	xa_set_mark(&vap.queues, queue->apqn, REBIND_MARK);
	queue_work(vap.wq, &rebind_work);
}

static void start_life(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (test_bit(queue->apqn, inert)) {
		WRITE_ONCE(queue->look_again, jiffies + LOOK_AFTER);
		xa_set_mark(&vap.queues, queue->apqn, LOOK_MARK);
		queue_delayed_work(vap.wq, &look_work, LOOK_AFTER);
		vap_reset_start(queue, NULL, false);
	} else {
		bind_anew(queue, registering ||
			  (creating == queue->dev && creator == current));
	}
}

/*
 * A queue bound by hand should be of use when the write to bind returns. Not
 * so with many at a time: then one wait serves all.
 */
static void grant_grace(struct vap_queue *queue)
{
	static unsigned long last;
	unsigned long now = jiffies;

	if (time_before(now, READ_ONCE(last) + GRACE_EVERY))
		return;
	WRITE_ONCE(last, now);
	vap_reset_wait_queue(queue, GRACE_MS);
}

static int probe(struct ap_device *ap_dev)
{
	struct device *dev = &ap_dev->device;
	unsigned int apqn = device_apqn(dev);
	struct vap_queue *queue;
	bool ready;
	int ret;

	if (apqn == NR_APQNS)
		return -ENODEV;
	queue = vap_queue_create(dev, apqn);
	if (!queue)
		return -ENOMEM;

	mutex_lock(&vap.lock);
	ret = vap_queue_publish(queue);
	if (ret) {
		mutex_unlock(&vap.lock);
		vap_queue_put(queue);
		return ret;
	}
	dev_set_drvdata(dev, queue);
	start_life(queue);
	vap_mdev_link_queue(queue);
	ready = !queue->rebind;
	vap_log(VAP_LOG_INFO, "bind " VAP_APQN_FMT " mdev " VAP_MDEV_FMT,
		VAP_APQN_ARGS(apqn), VAP_MDEV_ARGS(queue->mdev));
	mutex_unlock(&vap.lock);
	if (ready)
		grant_grace(queue);
	return 0;
}

/*
 * The device may go for good or to another driver. The guest loses it first,
 * and what it had in there is gone when we return: the reset has ended, or its
 * time is over, and then the bus's own reset is all that is left.
 */
static void remove(struct ap_device *ap_dev)
{
	struct vap_queue *queue = dev_get_drvdata(&ap_dev->device);
	bool lost = false;

	mutex_lock(&vap.lock);
	vap_log(VAP_LOG_INFO, "unbind " VAP_APQN_FMT " mdev " VAP_MDEV_FMT,
		VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(queue->mdev));
	vap_queue_withdraw(queue);
	vap_mdev_unlink_queue(queue);
	mutex_unlock(&vap.lock);

	if (READ_ONCE(queue->tainted) && READ_ONCE(queue->state) == VAP_QUEUE_RESETTING)
		vap_reset_wait_queue(queue, RELEASE_MS);

	mutex_lock(&vap.lock);
	if (queue->tainted && queue->state != VAP_QUEUE_GONE) {
		dev_warn(&ap_dev->device, "leaves without a good reset, response code %02x\n",
			 queue->reset.rc);
		lost = true;
	}
	mutex_unlock(&vap.lock);
	if (lost)
		vap_irq_queue_lost(queue);

	mutex_lock(&vap.lock);
	if (queue->state == VAP_QUEUE_GONE)
		vap_irq_reset_done(queue);	/* what is not there notifies nobody */
	vap_queue_kill(queue);
	mutex_unlock(&vap.lock);
	dev_set_drvdata(&ap_dev->device, NULL);
	vap_queue_put(queue);
}

/* binding anew */

/* The next queue to bind anew with a reference to its device, or NULL. */
static struct device *next_to_rebind(bool *fresh)
{
	struct device *dev = NULL;
	struct vap_queue *queue;
	unsigned long apqn = 0;

	*fresh = false;
	mutex_lock(&vap.lock);
	queue = xa_find(&vap.queues, &apqn, ULONG_MAX, REBIND_MARK);
	if (queue) {
		dev = get_device(queue->dev);
		*fresh = queue->fresh;
	}
	if (*fresh) {
		/* the scan that is waited for now is the one for all of these */
		xa_for_each_marked(&vap.queues, apqn, queue, REBIND_MARK)
			queue->fresh = false;
	} else if (dev) {
		vap.rebinding = apqn;
		xa_clear_mark(&vap.queues, apqn, REBIND_MARK);
	}
	mutex_unlock(&vap.lock);
	return dev;
}

static void rebind(struct work_struct *work)
{
	struct device *dev;
	bool fresh;

	while ((dev = next_to_rebind(&fresh))) {
		if (fresh) {
			vap_compat_ap_rescan();
		} else {
			unsigned int apqn = device_apqn(dev);

			if (READ_ONCE(dev->driver) == vap_compat_ap_driver() &&
			    device_reprobe(dev))
				dev_info(dev, "could not be bound anew\n");
			mutex_lock(&vap.lock);
			vap.rebinding = -1;
			vap_mdev_update_apqn(apqn);
			mutex_unlock(&vap.lock);
		}
		put_device(dev);
	}
}

/* looking again */

/* Interrupts are on, and no guest has asked for them through us. */
static bool taken_by_bus(struct vap_queue *queue)
{
	struct ap_queue_status status = { 0 };

	lockdep_assert_held(&vap.lock);
	spin_lock(&queue->lock);
	if (!queue->dead && !queue->resetting && !queue->irq)
		status = ap_tapq(queue->apqn, NULL);
	spin_unlock(&queue->lock);
	return status.response_code == AP_RESPONSE_NORMAL && status.irq_enabled;
}

static void look_at(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->rebind || !taken_by_bus(queue))
		return;
	dev_notice_ratelimited(queue->dev, "the AP bus took it for the host's, bound anew\n");
	vap_log(VAP_LOG_WARN, "taken by the bus: " VAP_APQN_FMT " mdev " VAP_MDEV_FMT,
		VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(queue->mdev));
	bind_anew(queue, true);
	vap_mdev_update_apqn(queue->apqn);
}

/* A part of those that are to be looked at; true if more are, `later` some of them. */
static bool look_at_some(bool *later)
{
	struct vap_queue *queue;
	unsigned long apqn;
	unsigned int nr = 0;

	*later = false;
	mutex_lock(&vap.lock);
	xa_for_each_marked(&vap.queues, apqn, queue, LOOK_MARK) {
		if (queue->state == VAP_QUEUE_RESETTING ||
		    time_before(jiffies, READ_ONCE(queue->look_again))) {
			*later = true;
			continue;
		}
		if (nr++ == LOOKS_AT_ONCE)
			break;
		xa_clear_mark(&vap.queues, apqn, LOOK_MARK);
		look_at(queue);
	}
	mutex_unlock(&vap.lock);
	return nr > LOOKS_AT_ONCE;
}

static void look_again(struct work_struct *work)
{
	bool later;

	while (look_at_some(&later))
		cond_resched();
	if (later)
		queue_delayed_work(vap.wq, &look_work, LOOK_AFTER);
}

void vap_bus_suspect(struct vap_queue *queue)
{
	WRITE_ONCE(queue->look_again, jiffies);
	xa_set_mark(&vap.queues, queue->apqn, LOOK_MARK);
	mod_delayed_work(vap.wq, &look_work, 0);
}

static int on_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	unsigned int apqn = device_apqn(data);

	if (apqn == NR_APQNS)
		return NOTIFY_DONE;
	switch (event) {
	case BUS_NOTIFY_ADD_DEVICE:
		clear_bit(apqn, inert);
		WRITE_ONCE(creating, data);
		WRITE_ONCE(creator, current);
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		set_bit(apqn, inert);
		break;
	default:
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block bus_notifier = { .notifier_call = on_bus_event };

/* the veto */

static bool disjoint(const struct apm_mask *a, const struct apm_mask *b)
{
	return !apm_mask_intersects(a, b);
}

/*
 * The bus names the ids that one mask is about to gain; the other dimension is
 * that mask's present value or, from 6.19 on, everything. What is gained was
 * not there before, which tells the two apart, and the present value of the
 * other mask makes the answer exact: only what becomes the host's counts.
 */
static int in_use(unsigned long *apm, unsigned long *aqm)
{
	struct apm_mask gained_apm, gained_aqm, host_apm, host_aqm;

	memcpy(gained_apm.word, apm, sizeof(gained_apm.word));
	memcpy(gained_aqm.word, aqm, sizeof(gained_aqm.word));
	vap_compat_ap_masks(host_apm.word, host_aqm.word);
	if (disjoint(&gained_apm, &host_apm))
		apm_mask_and(&gained_aqm, &gained_aqm, &host_aqm);
	else if (disjoint(&gained_aqm, &host_aqm))
		apm_mask_and(&gained_apm, &gained_apm, &host_apm);
	return vap_mdev_in_use(&gained_apm, &gained_aqm);
}

/* who owns what */

struct owner_search {
	const struct apm_matrix *matrix;
	struct apm_matrix reserved;	/* what the masks give to the host of it */
	unsigned int nr_known;		/* queue devices in there */
	int apqn;
};

static int search_device(struct device *dev, void *data)
{
	struct owner_search *search = data;
	unsigned int apqn = device_apqn(dev);
	unsigned int apid = AP_QID_CARD(apqn), apqi = AP_QID_QUEUE(apqn);

	if (apqn == NR_APQNS || !apm_matrix_has(search->matrix, apid, apqi))
		return 0;
	if (vap_compat_ap_apqn_owned_by_host(apid, apqi)) {
		search->apqn = apqn;
		return 1;
	}
	search->nr_known += apm_matrix_has(&search->reserved, apid, apqi);
	return 0;
}

/*
 * An APQN with a queue device may be subject to a driver override, which the
 * bus knows; all others belong to whom the masks say. So if there are more
 * APQNs in the host's part of the matrix than queues that were asked for and
 * found to be an exception, one of them is the host's.
 */
int vap_bus_owned_by_host(const struct apm_matrix *matrix)
{
	struct owner_search search = { .matrix = matrix, .apqn = -1 };
	struct apm_mask apm, aqm;
	unsigned int apid, apqi;

	vap_compat_ap_assert_locked();
	vap_compat_ap_masks(apm.word, aqm.word);
	apm_matrix_shares_masks(matrix, &apm, &aqm, &search.reserved);
	bus_for_each_dev(vap_compat_ap_driver()->bus, NULL, &search, search_device);
	if (search.apqn >= 0 || apm_matrix_apqns(&search.reserved) == search.nr_known)
		return search.apqn;

	apm_mask_for_each(apid, apm_matrix_apm(&search.reserved)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&search.reserved)) {
			if (vap_compat_ap_apqn_owned_by_host(apid, apqi))
				return AP_MKQID(apid, apqi);
		}
	}
	return -1;
}

/* the host's configuration */

static void host_from_qci(const struct ap_config_info *info, struct apm_matrix *host)
{
	BUILD_BUG_ON(sizeof(host->dim[0].word) != sizeof(info->apm));
	memcpy(host->dim[APM_DIM_ADAPTER].word, info->apm, sizeof(info->apm));
	memcpy(host->dim[APM_DIM_DOMAIN].word, info->aqm, sizeof(info->aqm));
	memcpy(host->dim[APM_DIM_CONTROL_DOMAIN].word, info->adm, sizeof(info->adm));
}

static void set_host(const struct apm_matrix *host)
{
	lockdep_assert_held(&vap.lock);
	vap.host = *host;
	vap_mdev_update_all();
}

static void on_config_changed(struct ap_config_info *new_info,
			      struct ap_config_info *old_info)
{
	struct apm_matrix host;

	host_from_qci(new_info, &host);
	mutex_lock(&vap.lock);
	apm_limits_from_qci(&vap.limits, new_info->apxa, new_info->na, new_info->nd);
	apm_matrix_and(&host, &host, &vap.host);
	vap_log(VAP_LOG_INFO, "host configuration changes");
	set_host(&host);
	mutex_unlock(&vap.lock);
}

/* Queues that survived their absence have to be reset before any use. */
static void reset_returned(void)
{
	struct vap_queue *queue;
	unsigned long apqn;

	lockdep_assert_held(&vap.lock);
	xa_for_each(&vap.queues, apqn, queue) {
		if (queue->state == VAP_QUEUE_GONE && !queue->rebind &&
		    apm_matrix_has(&vap.host, AP_QID_CARD(apqn), AP_QID_QUEUE(apqn)))
			vap_reset_start(queue, queue->mdev, false);
	}
}

static void on_scan_complete(struct ap_config_info *new_info,
			     struct ap_config_info *old_info)
{
	struct apm_matrix host;

	host_from_qci(new_info, &host);
	mutex_lock(&vap.lock);
	vap_log(VAP_LOG_INFO, "host configuration is complete");
	vap.host = host;
	reset_returned();
	set_host(&host);
	vap_reset_retry_all();
	mutex_unlock(&vap.lock);
}

/*
 * Without QCI the host cannot say what it has: then whatever lies within the
 * limits may be given, if a queue for it is bound.
 */
static void read_host(void)
{
	struct ap_config_info info = { 0 };
	unsigned int dim, id;
	bool qci;

	/* under the lock, so that no callback with news comes in between */
	mutex_lock(&vap.lock);
	qci = !ap_qci(&info);
	apm_limits_from_qci(&vap.limits, info.apxa, info.na, info.nd);
	if (qci) {
		host_from_qci(&info, &vap.host);
	} else {
		pr_notice("vfio_ap: the host cannot be queried for its configuration, all that is bound may be passed through\n");
		for (dim = 0; dim < APM_DIM_NR; dim++) {
			for (id = 0; id <= vap.limits.max[dim]; id++)
				apm_mask_set(&vap.host.dim[dim], id);
		}
	}
	mutex_unlock(&vap.lock);
}

/* why a queue is not ours */

struct vap_bus_view {
	DECLARE_BITMAP(present, NR_APQNS);
	DECLARE_BITMAP(bound, NR_APQNS);
	DECLARE_BITMAP(too_old, NR_APQNS);
};

static int view_device(struct device *dev, void *data)
{
	struct vap_bus_view *view = data;
	unsigned int apqn = device_apqn(dev);

	if (apqn == NR_APQNS)
		return 0;
	__set_bit(apqn, view->present);
	if (READ_ONCE(dev->driver))
		__set_bit(apqn, view->bound);
	if (!apm_type_supported(vap_compat_ap_type(dev)))
		__set_bit(apqn, view->too_old);
	return 0;
}

struct vap_bus_view *vap_bus_view_create(void)
{
	struct vap_bus_view *view = kvzalloc(sizeof(*view), GFP_KERNEL);

	if (view)
		bus_for_each_dev(vap_compat_ap_driver()->bus, NULL, view, view_device);
	return view;
}

void vap_bus_view_destroy(struct vap_bus_view *view)
{
	kvfree(view);
}

enum apm_reason vap_bus_view_reason(const struct vap_bus_view *view,
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

/* registration */

#define QUEUE_TYPE(_type)						\
	{								\
		.dev_type = (_type),					\
		.match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE,		\
	}

static struct ap_device_id queue_ids[] = {
	QUEUE_TYPE(AP_DEVICE_TYPE_CEX4),
	QUEUE_TYPE(AP_DEVICE_TYPE_CEX5),
	QUEUE_TYPE(AP_DEVICE_TYPE_CEX6),
	QUEUE_TYPE(AP_DEVICE_TYPE_CEX7),
	QUEUE_TYPE(AP_DEVICE_TYPE_CEX8),
	{ }
};

static const struct vap_ap_driver vap_ap_driver = {
	.dev_groups = vap_sysfs_queue_groups,
	.probe = probe,
	.remove = remove,
	.in_use = in_use,
	.on_config_changed = on_config_changed,
	.on_scan_complete = on_scan_complete,
	.ids = queue_ids,
};

/* And what probe has put off. */
static void unregister(void)
{
	vap_compat_ap_unregister();
	cancel_delayed_work_sync(&look_work);
	cancel_work_sync(&rebind_work);
}

int vap_bus_init(void)
{
	static char name[] = "vfio_ap";
	int ret;

	registering = true;
	ret = vap_compat_ap_register(&vap_ap_driver, THIS_MODULE, name);
	if (ret)
		return ret;
	ret = bus_register_notifier(vap_compat_ap_driver()->bus, &bus_notifier);
	registering = false;
	read_host();
	if (ret)
		unregister();
	return ret;
}

void vap_bus_exit(void)
{
	struct vap_queue *queue;
	unsigned long apqn;

	/* nothing is to be bound anew any more */
	cancel_delayed_work_sync(&look_work);
	mutex_lock(&vap.lock);
	xa_for_each_marked(&vap.queues, apqn, queue, REBIND_MARK)
		xa_clear_mark(&vap.queues, apqn, REBIND_MARK);
	mutex_unlock(&vap.lock);
	unregister();
	bus_unregister_notifier(vap_compat_ap_driver()->bus, &bus_notifier);
}

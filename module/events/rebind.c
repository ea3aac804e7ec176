// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queues that the AP bus still treats as its own.
 *
 * The bus treats the queue devices that it creates as its own for a moment:
 * after our probe it resets the queue and enables interrupts to the host, and
 * it would do so again whenever the card comes back from standby. It leaves
 * those alone that were taken from a driver. So a queue device that was never
 * unbound since it was created is rebound once the scan is over, before anybody
 * may have it. What happened before the module was loaded shows in the queue's
 * state, see compat/ap/bus_use.c.
 *
 * A scan that saw a queue in error lets go of its lock before it does the same
 * to it. So it may come too late, when the queue has changed hands and is in a
 * guest already. It shows by interrupts that are enabled though nobody whom we
 * know of has enabled them: a queue that was taken from a driver is looked at
 * again after a while, and before a guest gets it until then.
 */
#include <linux/bitmap.h>
#include "events/events.h"
#include "record.h"

#define LOOK_AFTER	HZ	/* no scan takes as long between two statements */
#define LOOKS_AT_ONCE	64
#define SCAN_POLL	msecs_to_jiffies(20)

/* Devices that some driver left since they were created: the bus's own no more. */
static DECLARE_BITMAP(inert, VAP_NO_APQN);
/* Devices that are being deleted. */
static DECLARE_BITMAP(deleted, VAP_NO_APQN);
/* Device that is being created, and by whom; only that task looks at it. */
static struct device *creating;
static struct task_struct *creator;
static bool registering;

static bool is_being_created(const struct device *dev)
{
	return READ_ONCE(creating) == dev && READ_ONCE(creator) == current;
}

/**
 * vap_rebind_ask_bus - how does the AP bus treat a queue that is being bound?
 * @queue: the queue, which nobody else knows yet
 *
 * One TAPQ and a look at some attributes, which is much less than to rebind the queue.
 *
 * Context: probe of the driver, vap.lock not held. May sleep.
 * Return: UNSETTLED unless the hardware says that the queue is operational; LEFT only
 * if that is certain: while a reset is in progress the interrupt bit is not defined
 */
enum vap_ap_bus_use vap_rebind_ask_bus(struct vap_queue *queue)
{
	struct ap_queue_status status;
	enum vap_ap_bus_use use;

	if (test_bit(queue->apqn, inert))
		return VAP_AP_BUS_LEFT;
	if (is_being_created(queue->dev))
		return VAP_AP_BUS_UNSETTLED;
	use = vap_compat_ap_bus_use(queue->dev);
	if (use == VAP_AP_BUS_UNSETTLED)
		return use;
	spin_lock(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	spin_unlock(&queue->lock);
	if (status.response_code == AP_RESPONSE_RESET_IN_PROGRESS)
		return VAP_AP_BUS_USES;
	if (status.response_code != AP_RESPONSE_NORMAL)
		return VAP_AP_BUS_UNSETTLED;
	return status.irq_enabled ? VAP_AP_BUS_USES : use;
}

/**
 * vap_rebind_is_needed - does a queue that was just bound have to be rebound?
 * @queue: the queue
 * @use: result of vap_rebind_ask_bus() for it
 * @when: result if so
 *
 * Context: probe of the driver, vap.lock held.
 * Return: true if so
 */
bool vap_rebind_is_needed(const struct vap_queue *queue, enum vap_ap_bus_use use,
			  enum vap_rebind *when)
{
	lockdep_assert_held(&vap.lock);
	if (use == VAP_AP_BUS_LEFT)
		return false;
	*when = VAP_REBIND_NOW;
	if (is_being_created(queue->dev) ||
	    (READ_ONCE(registering) && use == VAP_AP_BUS_UNSETTLED))
		*when = VAP_REBIND_AFTER_SCAN;
	return true;
}

/**
 * vap_rebind_is_registering - is the driver being registered?
 *
 * Context: Any.
 * Return: true if so
 */
bool vap_rebind_is_registering(void)
{
	return READ_ONCE(registering);
}

/**
 * vap_rebind_is_ours - is a queue bound because the module binds it itself?
 * @apqn: its number
 *
 * Context: probe of the driver.
 * Return: true while the driver is being registered, or the queue is being rebound
 */
bool vap_rebind_is_ours(unsigned int apqn)
{
	return vap_rebind_is_registering() || READ_ONCE(vap.rebinding) == apqn;
}

static void start_rebinding(void)
{
	if (!READ_ONCE(registering))
		mod_delayed_work(vap.wq, &vap.rebind_work, 0);
}

/**
 * vap_rebind_set_registering - set whether the driver is being registered
 * @value: whether it is
 *
 * While it is, a scan of the AP bus may be at any queue, and nothing is rebound: all
 * queues that have to wait for a scan wait for the same one.
 *
 * Context: Module init. Takes vap.lock.
 */
void vap_rebind_set_registering(bool value)
{
	vap_lock();
	WRITE_ONCE(registering, value);
	vap_unlock();
	start_rebinding();
}

/**
 * vap_rebind_queue - have a queue rebound before any use
 * @queue: the queue
 * @when: now, or after a scan of the AP bus
 *
 * The caller marks queue->mdev.
 *
 * Context: Process context, vap.lock held.
 */
void vap_rebind_queue(struct vap_queue *queue, enum vap_rebind when)
{
	lockdep_assert_held(&vap.lock);
	vap_queue_set_rebind(queue, when);
	start_rebinding();
}

/**
 * vap_rebind_look_later - check after a while whether the AP bus has reinitialised a queue
 * @queue: the queue
 *
 * Context: Process context, vap.lock held.
 */
void vap_rebind_look_later(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->look_at, jiffies + LOOK_AFTER);
	xa_set_mark(&vap.queues, queue->apqn, VAP_MARK_LOOK);
	queue_delayed_work(vap.wq, &vap.look_work, LOOK_AFTER);
}

/* rebinding */

/*
 * Unbinding a queue that a guest has, or has left unclean, would wait: the work is
 * queued again when that is over, see vap_queue_event().
 */
static bool may_be_unbound(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return queue->dev && !queue->guest &&
	       (!queue->tainted || queue->state == VAP_QUEUE_UNKNOWN ||
		queue->state == VAP_QUEUE_STANDBY);
}

/* The next queue to rebind, with a reference to its device, or NULL. */
static struct device *next_to_rebind(bool *scan_first)
{
	struct device *dev = NULL;
	struct vap_queue *queue;
	unsigned long apqn;

	*scan_first = false;
	vap_lock();
	xa_for_each_marked(&vap.queues, apqn, queue, VAP_MARK_REBIND) {
		if (!may_be_unbound(queue))
			continue;
		dev = get_device(queue->dev);
		*scan_first = queue->rebind == VAP_REBIND_AFTER_SCAN;
		break;
	}
	if (dev && !*scan_first) {
		vap_queue_set_rebinding(apqn);
		xa_clear_mark(&vap.queues, apqn, VAP_MARK_REBIND);
	}
	vap_unlock();
	return dev;
}

static void rebind_device(struct device *dev)
{
	struct vap_mdev *mdev;
	int apqn;

	if (vap_ap_device_is_ours(dev) && device_reprobe(dev))
		dev_info(dev, "could not be rebound\n");
	vap_lock();
	apqn = READ_ONCE(vap.rebinding);
	vap_queue_set_rebinding(-1);
	mdev = vap_mdev_by_apqn(apqn);
	if (mdev)
		vap_mdev_mark(mdev);
	vap_unlock();
	vap_update_marked();
}

/* All queues that wait for a scan are served by the next. */
static void scan(void)
{
	struct vap_queue *queue;
	unsigned long apqn;

	vap_lock();
	xa_for_each_marked(&vap.queues, apqn, queue, VAP_MARK_REBIND)
		queue->rebind = VAP_REBIND_NOW;
	vap_unlock();
	vap_compat_ap_rescan();
}

/*
 * Before the end of its first scan the bus scans only by itself, and what it has created it
 * may not have initialized yet. Nothing tells of that end.
 */
static void rebind_work_fn(struct work_struct *work)
{
	struct device *dev;
	bool scan_first;

	while ((dev = next_to_rebind(&scan_first))) {
		bool too_early = scan_first && !vap_compat_ap_has_scanned(dev);

		if (too_early)
			queue_delayed_work(vap.wq, &vap.rebind_work, SCAN_POLL);
		else if (scan_first)
			scan();
		else
			rebind_device(dev);
		put_device(dev);
		if (too_early)
			break;
	}
}

/* looking again */

/* Interrupts are enabled, and no guest has asked for them through us. */
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

static void look_at_queue(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->rebind != VAP_REBIND_NO || queue->withdrawn || !taken_by_bus(queue))
		return;
	dev_notice_ratelimited(queue->dev, "reinitialised by the AP bus; rebinding\n");
	vap_record(BUS_REINIT, VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(queue->mdev));
	vap_rebind_queue(queue, VAP_REBIND_AFTER_SCAN);
	if (queue->mdev)
		vap_mdev_mark(queue->mdev);
}

static bool is_being_reset(const struct vap_queue *queue)
{
	return queue->state == VAP_QUEUE_RESETTING || queue->state == VAP_QUEUE_IN_PLACE;
}

/* A part of those that are to be looked at; true if more are, `later` some of them. */
static bool look_at_some(bool *later)
{
	struct vap_queue *queue;
	unsigned long apqn;
	unsigned int nr = 0;

	*later = false;
	vap_lock();
	xa_for_each_marked(&vap.queues, apqn, queue, VAP_MARK_LOOK) {
		if (is_being_reset(queue) ||
		    time_before(jiffies, READ_ONCE(queue->look_at))) {
			*later = true;
			continue;
		}
		if (nr++ == LOOKS_AT_ONCE)
			break;
		xa_clear_mark(&vap.queues, apqn, VAP_MARK_LOOK);
		look_at_queue(queue);
	}
	vap_unlock();
	return nr > LOOKS_AT_ONCE;
}

/**
 * vap_rebind_look_now - before a guest gets queues: has the AP bus reinitialised one of them?
 * @mdev: the mdev that was assigned the queues, or whose guest is about to get them
 *
 * For queues that are to be looked at anyway, since they were bound a moment ago. Of many, those
 * that are left out are looked at later.
 *
 * Context: Process context, vap.lock held.
 */
void vap_rebind_look_now(const struct vap_mdev *mdev)
{
	struct vap_queue *queue;
	unsigned long apqn;
	unsigned int nr = 0;

	lockdep_assert_held(&vap.lock);
	xa_for_each_marked(&vap.queues, apqn, queue, VAP_MARK_LOOK) {
		if (queue->mdev != mdev || queue->guest || is_being_reset(queue))
			continue;
		if (nr++ == LOOKS_AT_ONCE)
			break;
		look_at_queue(queue);
	}
}

static void look_work_fn(struct work_struct *work)
{
	bool later;

	while (look_at_some(&later))
		cond_resched();
	vap_update_marked();
	if (later)
		queue_delayed_work(vap.wq, &vap.look_work, LOOK_AFTER);
}

/* what the driver core tells of queue devices */

/**
 * vap_rebind_device_is_deleted - is the device of an APQN being deleted, not only unbound?
 * @apqn: 0 to 0xffff
 *
 * Context: remove of the driver. Takes no lock.
 * Return: true if so
 */
bool vap_rebind_device_is_deleted(unsigned int apqn)
{
	return test_bit(apqn, deleted);
}

/**
 * vap_rebind_bus_event - notifier of the AP bus
 * @nb: not used
 * @event: BUS_NOTIFY_*
 * @data: the device
 *
 * Context: Process context; the driver core may hold locks of the device. Takes no lock.
 * Return: NOTIFY_OK; NOTIFY_DONE if the device is not a queue
 */
int vap_rebind_bus_event(struct notifier_block *nb, unsigned long event, void *data)
{
	unsigned int apqn = vap_ap_device_apqn(data);

	if (apqn == VAP_NO_APQN)
		return NOTIFY_DONE;
	switch (event) {
	case BUS_NOTIFY_ADD_DEVICE:
		clear_bit(apqn, inert);
		clear_bit(apqn, deleted);
		WRITE_ONCE(creating, data);
		WRITE_ONCE(creator, current);
		break;
	case BUS_NOTIFY_DEL_DEVICE:
		set_bit(apqn, deleted);
		break;
	case BUS_NOTIFY_UNBOUND_DRIVER:
		set_bit(apqn, inert);
		break;
	default:
		break;
	}
	return NOTIFY_OK;
}

/**
 * vap_rebind_init - initialise the works
 *
 * Context: Module init, before the driver is registered.
 */
void vap_rebind_init(void)
{
	INIT_DELAYED_WORK(&vap.rebind_work, rebind_work_fn);
	INIT_DELAYED_WORK(&vap.look_work, look_work_fn);
}

/**
 * vap_rebind_stop - start no further rebinding
 *
 * A rebinding that is in progress continues.
 *
 * Context: Module exit, before the driver is unregistered. Takes vap.lock. Sleeps.
 */
void vap_rebind_stop(void)
{
	struct vap_queue *queue;
	unsigned long apqn;

	cancel_delayed_work_sync(&vap.look_work);
	vap_lock();
	xa_for_each_marked(&vap.queues, apqn, queue, VAP_MARK_REBIND)
		xa_clear_mark(&vap.queues, apqn, VAP_MARK_REBIND);
	vap_unlock();
}

/**
 * vap_rebind_exit - wait for the works to end
 *
 * Context: Module exit or failed init, after the driver was unregistered. Sleeps.
 */
void vap_rebind_exit(void)
{
	cancel_delayed_work_sync(&vap.look_work);
	cancel_delayed_work_sync(&vap.rebind_work);
}

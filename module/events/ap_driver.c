// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver that the AP bus has of us: queue devices come and go.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include "events/events.h"
#include "record.h"

#define GRACE_MS	20	/* for the first reset of a queue bound by hand */
#define GRACE_EVERY	(HZ / 5)
#define TELL_AFTER	(2 * HZ)

/* binding */

/*
 * A queue that an mdev has should be of use when the write to bind returns. With many
 * at a time one wait serves all. If we bind it ourselves, nobody waits for that; and
 * whoever assigns a queue that no mdev has yet waits for its reset then.
 */
static void wait_for_first_reset(struct vap_queue *queue)
{
	static unsigned long last;
	unsigned long now = jiffies;

	if (vap_rebind_is_ours(queue->apqn) ||
	    time_before(now, READ_ONCE(last) + GRACE_EVERY))
		return;
	WRITE_ONCE(last, now);
	wait_event_timeout(vap.wait,
			   READ_ONCE(queue->reason) != APM_REASON_RESET_PENDING,
			   msecs_to_jiffies(GRACE_MS));
}

/* What has to happen before anybody may use the queue. */
static void start_life(struct vap_queue *queue, enum vap_ap_bus_use use)
{
	enum vap_rebind when;

	lockdep_assert_held(&vap.lock);
	if (vap_rebind_is_needed(queue, use, &when)) {
		vap_rebind_queue(queue, when);
		return;
	}
	vap_rebind_look_later(queue);
	/* one that is still in a guest's APCB is reset once it has left that */
	if (!queue->guest)
		vap_reset_start(queue, NULL, VAP_EVENT_RESET, !vap_rebind_is_registering());
}

/*
 * Put a new queue into the place of its APQN, or the device into a queue whose
 * old device went while a guest still had it. Returns the queue that is in place.
 */
static struct vap_queue *place_queue(struct vap_queue *queue)
{
	struct vap_queue *old = vap_queue_find(queue->apqn);

	lockdep_assert_held(&vap.lock);
	if (!old)
		return vap_queue_publish(queue) ? NULL : queue;
	if (!old->dead)
		return NULL;
	vap_queue_adopt(old, queue->dev);
	return old;
}

static int vap_ap_probe(struct ap_device *ap_dev)
{
	struct device *dev = &ap_dev->device;
	unsigned int apqn = vap_ap_device_apqn(dev);
	struct vap_queue *queue, *placed;
	enum vap_ap_bus_use use;
	bool ready;

	if (apqn == VAP_NO_APQN)
		return -ENODEV;
	queue = vap_queue_create(dev, apqn);
	if (!queue)
		return -ENOMEM;
	use = vap_rebind_ask_bus(queue);

	vap_lock();
	placed = place_queue(queue);
	if (!placed) {
		vap_unlock();
		vap_queue_put(queue);
		return -EBUSY;
	}
	dev_set_drvdata(dev, placed);
	start_life(placed, use);
	vap_mdev_link_queue(placed);
	ready = placed->mdev && placed->rebind == VAP_REBIND_NO && !placed->guest;
	if (!vap_rebind_is_registering())
		vap_record(BIND, VAP_APQN_ARGS(apqn), VAP_MDEV_ARGS(placed->mdev));
	vap_unlock();
	if (placed != queue)
		vap_queue_put(queue);
	vap_update_marked();
	if (ready)
		wait_for_first_reset(placed);
	return 0;
}

/* unbinding */

/*
 * Does the queue hold anything of a guest that a reset may yet take away? Lock-free:
 * it stops being tainted only when a reset after it left the guest is complete.
 */
static bool has_to_wait(const struct vap_queue *queue)
{
	return READ_ONCE(queue->guest) ||
	       (READ_ONCE(queue->tainted) &&
		READ_ONCE(queue->state) != VAP_QUEUE_UNKNOWN &&
		!vap_response_is_away(READ_ONCE(queue->reset.rc)));
}

static void tell_of_wait(struct vap_queue *queue)
{
	char guest[UUID_STRING_LEN + 1] = "";

	vap_lock();
	if (queue->guest)
		strscpy(guest, dev_name(mdev_dev(queue->guest->mdev)), sizeof(guest));
	vap_unlock();
	if (guest[0])
		dev_warn(queue->dev, "unbind waits for the VM of mdev %s to let go of the queue\n",
			 guest);
	else
		dev_warn(queue->dev, "unbind waits for a reset of the queue, which may hold guest data; response code %02x\n",
			 READ_ONCE(queue->reset.rc));
}

/*
 * Has the host lost the queue? Then the AP bus's scan deletes the device, and waits for
 * the device lock, which the caller holds. A host without QCI is not told of a loss, so
 * the queue is asked, too.
 */
static bool is_lost(struct vap_queue *queue)
{
	bool lost;

	vap_lock();
	lost = !vap_matrix_has(&vap.host, queue->apqn);
	vap_unlock();
	if (lost)
		return true;
	spin_lock(&queue->lock);
	lost = vap_response_class(ap_tapq(queue->apqn, NULL).response_code) ==
	       VAP_RESPONSE_ABSENT;
	spin_unlock(&queue->lock);
	return lost;
}

/*
 * The host has lost the queue: its guest normally loses it at once, or as soon as its VM
 * has done what it is at. One that stalls is not waited for, since the AP bus's scan waits
 * for the caller, and for a while after that nobody is: see leave_place().
 */
static void wait_for_guest(const struct vap_queue *queue)
{
	static unsigned long stalled_until = INITIAL_JIFFIES;

	if (time_before(jiffies, READ_ONCE(stalled_until)))
		return;
	if (!wait_event_idle_timeout(vap.wait, !READ_ONCE(queue->guest), HZ))
		WRITE_ONCE(stalled_until, jiffies + 5 * HZ);
}

/*
 * The device may go to another driver: not before the guest has lost the queue
 * and a reset is complete, however long that takes. A driver cannot refuse to be
 * unbound, so a signal does not end it; it counts as idle, since nothing is wrong
 * with the task. If the host loses the queue meanwhile, the device goes to nobody, and
 * only the guest is waited for: see vap_ap_remove().
 */
static void wait_until_clean(struct vap_queue *queue)
{
	unsigned long told = jiffies + TELL_AFTER;
	unsigned long changes = READ_ONCE(vap.host_changes);
	bool tell = true;

	while (has_to_wait(queue) && !is_lost(queue)) {
		wait_event_idle_timeout(vap.wait,
					!has_to_wait(queue) ||
					READ_ONCE(vap.host_changes) != changes, HZ / 2);
		changes = READ_ONCE(vap.host_changes);
		if (tell && time_after(jiffies, told) && has_to_wait(queue)) {
			tell_of_wait(queue);
			tell = false;
		}
	}
	if (!has_to_wait(queue))
		return;
	wait_for_guest(queue);
	if (has_to_wait(queue))
		dev_info(queue->dev, "unbind waits no longer: the host has lost the queue; it is reset before any use if it returns\n");
}

/*
 * The device is gone for us. A queue that is still in a guest's APCB stays in its
 * place without it, until that APCB is written. True if its reference is ours to
 * put.
 */
static bool leave_place(struct vap_queue *queue)
{
	bool there, done;

	lockdep_assert_held(&vap.lock);
	vap_reset_cancel(queue);
	there = queue->state != VAP_QUEUE_UNKNOWN &&
		vap_matrix_has(&vap.host, queue->apqn);
	/* what is not there notifies nobody; after a reset it does not, either */
	if (!there || !queue->tainted)
		vap_irq_off(queue);
	else
		dev_warn(queue->dev, "removed without successful reset; may hold guest data; response code %02x\n",
			 READ_ONCE(queue->reset.rc));
	vap_queue_event(queue, VAP_EVENT_LOST);
	vap_queue_kill(queue);
	done = !queue->guest;
	if (done) {
		vap_mdev_unlink_queue(queue);
		vap_queue_erase(queue);
	}
	return done;
}

static void vap_ap_remove(struct ap_device *ap_dev)
{
	struct vap_queue *queue = dev_get_drvdata(&ap_dev->device);
	bool put;

	vap_lock();
	vap_record(UNBIND, VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(queue->mdev));
	vap_queue_set_rebind(queue, VAP_REBIND_NO);
	queue->withdrawn = true;
	vap_queue_refresh(queue);
	if (queue->mdev)
		vap_mdev_mark(queue->mdev);
	vap_unlock();
	vap_update_marked();

	/* a device that is deleted goes to nobody */
	if (vap_rebind_device_is_deleted(queue->apqn))
		wait_for_guest(queue);
	else
		wait_until_clean(queue);

	vap_lock();
	put = leave_place(queue);
	vap_unlock();
	dev_set_drvdata(&ap_dev->device, NULL);
	if (put)
		vap_queue_put(queue);	/* Pairs with vap_queue_create() */
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
	.probe = vap_ap_probe,
	.remove = vap_ap_remove,
	.in_use = vap_veto_in_use,
	.on_config_changed = vap_host_config_changed,
	.on_scan_complete = vap_host_scan_complete,
	.ids = queue_ids,
};

static struct notifier_block bus_notifier = { .notifier_call = vap_rebind_bus_event };

static void unregister_driver(void)
{
	vap_compat_ap_unregister();
	vap_rebind_exit();
}

/* One record for all queues that were there when the driver was registered. */
static void record_bound(void)
{
	struct vap_queue *queue;
	unsigned long apqn, first = 0;
	unsigned int nr = 0;

	vap_lock();
	xa_for_each(&vap.queues, apqn, queue) {
		if (!nr++)
			first = apqn;
	}
	vap_unlock();
	if (nr)
		vap_record(BIND_MANY, nr, VAP_APQN_ARGS((unsigned int)first));
}

/* Queues are bound one by one, and what follows from that is done once for all. */
static int register_driver(void)
{
	static char name[] = "vfio_ap";
	int ret;

	vap_rebind_set_registering(true);
	vap_reset_hold(true);
	ret = vap_compat_ap_register(&vap_ap_driver, THIS_MODULE, name);
	vap_reset_hold(false);
	if (!ret)
		record_bound();
	return ret;
}

/**
 * vap_ap_driver_init - register the driver at the AP bus and read the host's configuration
 *
 * Context: Module init, after vap_root_device_init(). The AP bus binds queues before the
 * function returns. May sleep.
 * Return: 0; -ENODEV or -ENOEXEC as vap_compat_ap_register(); an errno of the driver core.
 * After an error, nothing is registered.
 */
int vap_ap_driver_init(void)
{
	int ret;

	vap_rebind_init();
	ret = register_driver();
	if (ret)
		return ret;
	ret = bus_register_notifier(vap_compat_ap_driver()->bus, &bus_notifier);
	vap_rebind_set_registering(false);
	vap_host_config_read();
	if (ret)
		unregister_driver();
	return ret;
}

/**
 * vap_ap_driver_exit - unbind all queues and unregister the driver
 *
 * On return, each queue that held data of a guest has been reset, except those that cannot
 * be reset now.
 *
 * Context: Module exit or failed init; no mdev exists. Sleeps until resets are complete.
 */
void vap_ap_driver_exit(void)
{
	vap_rebind_stop();
	unregister_driver();
	bus_unregister_notifier(vap_compat_ap_driver()->bus, &bus_notifier);
}

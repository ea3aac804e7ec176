// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bring an mdev up to date: decide, write the APCB, settle.
 *
 * Under mdev->update_lock, one mdev at a time goes through
 *
 *   1. kvm->lock of its VM, if it has a guest: taken first, so that however long
 *      the VM keeps us waiting, what is decided then is new
 *   2. decide (vap.lock, short): run the filter; queues that come count as the
 *      guest's from here on
 *   3. write the APCB, if it changes; PQAP(AQIC) follows it. kvm->lock ends here.
 *   4. settle (vap.lock, short): queues that left are the guest's no more, and
 *      their resets start
 *   5. tell who watches, and record
 *
 * until no mark is left. Whatever was marked while a VM kept us waiting arrives
 * in its guest in one update.
 *
 * Whoever marked an mdev calls vap_update_marked(), which tries: if the mdev is
 * being updated, or its VM is busy, the rest is left to mdev->update_work. So
 * nobody waits for another one's VM; who has to wait for this mdev does so with
 * vap_update_wait_*().
 *
 * Without an attached guest mdev->guest is what a guest would get. Queues that
 * are being reset because a guest went away stay in it (IN_PLACE), so that it
 * does not change twice; the next guest waits for them.
 */
#include <linux/kvm_host.h>
#include "decision/update.h"
#include "record.h"

/* One step of an mdev, as decided. */
struct step {
	unsigned long mark;		/* the last one that it takes care of */
	bool attached;
	bool removing;
	bool guest_changes;
	bool queues_change;		/* of the guest's matrix */
	bool control_changes;
	bool apcb_changes;
	struct apm_matrix assigned;	/* copies, to be used without vap.lock */
	struct apm_matrix host;
	struct apm_matrix guest;
	struct apm_matrix apcb;
	struct list_head coming;	/* queues, by change_node */
	struct list_head leaving;
	unsigned int nr_coming;
	unsigned int nr_leaving;
};

/* deciding; vap.lock held */

static void add_coming(struct vap_mdev *mdev, struct step *step, struct vap_queue *queue)
{
	/* ready, says the filter; of this mdev, since it is assigned */
	if (WARN_ON_ONCE(!queue || queue->guest || queue->mdev != mdev))
		return;
	if (queue->state == VAP_QUEUE_STANDBY)
		vap_reset_cancel(queue);
	vap_queue_event(queue, VAP_EVENT_PLUG);
	WRITE_ONCE(queue->tainted, true);
	WRITE_ONCE(queue->guest, mdev);
	list_add_tail(&queue->change_node, &step->coming);
	step->nr_coming++;
}

static void add_leaving(struct step *step, struct vap_queue *queue)
{
	if (WARN_ON_ONCE(!queue))
		return;
	list_add_tail(&queue->change_node, &step->leaving);
	step->nr_leaving++;
}

static void list_changes(struct vap_mdev *mdev, struct step *step)
{
	XA_STATE(at, &vap.queues, 0);
	unsigned int apid, apqi;
	struct apm_mask domains;

	lockdep_assert_held(&vap.lock);
	rcu_read_lock();
	vap_for_each_beyond(apid, apqi, &step->apcb, &mdev->apcb, &domains)
		add_coming(mdev, step, vap_queue_find_next(&at, AP_MKQID(apid, apqi)));
	vap_for_each_beyond(apid, apqi, &mdev->apcb, &step->apcb, &domains)
		add_leaving(step, vap_queue_find_next(&at, AP_MKQID(apid, apqi)));
	rcu_read_unlock();
}

/* Does the VM have to be held for the next step? */
static bool needs_vm(const struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	return mdev->attached || !apm_matrix_empty(&mdev->apcb);
}

static bool is_marked(const struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.lock);
	return mdev->done != mdev->wanted;
}

static void decide(struct vap_mdev *mdev, struct step *step)
{
	struct apm_filter filter;

	lockdep_assert_held(&vap.lock);
	INIT_LIST_HEAD(&step->coming);
	INIT_LIST_HEAD(&step->leaving);
	step->nr_coming = 0;
	step->nr_leaving = 0;
	list_del_init(&mdev->marked_node);
	vap_mdev_filter(mdev, &filter);
	apm_filter_run(&filter, &step->guest);

	step->mark = mdev->wanted;
	step->attached = mdev->attached;
	step->removing = mdev->removing;
	step->assigned = mdev->assigned;
	step->host = vap.host;
	step->queues_change =
		!apm_mask_equal(apm_matrix_apm(&step->guest), apm_matrix_apm(&mdev->guest)) ||
		!apm_mask_equal(apm_matrix_aqm(&step->guest), apm_matrix_aqm(&mdev->guest));
	step->control_changes =
		!apm_mask_equal(apm_matrix_adm(&step->guest), apm_matrix_adm(&mdev->guest));
	step->guest_changes = step->queues_change || step->control_changes;
	if (step->attached)
		step->apcb = step->guest;
	else
		memset(&step->apcb, 0, sizeof(step->apcb));
	step->apcb_changes = !apm_matrix_equal(&step->apcb, &mdev->apcb);

	if (step->guest_changes)
		mdev->generation++;
	mdev->guest = step->guest;
	mdev->apcb_next = step->apcb;
	if (step->apcb_changes)
		list_changes(mdev, step);
}

/* writing; kvm->lock held, vap.lock not */

static void write_apcb(struct vap_mdev *mdev, struct kvm *kvm, struct step *step)
{
	struct vap_queue *queue;

	lockdep_assert_held(&mdev->update_lock);
	list_for_each_entry(queue, &step->leaving, change_node)
		vap_queue_allow_aqic(queue, NULL);
	list_for_each_entry(queue, &step->coming, change_node)
		vap_queue_allow_aqic(queue, mdev);
	if (step->attached)
		vap_apcb_write(kvm, &step->apcb);
	else
		vap_apcb_clear(kvm);
}

/* settling; vap.lock held */

/* The device of a queue that was in the guest is gone: so is the queue, now. */
static void free_dead(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	vap_mdev_unlink_queue(queue);
	vap_queue_erase(queue);
	vap_queue_put(queue);		/* Pairs with vap_queue_create() */
}

/*
 * What a guest had has to be reset; a reset in place that began while it still
 * had the queue proves nothing and starts over. What the host has lost cannot be
 * reset: it comes back, if at all, as a new queue device, or is reset then.
 */
static void queue_has_left(struct vap_mdev *mdev, struct vap_queue *queue, bool attached)
{
	bool in_place;

	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->guest, NULL);
	if (queue->dead) {
		free_dead(queue);
		return;
	}
	if (!vap_matrix_has(&vap.host, queue->apqn)) {
		vap_reset_cancel(queue);
		vap_queue_event(queue, VAP_EVENT_LOST);
		return;
	}
	in_place = !attached &&
		   (queue->state == VAP_QUEUE_USED || queue->state == VAP_QUEUE_IN_PLACE);
	vap_reset_start(queue, mdev, in_place ? VAP_EVENT_IN_PLACE : VAP_EVENT_RESET,
			false);
}

static void settle(struct vap_mdev *mdev, struct step *step)
{
	struct vap_queue *queue, *next;

	lockdep_assert_held(&vap.lock);
	mdev->apcb = step->apcb;
	list_for_each_entry_safe(queue, next, &step->coming, change_node)
		list_del_init(&queue->change_node);
	list_for_each_entry_safe(queue, next, &step->leaving, change_node) {
		list_del_init(&queue->change_node);
		queue_has_left(mdev, queue, step->attached);
	}
	if (mdev->unlink)
		vap_mdev_unlink_foreign(mdev);
	WRITE_ONCE(mdev->done, step->mark);
	wake_up_all(&vap.wait);
}

/* telling; no lock but update_lock */

#define RECORD_EACH	8	/* if more queues than these change: one record */

static void record_changes(struct vap_mdev *mdev, const struct list_head *queues,
			   unsigned int nr, bool plug)
{
	const struct vap_queue *queue;
	u16 first;

	if (!nr)
		return;
	first = list_first_entry(queues, struct vap_queue, change_node)->apqn;
	if (nr > RECORD_EACH) {
		if (plug)
			vap_record(PLUG_MANY, nr, VAP_APQN_ARGS(first), VAP_MDEV_ARGS(mdev));
		else
			vap_record(UNPLUG_MANY, nr, VAP_APQN_ARGS(first), VAP_MDEV_ARGS(mdev));
		return;
	}
	list_for_each_entry(queue, queues, change_node) {
		if (plug)
			vap_record(PLUG, VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(mdev));
		else
			vap_record(UNPLUG, VAP_APQN_ARGS(queue->apqn), VAP_MDEV_ARGS(mdev));
	}
}

/* A record of the first APQN of these whose absence has a cause of its own. */
static void record_first_missing(struct vap_mdev *mdev, const struct apm_filter *filter,
				 const struct apm_matrix *guest,
				 const struct apm_matrix *part, enum apm_reason other_dim)
{
	unsigned int apid, apqi;

	apm_mask_for_each(apid, apm_matrix_apm(part)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(part)) {
			enum apm_reason reason;

			reason = apm_filter_reason(filter, guest, apid, apqi);
			if (reason == APM_REASON_NONE || reason == other_dim ||
			    reason == APM_REASON_SIBLING_WITHHELD)
				continue;
			vap_record(FILTER, apid, apqi, VAP_MDEV_ARGS(mdev),
				   apm_reason_word(reason));
			return;
		}
	}
}

/*
 * One record for each adapter and each domain that was assigned and is now
 * missing in the guest, none for those that have been.
 */
static void record_missing(struct vap_mdev *mdev, const struct step *step)
{
	/* the absence of which is recorded with the id of the other dimension */
	static const enum apm_reason other_dim[] = {
		[APM_DIM_ADAPTER] = APM_REASON_DOMAIN_NOT_IN_HOST,
		[APM_DIM_DOMAIN] = APM_REASON_ADAPTER_NOT_IN_HOST,
	};
	const struct apm_filter filter = {
		.assigned = &step->assigned,
		.host = &step->host,
		.state = vap_queue_reason,
		.removing = step->removing,
	};
	struct apm_matrix_diff given, news;
	struct apm_matrix part;
	unsigned int dim, id;

	lockdep_assert_held(&mdev->update_lock);
	if (apm_matrix_equal(&step->assigned, &step->guest) &&
	    apm_matrix_empty(&mdev->missing))
		return;
	apm_matrix_diff(&step->assigned, &step->guest, &given);
	apm_matrix_diff(&mdev->missing, &given.removed, &news);
	mdev->missing = given.removed;
	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN; dim++) {
		apm_mask_for_each(id, &news.added.dim[dim]) {
			apm_matrix_part(&step->assigned, dim, id, &part);
			record_first_missing(mdev, &filter, &step->guest, &part,
					     other_dim[dim]);
			cond_resched();
		}
	}
}

static void tell_watchers(struct vap_mdev *mdev, const struct step *step)
{
	if (!step->guest_changes)
		return;
	if (step->attached)
		vap_notify_trigger(mdev, VAP_TRIGGER_CFG_CHG);
	vap_notify_guest_matrix(mdev, &step->guest, step->queues_change,
				step->control_changes);
}

/* one step after the other */

enum vm_wait { VM_TRY, VM_WAIT };

static bool lock_vm(struct kvm *kvm, enum vm_wait wait)
{
	if (wait == VM_TRY)
		return vap_compat_masks_trylock(kvm);
	vap_compat_masks_lock(kvm);
	return true;
}

/* Releases vap.lock. True if the mdev was marked again meanwhile. */
static bool run_step(struct vap_mdev *mdev, struct kvm *kvm)
{
	struct step step;
	bool again;

	lockdep_assert_held(&mdev->update_lock);
	lockdep_assert_held(&vap.lock);
	decide(mdev, &step);
	vap_unlock();

	if (step.apcb_changes)
		write_apcb(mdev, kvm, &step);
	if (kvm)
		vap_compat_masks_unlock(kvm);

	record_changes(mdev, &step.leaving, step.nr_leaving, false);
	record_changes(mdev, &step.coming, step.nr_coming, true);

	vap_lock();
	settle(mdev, &step);
	again = is_marked(mdev);
	vap_unlock();

	record_missing(mdev, &step);
	tell_watchers(mdev, &step);
	return again;
}

/* False if somebody has to be waited for, and @wait does not allow that. */
static bool update(struct vap_mdev *mdev, enum vm_wait wait)
{
	struct kvm *kvm;
	bool again;

	lockdep_assert_held(&mdev->update_lock);
	do {
		vap_lock();
		if (!is_marked(mdev)) {
			vap_unlock();
			return true;
		}
		kvm = NULL;
		if (needs_vm(mdev)) {
			/* the VM cannot go before a step has emptied its APCB */
			kvm = mdev->kvm;
			vap_unlock();
			if (!lock_vm(kvm, wait))
				return false;
			vap_lock();
		}
		again = run_step(mdev, kvm);	/* releases vap.lock */
	} while (again);
	return true;
}

static void update_work_fn(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(work, struct vap_mdev, update_work);

	mutex_lock(&mdev->update_lock);
	update(mdev, VM_WAIT);
	mutex_unlock(&mdev->update_lock);
}

/* What can be done without waiting for anybody; else the work does it. */
static void try_update(struct vap_mdev *mdev)
{
	bool done = false;

	if (mutex_trylock(&mdev->update_lock)) {
		done = update(mdev, VM_TRY);
		mutex_unlock(&mdev->update_lock);
	}
	if (!done)
		queue_work(vap.update_wq, &mdev->update_work);
}

/* Whoever calls has marked before, so what is to be seen without vap.lock is in the list. */
static struct vap_mdev *take_marked(void)
{
	struct vap_mdev *mdev;

	if (list_empty(&vap.marked))
		return NULL;
	vap_lock();
	mdev = list_first_entry_or_null(&vap.marked, struct vap_mdev, marked_node);
	if (mdev) {
		list_del_init(&mdev->marked_node);
		vap_mdev_get(mdev);	/* Pairs with the put in vap_update_marked() */
	}
	vap_unlock();
	return mdev;
}

/**
 * vap_update_marked - bring all marked mdevs up to date
 *
 * To be called after vap_mdev_mark(). Does not wait for a VM: what has to wait for one is
 * done by the work of the mdev.
 *
 * Context: Process context, no lock of the module held; the AP bus may hold the lock of its
 * scan. Takes mdev->update_lock and kvm->lock by trylock, and vap.lock. May sleep.
 */
void vap_update_marked(void)
{
	struct vap_mdev *mdev;

	while ((mdev = take_marked())) {
		try_update(mdev);
		vap_mdev_put(mdev);
		cond_resched();
	}
}

static bool is_done(const struct vap_mdev *mdev, unsigned long mark)
{
	return (long)(READ_ONCE(mdev->done) - mark) >= 0;
}

/**
 * vap_update_wait_interruptible - wait until an mdev is up to date
 * @mdev: the mdev
 * @mark: the result of vap_mdev_mark()
 *
 * Context: Process context. Sleeps until the VM of the mdev permits the update, so no lock
 * may be held that others need.
 * Return: 0; -ERESTARTSYS after a signal
 */
int vap_update_wait_interruptible(struct vap_mdev *mdev, unsigned long mark)
{
	return wait_event_interruptible(vap.wait, is_done(mdev, mark));
}

/**
 * vap_update_wait_killable - like the above, but only a fatal signal ends it
 * @mdev: the mdev
 * @mark: the result of vap_mdev_mark()
 *
 * Context: Process context. Sleeps, see vap_update_wait_interruptible().
 * Return: 0; -ERESTARTSYS if the caller is being killed
 */
int vap_update_wait_killable(struct vap_mdev *mdev, unsigned long mark)
{
	return wait_event_killable(vap.wait, is_done(mdev, mark));
}

/**
 * vap_update_wait_uninterruptible - like the above, but no signal ends it
 * @mdev: the mdev
 * @mark: the result of vap_mdev_mark()
 *
 * Context: Process context. Sleeps, see vap_update_wait_interruptible().
 */
void vap_update_wait_uninterruptible(struct vap_mdev *mdev, unsigned long mark)
{
	wait_event(vap.wait, is_done(mdev, mark));
}

/**
 * vap_update_init_mdev - initialise the work of an mdev
 * @mdev: the mdev, before vap_mdev_add()
 *
 * Context: Process context, no lock needed.
 */
void vap_update_init_mdev(struct vap_mdev *mdev)
{
	INIT_WORK(&mdev->update_work, update_work_fn);
}

/**
 * vap_update_init - create the workqueue for updates of mdevs and set vap.complete
 *
 * Each work may wait for a VM, so many may run at the same time.
 *
 * Context: Module init, after vap_model_init(). May sleep.
 * Return: 0 or -ENOMEM
 */
int vap_update_init(void)
{
	vap.complete = vap_update_marked;
	vap.update_wq = alloc_workqueue("vfio_ap_update", WQ_UNBOUND | WQ_MEM_RECLAIM,
					WQ_MAX_ACTIVE);
	return vap.update_wq ? 0 : -ENOMEM;
}

/**
 * vap_update_exit - destroy the workqueue
 *
 * Context: Module exit or failed init; no mdev exists. Sleeps until works are complete.
 */
void vap_update_exit(void)
{
	destroy_workqueue(vap.update_wq);
}

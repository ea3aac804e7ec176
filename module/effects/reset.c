// SPDX-License-Identifier: GPL-2.0-only
/*
 * Zeroize queues and see that it happened.
 *
 * One work item looks after all resets at once: it issues ZAPQ and polls with
 * TAPQ, at once, then after 1, 2, and every 5 ms, and ever less often after
 * 100 ms, with no lock but queue->lock around each instruction. Of queues that
 * are reset together one is polled like that, see follow_last().
 *
 * Limits measure the hardware. They are counted from the instruction that
 * accepted the reset (or was answered first), and only an answer to an
 * instruction that was issued after the limit counts as late: how late we are
 * ourselves never shows.
 *
 * A reset for a new owner that is not complete within RESET_LIMIT_MS has failed:
 * nobody waits for it any more, the queue is withheld, and the worker tries
 * again at growing intervals. A reset in place (VFIO_DEVICE_RESET) takes as long
 * as it takes, and the queue stays its guest's, whatever comes of it.
 *
 * Whoever starts a reset while one is running starts it over: what was issued
 * before the queue left the APCB proves nothing.
 */
#include <linux/hrtimer.h>
#include "effects/effects.h"
#include "record.h"

#define RESET_LIMIT_MS		2000
#define RETRY_FIRST_MS		100
#define RETRY_DOUBLINGS		4	/* so the last interval is 1600 ms */
#define RETRY_POLL_MS		100	/* polls of a queue that is withheld */
#define POLL_MS			5
#define POLL_EXACT_MS		100	/* so long polls come every POLL_MS */
#define POLL_LAST_MS		50
#define ZAPQ_AGAIN_MS		1000	/* idle but not empty: zeroize again */

/* What one look at the hardware says. */
enum outcome {
	OUTCOME_CLEAN,		/* zeroized, empty, interrupts off */
	OUTCOME_WAIT,		/* not yet */
	OUTCOME_STANDBY,	/* deconfigured or checkstopped: cannot be zeroized now */
	OUTCOME_BACK,		/* no longer so */
	OUTCOME_REFUSED,	/* an answer that waiting does not cure */
	OUTCOME_ABSENT,		/* likewise, and the queue notifies nobody */
	OUTCOME_DEAD,		/* the queue is not ours any more */
};

static void reset_work_fn(struct work_struct *work);
static DECLARE_DELAYED_WORK(reset_work, reset_work_fn);
static LIST_HEAD(resets);		/* vap.lock */
static struct vap_reset_counts counts;	/* vap.lock; without withheld */
static DECLARE_WAIT_QUEUE_HEAD(worker_wait);
static atomic_t worker_kicked;
static bool worker_held;		/* vap.lock */

/* Many resets that start together need one kick: the worker has not looked yet. */
static void kick_worker(void)
{
	lockdep_assert_held(&vap.lock);
	if (worker_held || atomic_xchg(&worker_kicked, 1))
		return;
	wake_up(&worker_wait);
	mod_delayed_work(vap.wq, &reset_work, 0);
}

/**
 * vap_reset_hold - say that many resets are about to be started one by one
 * @hold: true: the worker is not woken for each; false: it looks at all of them now
 *
 * Not nested. In between, nobody may wait for a reset.
 *
 * Context: Process context. Takes vap.lock.
 */
void vap_reset_hold(bool hold)
{
	vap_lock();
	worker_held = hold;
	if (!hold)
		kick_worker();
	vap_unlock();
}

/*
 * Queues of one adapter that one mdev waits for, and whose resets start together, mostly
 * complete together. So only the last of them is polled exactly, and the others, which
 * stand before it in the list, when that one has settled; and by themselves ever less
 * often, in case they are faster.
 */
static void follow_last(struct vap_queue *queue, const struct vap_mdev *waiter)
{
	struct vap_queue *last;

	lockdep_assert_held(&vap.lock);
	queue->reset.exact = true;
	last = list_empty(&resets) ? NULL :
		list_last_entry(&resets, struct vap_queue, reset.node);
	if (last && last->reset.waiter == waiter && !last->reset.begun &&
	    AP_QID_CARD(last->apqn) == AP_QID_CARD(queue->apqn))
		last->reset.exact = false;
}

/*
 * The queue has settled: look at those that stand before it in the list, and the nearest
 * of them is the next to be polled exactly. True if there are some.
 */
static bool hand_over(struct vap_queue *queue)
{
	struct vap_queue *other = queue;
	bool exact = queue->reset.exact;

	lockdep_assert_held(&vap.lock);
	if (list_empty(&queue->reset.node) || !exact)
		return false;
	list_for_each_entry_continue_reverse(other, &resets, reset.node) {
		if (other->reset.exact)
			break;
		other->reset.exact = exact;
		exact = false;
		other->reset.due = ktime_get();
	}
	return !exact;
}

/* starting */

/**
 * vap_reset_start - start the reset of a queue, or start it over
 * @queue: the queue
 * @waiter: the mdev that counts the reset until it has settled; may be NULL
 * @event: VAP_EVENT_RESET: for a new owner; VAP_EVENT_IN_PLACE: the queue stays in the
 *	matrix of its mdev during the reset
 * @after_bus: the AP bus may just have reset the queue: find out by TAPQ when ZAPQ can be
 *	accepted
 *
 * The reset ends with vap_queue_reset_settled(), or with vap_reset_cancel().
 *
 * Context: Process context, vap.lock held. Takes queue->lock. Issues no instruction: the
 * worker does.
 */
void vap_reset_start(struct vap_queue *queue, struct vap_mdev *waiter,
		     enum vap_queue_event event, bool after_bus)
{
	struct vap_reset *reset = &queue->reset;

	lockdep_assert_held(&vap.lock);

	vap_queue_event(queue, event);
	vap_queue_set_resetting(queue, true);

	reset->seq++;
	reset->phase = after_bus ? VAP_RESET_TAPQ : VAP_RESET_ZAPQ;
	reset->step = 0;
	reset->retries = 0;
	WRITE_ONCE(reset->rc, AP_RESPONSE_NORMAL);
	reset->begun = 0;
	WRITE_ONCE(reset->accepted, 0);
	reset->counting = false;
	reset->late = false;
	reset->due = ktime_get();
	if (list_empty(&reset->node)) {
		follow_last(queue, waiter);
		list_add_tail(&reset->node, &resets);
	} else {
		hand_over(queue);
		reset->exact = true;
	}
	if (waiter && reset->waiter != waiter) {
		vap_queue_reset_settled(queue, false);
		vap_queue_count_reset(queue, waiter);
	}
	kick_worker();
}

/**
 * vap_reset_count - what resets there were since the module was loaded
 * @to: the counts
 *
 * Context: takes vap.lock. The time of a reset runs from the ZAPQ that was
 * accepted to the answer that showed the queue clean.
 */
void vap_reset_count(struct vap_reset_counts *to)
{
	struct vap_queue *queue;

	vap_lock();
	*to = counts;
	list_for_each_entry(queue, &resets, reset.node)
		to->withheld += queue->state == VAP_QUEUE_FAILED;
	vap_unlock();
}

/**
 * vap_reset_cancel - end the reset of a queue without a result
 * @queue: the queue; nothing is cancelled if it is not being reset
 *
 * An instruction of the worker may be in progress on return; its result is ignored.
 *
 * Context: Process context, vap.lock held.
 */
void vap_reset_cancel(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	queue->reset.seq++;
	if (hand_over(queue))
		kick_worker();
	list_del_init(&queue->reset.node);
	vap_queue_reset_settled(queue, false);
}

/* Without a guest the queue stays in the matrix that a guest would get. */
static void reset_after_standby(struct vap_queue *queue)
{
	bool in_place = queue->mdev && !queue->mdev->attached;

	lockdep_assert_held(&vap.lock);
	vap_reset_start(queue, queue->mdev, in_place ? VAP_EVENT_IN_PLACE : VAP_EVENT_RESET,
			true);
}

/**
 * vap_reset_standby_again - look at an mdev's queues that are in standby
 * @mdev: counts the resets
 *
 * They may be operational by now: then they are reset before they come into the guest.
 *
 * Context: Process context, vap.lock held.
 */
void vap_reset_standby_again(struct vap_mdev *mdev)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->state == VAP_QUEUE_STANDBY)
			reset_after_standby(queue);
	}
}

/**
 * vap_reset_retry_all - look at all queues that are being reset now, not when they are due
 *
 * Context: Process context, vap.lock held.
 */
void vap_reset_retry_all(void)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	if (list_empty(&resets))
		return;
	list_for_each_entry(queue, &resets, reset.node)
		queue->reset.due = ktime_get();
	kick_worker();
}

/* the hardware */

static enum outcome judge(u8 rc)
{
	switch (vap_response_class(rc)) {
	case VAP_RESPONSE_NORMAL:
	case VAP_RESPONSE_WAIT:
		return OUTCOME_WAIT;
	case VAP_RESPONSE_STANDBY:
		return OUTCOME_STANDBY;
	case VAP_RESPONSE_ABSENT:
		return OUTCOME_ABSENT;
	case VAP_RESPONSE_REFUSED:
		break;
	}
	return OUTCOME_REFUSED;
}

static enum outcome issue_zapq(struct vap_queue *queue)
{
	struct ap_queue_status status;

	lockdep_assert_held(&queue->lock);
	status = ap_zapq(queue->apqn, 0);
	WRITE_ONCE(queue->reset.rc, status.response_code);
	if (status.response_code == AP_RESPONSE_NORMAL) {
		queue->reset.run_phase = VAP_RESET_WAIT;
		WRITE_ONCE(queue->reset.accepted, queue->reset.looked);
	}
	return judge(status.response_code);
}

/*
 * ZAPQ was accepted. If the first polls answer 02 because of another reset that
 * runs before ours, that is as good. An association that failed meanwhile needs
 * a new ZAPQ, and so does a queue that is idle but not empty for long.
 */
static enum outcome poll_reset(struct vap_queue *queue)
{
	struct ap_queue_status status;
	u8 rc;

	lockdep_assert_held(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	rc = status.response_code;
	WRITE_ONCE(queue->reset.rc, rc);
	if (rc == AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE ||
	    rc == AP_RESPONSE_ASSOC_FAILED)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	if (rc != AP_RESPONSE_NORMAL)
		return judge(rc);
	if (!status.irq_enabled && (status.queue_empty || queue->aqic))
		return OUTCOME_CLEAN;
	if (ktime_ms_delta(queue->reset.looked, READ_ONCE(queue->reset.accepted)) >=
	    ZAPQ_AGAIN_MS)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	return OUTCOME_WAIT;
}

/* Can ZAPQ be accepted? */
static enum outcome poll_ready(struct vap_queue *queue)
{
	struct ap_queue_status status;

	lockdep_assert_held(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	WRITE_ONCE(queue->reset.rc, status.response_code);
	if (status.response_code == AP_RESPONSE_NORMAL ||
	    status.response_code == AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE ||
	    status.response_code == AP_RESPONSE_ASSOC_FAILED)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	return judge(status.response_code);
}

/* Is the queue operational again? It may come into a guest meanwhile, so TAPQ only. */
static enum outcome poll_standby(struct vap_queue *queue)
{
	struct ap_queue_status status;

	lockdep_assert_held(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	WRITE_ONCE(queue->reset.rc, status.response_code);
	return vap_response_class(status.response_code) == VAP_RESPONSE_STANDBY ?
		OUTCOME_STANDBY : OUTCOME_BACK;
}

static enum outcome run_phase(struct vap_queue *queue)
{
	lockdep_assert_held(&queue->lock);
	queue->reset.looked = ktime_get();
	switch (queue->reset.run_phase) {
	case VAP_RESET_STANDBY:
		return poll_standby(queue);
	case VAP_RESET_TAPQ:
		return poll_ready(queue);
	case VAP_RESET_ZAPQ:
		return issue_zapq(queue);
	case VAP_RESET_WAIT:
		break;
	}
	return poll_reset(queue);
}

/* One look, and another one for each phase that it completes; see their order. */
static enum outcome look_at_hardware(struct vap_queue *queue)
{
	enum vap_reset_phase phase;
	enum outcome outcome;

	spin_lock(&queue->lock);
	do {
		phase = queue->reset.run_phase;
		outcome = queue->dead ? OUTCOME_DEAD : run_phase(queue);
	} while (outcome == OUTCOME_WAIT && queue->reset.run_phase > phase);
	spin_unlock(&queue->lock);
	return outcome;
}

/* what follows from it; vap.lock held */

/* Whom a record of a reset names: who waits for it, or has the queue. */
static const struct vap_mdev *concerned(const struct vap_queue *queue)
{
	return queue->reset.waiter ?: queue->mdev;
}

/* The queue is its guest's, or nobody's. */
static void finish_reset(struct vap_queue *queue, bool failed)
{
	lockdep_assert_held(&vap.lock);
	hand_over(queue);
	list_del_init(&queue->reset.node);
	if (!failed)
		WRITE_ONCE(queue->tainted, queue->guest);
	vap_queue_event(queue, queue->guest ? VAP_EVENT_DONE_IN_GUEST : VAP_EVENT_DONE);
	vap_queue_set_resetting(queue, false);
	vap_queue_reset_settled(queue, failed);
}

static void count_complete(const struct vap_reset *reset)
{
	s64 us = reset->accepted ? ktime_us_delta(reset->looked, reset->accepted) : 0;

	lockdep_assert_held(&vap.lock);
	counts.complete++;
	counts.total_us += us;
	counts.longest_us = max_t(u64, counts.longest_us, us);
}

static void reset_complete(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state == VAP_QUEUE_FAILED)
		dev_info_ratelimited(queue->dev, "reset succeeded, no longer withheld\n");
	vap_irq_off(queue);
	finish_reset(queue, false);
}

static void record_complete(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	vap_record(RESET_COMPLETE, VAP_APQN_ARGS(queue->apqn),
		   VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc,
		   queue->reset.step + 1);
}

/* Leave the queue alone for a while, then go on with @phase as a new attempt. */
static void retry_later(struct vap_queue *queue, enum vap_reset_phase phase)
{
	struct vap_reset *reset = &queue->reset;
	unsigned int ms = RETRY_FIRST_MS << min_t(unsigned int, reset->retries, RETRY_DOUBLINGS);

	lockdep_assert_held(&vap.lock);
	hand_over(queue);
	reset->exact = true;
	reset->retries++;
	reset->phase = phase;
	reset->step = 0;
	reset->begun = 0;
	reset->accepted = 0;
	reset->counting = false;
	reset->due = ktime_add_ms(ktime_get(), ms);
}

static void withhold(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state != VAP_QUEUE_FAILED) {
		queue->reset.retries = 0;
		dev_warn_ratelimited(queue->dev,
				     "reset failed, response code %02x: withheld until it succeeds\n",
				     queue->reset.rc);
		vap_record(RESET_FAILED, VAP_APQN_ARGS(queue->apqn),
			   VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc);
	}
	vap_queue_event(queue, VAP_EVENT_FAILED);
	retry_later(queue, VAP_RESET_ZAPQ);
	vap_queue_reset_settled(queue, true);
}

/* The queue stays its guest's: it was only to be reset, not to be passed on. */
static void fail_in_place(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	dev_warn_ratelimited(queue->dev,
			     "reset in place failed, response code %02x: its guest keeps the queue\n",
			     queue->reset.rc);
	vap_record(RESET_FAILED, VAP_APQN_ARGS(queue->apqn),
		   VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc);
	finish_reset(queue, true);
}

/*
 * The machine resets the queues of an adapter that is deconfigured before anybody can
 * use them again, says mainline, which passes such queues on. So do we, whoever had
 * them; and a queue that is operational again while no guest has it is zeroized first.
 */
static void reset_impossible(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	vap_irq_off(queue);
	if (queue->guest) {
		record_complete(queue);
		reset_complete(queue);
		return;
	}
	if (queue->state != VAP_QUEUE_STANDBY) {
		queue->reset.retries = 0;
		vap_record(RESET_IMPOSSIBLE, VAP_APQN_ARGS(queue->apqn),
			   VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc);
	}
	vap_queue_event(queue, VAP_EVENT_STANDBY);
	vap_queue_set_resetting(queue, false);
	retry_later(queue, VAP_RESET_STANDBY);
	vap_queue_reset_settled(queue, false);
}

static void reset_failed(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	counts.failed++;
	if (queue->guest && queue->state == VAP_QUEUE_IN_PLACE)
		fail_in_place(queue);
	else
		withhold(queue);
}

/* How long to wait after a look, in ms, by how long the hardware has taken. */
static unsigned int poll_delay(const struct vap_queue *queue)
{
	const struct vap_reset *reset = &queue->reset;
	s64 ms = ktime_ms_delta(reset->looked, reset->begun);

	if (queue->state == VAP_QUEUE_FAILED)
		return RETRY_POLL_MS;
	if (!reset->exact)
		return clamp_t(s64, ms / 2, POLL_MS, POLL_LAST_MS);
	if (reset->step <= 2)
		return reset->step;
	return clamp_t(s64, ms <= POLL_EXACT_MS ? POLL_MS : ms / 10, POLL_MS, POLL_LAST_MS);
}

static void tell_once_that_it_takes_long(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->reset.late)
		return;
	queue->reset.late = true;
	dev_warn_ratelimited(queue->dev,
			     "reset in place not complete after %u ms, response code %02x: its guest keeps the queue\n",
			     RESET_LIMIT_MS, queue->reset.rc);
}

static void wait_on(struct vap_queue *queue)
{
	struct vap_reset *reset = &queue->reset;
	bool late;

	lockdep_assert_held(&vap.lock);
	if (!reset->begun)
		reset->begun = reset->looked;
	if (!reset->counting && reset->accepted) {
		reset->begun = reset->accepted;
		reset->counting = true;
	}
	late = ktime_ms_delta(reset->looked, reset->begun) > RESET_LIMIT_MS;
	if (late && !(queue->guest && queue->state == VAP_QUEUE_IN_PLACE)) {
		counts.failed++;
		withhold(queue);
		return;
	}
	if (late)
		tell_once_that_it_takes_long(queue);
	reset->step++;
	reset->due = ktime_add_ms(ktime_get(), poll_delay(queue));
}

/* Was the reset started over, or cancelled, since the worker looked? */
static bool is_outdated(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return queue->reset.run_seq != queue->reset.seq || list_empty(&queue->reset.node);
}

/* True if somebody's guest may have to be recomputed. */
static bool apply_outcome(struct vap_queue *queue)
{
	struct vap_reset *reset = &queue->reset;
	enum vap_queue_state state = queue->state;

	lockdep_assert_held(&vap.lock);
	if (is_outdated(queue))
		return false;
	reset->phase = reset->run_phase;
	switch ((enum outcome)reset->run_outcome) {
	case OUTCOME_CLEAN:
		count_complete(reset);
		reset_complete(queue);
		break;
	case OUTCOME_WAIT:
		wait_on(queue);
		break;
	case OUTCOME_STANDBY:
		reset_impossible(queue);
		break;
	case OUTCOME_BACK:
		reset_after_standby(queue);
		break;
	case OUTCOME_ABSENT:
		vap_irq_off(queue);
		reset_failed(queue);
		break;
	case OUTCOME_REFUSED:
		reset_failed(queue);
		break;
	case OUTCOME_DEAD:
		break;
	}
	return queue->state != state;
}

/* the worker */

#define BATCH		64	/* queues to which answers are applied in one hold of vap.lock */
#define RECORD_EACH	8	/* if more of them are complete: one record */

static void take_due(struct list_head *batch)
{
	ktime_t now = ktime_get();
	struct vap_queue *queue;

	vap_lock();
	list_for_each_entry(queue, &resets, reset.node) {
		if (ktime_after(queue->reset.due, now))
			continue;
		vap_queue_ref(queue);	/* Pairs with the put in apply_some() */
		queue->reset.run_seq = queue->reset.seq;
		queue->reset.run_phase = queue->reset.phase;
		list_add_tail(&queue->reset.run_node, batch);
	}
	vap_unlock();
}

static bool is_complete(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return queue->reset.run_outcome == OUTCOME_CLEAN && !is_outdated(queue);
}

/* What of the next BATCH queues is complete: a record for each, or one for many. */
static void record_some(const struct list_head *batch)
{
	const struct vap_queue *complete[RECORD_EACH], *queue;
	unsigned int nr = 0, seen = 0, i;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, batch, reset.run_node) {
		if (seen++ == BATCH)
			break;
		if (!is_complete(queue))
			continue;
		if (nr < RECORD_EACH)
			complete[nr] = queue;
		nr++;
	}
	if (nr > RECORD_EACH)
		vap_record(RESET_COMPLETE_MANY, nr, VAP_APQN_ARGS(complete[0]->apqn),
			   VAP_MDEV_ARGS(concerned(complete[0])),
			   complete[0]->reset.step + 1);
	for (i = 0; i < nr && nr <= RECORD_EACH; i++)
		record_complete(complete[i]);
}

static void apply_some(struct list_head *batch)
{
	struct vap_queue *queue;
	unsigned int i;

	vap_lock();
	record_some(batch);
	for (i = 0; i < BATCH && !list_empty(batch); i++) {
		queue = list_first_entry(batch, struct vap_queue, reset.run_node);
		list_del_init(&queue->reset.run_node);
		if (apply_outcome(queue) && queue->mdev)
			vap_mdev_mark(queue->mdev);
		vap_queue_put(queue);
	}
	vap_unlock();
}

/* Nanoseconds until the next reset is due, or -1. */
static s64 next_due(void)
{
	ktime_t now = ktime_get();
	struct vap_queue *queue;
	s64 next = -1;

	vap_lock();
	list_for_each_entry(queue, &resets, reset.node) {
		s64 left = max_t(s64, ktime_to_ns(ktime_sub(queue->reset.due, now)), 0);

		if (next < 0 || left < next)
			next = left;
	}
	vap_unlock();
	return next;
}

/* All looks, then all answers, then one update for each mdev. */
static void run_due(void)
{
	struct vap_queue *queue;
	LIST_HEAD(batch);

	take_due(&batch);
	list_for_each_entry(queue, &batch, reset.run_node) {
		queue->reset.run_outcome = look_at_hardware(queue);
		cond_resched();
	}
	while (!list_empty(&batch)) {
		apply_some(&batch);
		cond_resched();
	}
	vap.complete();
}

static void reset_work_fn(struct work_struct *work)
{
	s64 next;

	for (;;) {
		atomic_set(&worker_kicked, 0);
		run_due();
		next = next_due();
		if (next < 0)
			return;
		if (next > 50 * NSEC_PER_MSEC)
			break;
		if (next)
			wait_event_hrtimeout(worker_wait, atomic_read(&worker_kicked),
					     ns_to_ktime(next));
	}
	/* a kick since then has queued the work with no delay, which stays so */
	queue_delayed_work(vap.wq, &reset_work, nsecs_to_jiffies(next) + 1);
}

/* waiting: each reset settles, by what the hardware does or by the limit */

static bool settled(struct vap_mdev *mdev)
{
	return !atomic_read(&mdev->nr_resets);
}

/**
 * vap_reset_wait_killable - wait until all resets that an mdev counts have settled
 * @mdev: the mdev
 *
 * Context: Process context, no lock of the module held. Sleeps, for up to RESET_LIMIT_MS
 * after the hardware accepted a reset for a new owner, and without a limit for a reset in
 * place.
 * Return: 0; -ERESTARTSYS if the caller is being killed
 */
int vap_reset_wait_killable(struct vap_mdev *mdev)
{
	return wait_event_killable(vap.wait, settled(mdev));
}

/**
 * vap_reset_wait_interruptible - like vap_reset_wait_killable(), but any signal ends it
 * @mdev: the mdev
 *
 * Context: Process context, no lock of the module held. Sleeps.
 * Return: 0; -ERESTARTSYS after a signal
 */
int vap_reset_wait_interruptible(struct vap_mdev *mdev)
{
	return wait_event_interruptible(vap.wait, settled(mdev));
}

/**
 * vap_reset_wait_uninterruptible - like vap_reset_wait_killable(), but no signal ends it
 * @mdev: the mdev
 *
 * Context: Process context, no lock of the module held. Sleeps.
 */
void vap_reset_wait_uninterruptible(struct vap_mdev *mdev)
{
	wait_event(vap.wait, settled(mdev));
}

/**
 * vap_reset_init - create the workqueue for resets, interrupts and rebinding
 *
 * It is without WQ_MEM_RECLAIM: rebinding waits for scans, which the AP bus runs
 * on a workqueue without it, and memory reclaim needs none of the works.
 *
 * Context: Module init, after vap_model_init(). May sleep.
 * Return: 0 or -ENOMEM
 */
int vap_reset_init(void)
{
	vap.wq = alloc_workqueue("vfio_ap", WQ_UNBOUND, 0);
	return vap.wq ? 0 : -ENOMEM;
}

/**
 * vap_reset_exit - destroy the workqueue
 *
 * Context: Module exit or failed init; no queue is bound. Sleeps until works are complete.
 */
void vap_reset_exit(void)
{
	cancel_delayed_work_sync(&reset_work);
	destroy_workqueue(vap.wq);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reset room: zeroize queues and see that it happened.
 *
 * One work item, the pump, looks after all resets at once: it issues ZAPQ and
 * polls with TAPQ, at once and then after 1, 2, 5, 10, 20 ... ms, with no lock
 * but queue->lock around each single instruction. A reset that is not over
 * within RESET_LIMIT_MS has failed: nobody waits for it any more, the queue is
 * in quarantine, and the pump tries again at growing intervals until it comes
 * clean. So does it with queues that are deconfigured or checkstopped.
 *
 * Whoever starts a reset while one is running starts it over: what was issued
 * before the queue was masked off proves nothing.
 */
#include <linux/hrtimer.h>
#include "model/model.h"
#include "record.h"

#define RESET_LIMIT_MS		2000
#define RETRY_FIRST_MS		100
#define RETRY_LAST_MS		1600
#define RETRY_POLL_MS		100	/* polls of a queue in quarantine */
#define AGAIN_AFTER_POLLS	50	/* idle but not empty: zeroize again */

/* What one look at the hardware says. */
enum outcome {
	OUTCOME_CLEAN,		/* zeroized, empty, interrupts off */
	OUTCOME_AGAIN,		/* not yet */
	OUTCOME_DECONFIGURED,
	OUTCOME_CHECKSTOPPED,
	OUTCOME_REFUSED,	/* an answer that waiting does not cure */
	OUTCOME_DEAD,		/* the queue is not ours any more */
};

static void pump(struct work_struct *work);
static DECLARE_DELAYED_WORK(pump_work, pump);
static LIST_HEAD(resets);		/* vap.lock */
static DECLARE_WAIT_QUEUE_HEAD(pump_wait);
static bool pump_kicked;

static const unsigned int poll_delays_ms[] = { 0, 1, 2, 5, 10, 20 };

static ktime_t ms_from_now(unsigned int ms)
{
	return ktime_add_ms(ktime_get(), ms);
}

static void kick_pump(void)
{
	WRITE_ONCE(pump_kicked, true);
	wake_up(&pump_wait);
	mod_delayed_work(vap.wq, &pump_work, 0);
}

/* starting, settling */

static void settle(struct vap_queue *queue, bool failed)
{
	struct vap_mdev *waiter = queue->reset.waiter;

	lockdep_assert_held(&vap.lock);
	if (waiter) {
		queue->reset.waiter = NULL;
		if (failed)
			atomic_inc(&waiter->nr_failed);
		atomic_dec(&waiter->nr_resets);
	}
	wake_up_all(&vap.reset_wait);
}

void vap_reset_count_for(struct vap_queue *queue, struct vap_mdev *waiter)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state != VAP_QUEUE_RESETTING || queue->reset.waiter)
		return;
	queue->reset.waiter = waiter;
	atomic_inc(&waiter->nr_resets);
}

static void set_resetting(struct vap_queue *queue, bool resetting)
{
	lockdep_assert_held(&vap.lock);
	spin_lock(&queue->lock);
	queue->resetting = resetting;
	spin_unlock(&queue->lock);
}

void vap_reset_start(struct vap_queue *queue, struct vap_mdev *waiter, bool hold)
{
	struct vap_reset *reset = &queue->reset;

	lockdep_assert_held(&vap.lock);

	queue->state = VAP_QUEUE_RESETTING;
	queue->hold = hold;
	set_resetting(queue, true);

	reset->seq++;
	reset->phase = VAP_RESET_ZAPQ;
	reset->step = 0;
	reset->retries = 0;
	reset->due = ktime_get();
	reset->deadline = ms_from_now(RESET_LIMIT_MS);
	if (list_empty(&reset->node))
		list_add_tail(&reset->node, &resets);
	if (waiter && reset->waiter != waiter) {
		settle(queue, false);
		vap_reset_count_for(queue, waiter);
	}
	vap_log(VAP_LOG_INFO, "reset " VAP_APQN_FMT " starts for mdev "
		VAP_MDEV_FMT " in place %d", VAP_APQN_ARGS(queue->apqn),
		VAP_MDEV_ARGS(waiter), hold);
	kick_pump();
}

void vap_reset_cancel(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	queue->reset.seq++;
	list_del_init(&queue->reset.node);
	settle(queue, false);
}

void vap_reset_forget_waiter(struct vap_mdev *waiter)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &resets, reset.node) {
		if (queue->reset.waiter == waiter)
			settle(queue, false);
	}
}

void vap_reset_retry_all(void)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	if (list_empty(&resets))
		return;
	list_for_each_entry(queue, &resets, reset.node)
		queue->reset.due = ktime_get();
	kick_pump();
}

/* the hardware */

/*
 * What an answer says, whichever instruction gave it: rc 00 is left to the
 * caller. Response codes that belong to other functions are no answer to a
 * reset, and cured, if at all, by another one later.
 */
static enum outcome judge(u8 rc)
{
	switch (rc) {
	case AP_RESPONSE_NORMAL:
	case AP_RESPONSE_RESET_IN_PROGRESS:
	case AP_RESPONSE_BUSY:
	case AP_RESPONSE_STATE_CHANGE_IN_PROGRESS:
	case AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE:
	case AP_RESPONSE_ASSOC_FAILED:
		return OUTCOME_AGAIN;
	case AP_RESPONSE_DECONFIGURED:
		return OUTCOME_DECONFIGURED;
	case AP_RESPONSE_CHECKSTOPPED:
		return OUTCOME_CHECKSTOPPED;
	case AP_RESPONSE_Q_NOT_AVAIL:
	case AP_RESPONSE_INVALID_ADDRESS:
	case AP_RESPONSE_OTHERWISE_CHANGED:
	case AP_RESPONSE_INVALID_GISA:
	case AP_RESPONSE_Q_BOUND_TO_ANOTHER:
	case AP_RESPONSE_Q_NOT_BOUND:
	case AP_RESPONSE_Q_BIND_ERROR:
	case AP_RESPONSE_Q_NOT_AVAIL_FOR_ASSOC:
	case AP_RESPONSE_Q_NOT_EMPTY:
	case AP_RESPONSE_BIND_LIMIT_EXCEEDED:
	case AP_RESPONSE_INVALID_ASSOC_SECRET:
	case AP_RESPONSE_INVALID_DOMAIN:
	default:
		return OUTCOME_REFUSED;
	}
}

static enum outcome zeroize(struct vap_queue *queue)
{
	struct ap_queue_status status;

	lockdep_assert_held(&queue->lock);
	status = ap_zapq(queue->apqn, 0);
	queue->reset.rc = status.response_code;
	if (status.response_code == AP_RESPONSE_NORMAL)
		queue->reset.run_phase = VAP_RESET_WAIT;
	return judge(status.response_code);
}

/*
 * After ZAPQ was accepted. Another reset that ran before ours could make the
 * first polls say 02, which is as good; an association that failed meanwhile
 * needs a new ZAPQ.
 */
static enum outcome await(struct vap_queue *queue)
{
	struct ap_queue_status status;
	u8 rc;

	lockdep_assert_held(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	rc = status.response_code;
	queue->reset.rc = rc;
	if (rc == AP_RESPONSE_ASSOC_SECRET_NOT_UNIQUE ||
	    rc == AP_RESPONSE_ASSOC_FAILED)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	if (rc != AP_RESPONSE_NORMAL)
		return judge(rc);
	if (!status.irq_enabled && (status.queue_empty || queue->guest))
		return OUTCOME_CLEAN;
	if (queue->reset.step && queue->reset.step % AGAIN_AFTER_POLLS == 0)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	return OUTCOME_AGAIN;
}

/* Deconfigured or checkstopped before: zeroize once it answers again. */
static enum outcome look(struct vap_queue *queue)
{
	struct ap_queue_status status;
	enum outcome outcome;

	lockdep_assert_held(&queue->lock);
	status = ap_tapq(queue->apqn, NULL);
	outcome = judge(status.response_code);
	queue->reset.rc = status.response_code;
	if (outcome == OUTCOME_AGAIN)
		queue->reset.run_phase = VAP_RESET_ZAPQ;
	return outcome;
}

/* One look; two if ZAPQ has just been accepted or become possible. */
static enum outcome run_reset(struct vap_queue *queue)
{
	enum vap_reset_phase phase;
	enum outcome outcome = OUTCOME_AGAIN;

	spin_lock(&queue->lock);
	do {
		phase = queue->reset.run_phase;
		if (queue->dead) {
			outcome = OUTCOME_DEAD;
			break;
		}
		switch (phase) {
		case VAP_RESET_ZAPQ:
			outcome = zeroize(queue);
			break;
		case VAP_RESET_WAIT:
			outcome = await(queue);
			break;
		case VAP_RESET_AWAY:
			outcome = look(queue);
			break;
		}
	} while (outcome == OUTCOME_AGAIN && queue->reset.run_phase > phase);
	spin_unlock(&queue->lock);
	return outcome;
}

/* what follows from it */

/* Whom a record of a reset names: who waits for it, or has the queue. */
static const struct vap_mdev *concerned(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return queue->reset.waiter ?: queue->mdev;
}

/* The queue has settled as its guest's, or nobody's. */
static void finish(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	list_del_init(&queue->reset.node);
	queue->hold = false;
	queue->state = queue->guest ? VAP_QUEUE_USED : VAP_QUEUE_CLEAN;
	queue->tainted = queue->guest;
	vap_irq_reset_done(queue);
	set_resetting(queue, false);
	settle(queue, false);
}

static void clean(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state == VAP_QUEUE_FAILED)
		dev_info_ratelimited(queue->dev, "reset succeeded, no longer withheld\n");
	vap_log(VAP_LOG_INFO, "reset " VAP_APQN_FMT " ended well for mdev "
		VAP_MDEV_FMT ", rc %02x after %u looks", VAP_APQN_ARGS(queue->apqn),
		VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc,
		queue->reset.step + 1);
	finish(queue);
}

/* Leave the queue alone for a while, then give it another full try. */
static void retry_later(struct vap_reset *reset, enum vap_reset_phase phase)
{
	unsigned int ms = RETRY_FIRST_MS << min(reset->retries, 4U);

	lockdep_assert_held(&vap.lock);
	reset->retries++;
	reset->phase = phase;
	reset->step = 0;
	reset->due = ms_from_now(ms);
	reset->deadline = ms_from_now(ms + RESET_LIMIT_MS);
}

/*
 * Deconfigured or checkstopped. What was in the queue is lost to the guest
 * that still has it, and it may stay there; for anybody else that is no proof.
 */
static void away(struct vap_queue *queue, enum vap_queue_state state)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state != state)
		vap_log(VAP_LOG_WARN, "reset " VAP_APQN_FMT " impossible for mdev "
			VAP_MDEV_FMT ", rc %02x", VAP_APQN_ARGS(queue->apqn),
			VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc);
	if (queue->guest && queue->hold) {
		finish(queue);
		return;
	}
	queue->state = state;
	queue->hold = false;
	retry_later(&queue->reset, VAP_RESET_AWAY);
	settle(queue, false);
}

static void quarantine(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	if (queue->state != VAP_QUEUE_FAILED) {
		queue->reset.retries = 0;
		dev_warn_ratelimited(queue->dev,
				     "reset failed, response code %02x: withheld until it succeeds\n",
				     queue->reset.rc);
		vap_log(VAP_LOG_ERR, "reset " VAP_APQN_FMT " failed for mdev "
			VAP_MDEV_FMT ", rc %02x", VAP_APQN_ARGS(queue->apqn),
			VAP_MDEV_ARGS(concerned(queue)), queue->reset.rc);
	}
	queue->state = VAP_QUEUE_FAILED;
	queue->hold = false;
	retry_later(&queue->reset, VAP_RESET_ZAPQ);
	settle(queue, true);
}

static void poll_later(struct vap_queue *queue)
{
	struct vap_reset *reset = &queue->reset;
	unsigned int ms = RETRY_POLL_MS;

	lockdep_assert_held(&vap.lock);
	reset->step++;
	if (queue->state != VAP_QUEUE_FAILED)
		ms = poll_delays_ms[min_t(unsigned int, reset->step,
					  ARRAY_SIZE(poll_delays_ms) - 1)];
	reset->due = ms_from_now(ms);
}

static void again(struct vap_queue *queue)
{
	struct vap_reset *reset = &queue->reset;

	lockdep_assert_held(&vap.lock);
	if (queue->state == VAP_QUEUE_DECONFIGURED ||
	    queue->state == VAP_QUEUE_CHECKSTOPPED) {
		/* it is back: an ordinary reset from here on */
		queue->state = VAP_QUEUE_RESETTING;
		reset->deadline = ms_from_now(RESET_LIMIT_MS);
	}
	if (ktime_after(ktime_get(), reset->deadline))
		quarantine(queue);
	else
		poll_later(queue);
}

/* True if somebody's guest may have to be recomputed. */
static bool apply(struct vap_queue *queue)
{
	struct vap_reset *reset = &queue->reset;
	enum vap_queue_state state = queue->state;

	lockdep_assert_held(&vap.lock);
	if (reset->run_seq != reset->seq || list_empty(&reset->node))
		return false;		/* started over, or cancelled */
	reset->phase = reset->run_phase;
	switch ((enum outcome)reset->run_outcome) {
	case OUTCOME_CLEAN:
		clean(queue);
		break;
	case OUTCOME_AGAIN:
		again(queue);
		break;
	case OUTCOME_DECONFIGURED:
		away(queue, VAP_QUEUE_DECONFIGURED);
		break;
	case OUTCOME_CHECKSTOPPED:
		away(queue, VAP_QUEUE_CHECKSTOPPED);
		break;
	case OUTCOME_REFUSED:
		quarantine(queue);
		break;
	case OUTCOME_DEAD:
		break;
	}
	return queue->state != state;
}

/* the pump */

static void take_due(struct list_head *batch)
{
	ktime_t now = ktime_get();
	struct vap_queue *queue;

	mutex_lock(&vap.lock);
	list_for_each_entry(queue, &resets, reset.node) {
		if (ktime_after(queue->reset.due, now))
			continue;
		kref_get(&queue->ref);
		queue->reset.run_seq = queue->reset.seq;
		queue->reset.run_phase = queue->reset.phase;
		list_add_tail(&queue->reset.run_node, batch);
	}
	mutex_unlock(&vap.lock);
}

static void apply_batch(struct list_head *batch)
{
	struct vap_queue *queue, *next;

	mutex_lock(&vap.lock);
	list_for_each_entry_safe(queue, next, batch, reset.run_node) {
		/* those without news: forget them, only news are recomputed */
		if (!apply(queue)) {
			list_del_init(&queue->reset.run_node);
			vap_queue_put(queue);
		}
	}
	/* all states first, then all guests: one update for many queues */
	list_for_each_entry_safe(queue, next, batch, reset.run_node) {
		list_del_init(&queue->reset.run_node);
		vap_mdev_update_apqn(queue->apqn);
		vap_queue_put(queue);
	}
	mutex_unlock(&vap.lock);
}

/* Nanoseconds until the next reset is due, or -1. */
static s64 next_due(void)
{
	ktime_t now = ktime_get();
	struct vap_queue *queue;
	s64 next = -1;

	mutex_lock(&vap.lock);
	list_for_each_entry(queue, &resets, reset.node) {
		s64 left = max_t(s64, ktime_to_ns(ktime_sub(queue->reset.due, now)), 0);

		if (next < 0 || left < next)
			next = left;
	}
	mutex_unlock(&vap.lock);
	return next;
}

static void pump(struct work_struct *work)
{
	struct vap_queue *queue;
	LIST_HEAD(batch);
	s64 next;

	for (;;) {
		WRITE_ONCE(pump_kicked, false);
		take_due(&batch);
		list_for_each_entry(queue, &batch, reset.run_node) {
			queue->reset.run_outcome = run_reset(queue);
			cond_resched();
		}
		apply_batch(&batch);
		next = next_due();
		if (next < 0)
			return;
		if (next > 50 * NSEC_PER_MSEC)
			break;
		if (next)
			wait_event_hrtimeout(pump_wait, READ_ONCE(pump_kicked),
					     ns_to_ktime(next));
	}
	/* a kick since then has queued us with no delay, which stays so */
	queue_delayed_work(vap.wq, &pump_work, nsecs_to_jiffies(next) + 1);
}

/* waiting */

bool vap_reset_wait(struct vap_mdev *mdev)
{
	/* each reset settles within its limit; twice that is for a slow host */
	return wait_event_timeout(vap.reset_wait, !atomic_read(&mdev->nr_resets),
				  msecs_to_jiffies(2 * RESET_LIMIT_MS));
}

bool vap_reset_wait_queue(struct vap_queue *queue, unsigned int msecs)
{
	return wait_event_timeout(vap.reset_wait,
				  READ_ONCE(queue->state) != VAP_QUEUE_RESETTING,
				  msecs_to_jiffies(msecs));
}

int vap_reset_init(void)
{
	init_waitqueue_head(&vap.reset_wait);
	vap.wq = alloc_workqueue("vfio_ap", WQ_UNBOUND, 0);
	return vap.wq ? 0 : -ENOMEM;
}

void vap_reset_exit(void)
{
	cancel_delayed_work_sync(&pump_work);
	destroy_workqueue(vap.wq);
}

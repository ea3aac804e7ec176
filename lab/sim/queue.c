// SPDX-License-Identifier: GPL-2.0-only
/*
 * One AP queue: messages, resets, replies and interrupt control.
 *
 * A request waits in `pending` until its reply is due (an hrtimer), is then
 * answered by the card (a work item, because RSA takes long), and the reply
 * waits in `ready` until somebody receives it. A reset increments `generation`,
 * so that the reply to an earlier request is dropped.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include "lock.h"
#include "oracle.h"
#include "pages.h"
#include "queue.h"

/* AQIC's gr1 */
#define AQIC_ENABLE	(1ULL << 47)
#define AQIC_GISA	0x7ffffff0ULL

/* AP queue status word */
#define STATUS_EMPTY	(1U << 31)
#define STATUS_READY	(1U << 30)
#define STATUS_FULL	(1U << 29)
#define STATUS_IRQ	(1U << 24)

const struct sim_settings sim_default_settings = {
	.reset_latency = 1000,
	.reply_latency = 100,
};

static struct workqueue_struct *reply_wq;

/* hrtimer_setup() was added in 6.13. Remove the other branch with 6.12. */
static void timer_setup_rel(struct hrtimer *timer,
			    enum hrtimer_restart (*fn)(struct hrtimer *))
{
#ifdef SIM_HAVE_HRTIMER_SETUP
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = fn;
#endif
}

static void free_list(struct list_head *list)
{
	struct sim_msg *msg, *next;

	list_for_each_entry_safe(msg, next, list, list)
		kfree(msg);
}

/* ---- replies ---- */

/* Starts the timer for the first request whose reply is not due yet */
static void arm_reply_timer(struct sim_queue *queue)
{
	struct sim_msg *msg;
	ktime_t wait;

	msg = list_first_entry_or_null(&queue->pending, struct sim_msg, list);
	if (!msg)
		return;
	wait = ktime_sub(msg->due, ktime_get());
	if (wait <= 0)
		queue_work(reply_wq, &queue->work);
	else
		hrtimer_start(&queue->reply_timer, wait, HRTIMER_MODE_REL);
}

static enum hrtimer_restart reply_due(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       reply_timer);

	queue_work(reply_wq, &queue->work);
	return HRTIMER_NORESTART;
}

/* Removes the first request from `pending` if its reply is due */
static struct sim_msg *take_due(struct sim_queue *queue)
{
	struct sim_msg *msg;

	msg = list_first_entry_or_null(&queue->pending, struct sim_msg, list);
	if (!msg || ktime_before(ktime_get(), msg->due))
		return NULL;
	list_del(&msg->list);
	return msg;
}

/*
 * Puts a reply into the queue, or drops it if there was a reset since its
 * request. @reply NULL: the card lost the request. Returns whom to interrupt.
 */
static enum sim_irq_for deliver_reply(struct sim_queue *queue, u32 generation,
				      const struct sim_msg *request,
				      struct sim_msg *reply)
{
	enum sim_irq_for whom = SIM_IRQ_NOBODY;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (generation == queue->generation && reply) {
		reply->psmid = request->psmid;
		reply->owner = request->owner;
		list_add_tail(&reply->list, &queue->ready);
		queue->nr_ready++;
		whom = sim_irq_store(&queue->irq);
		reply = NULL;
	} else if (generation == queue->generation) {
		queue->held--;
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(reply);
	return whom;
}

/*
 * The card at work. There is one instance per queue at a time, so replies are
 * in the order of their requests.
 */
static void answer(struct work_struct *work)
{
	struct sim_queue *queue = container_of(work, struct sim_queue, work);
	struct sim_msg *request, *reply;
	unsigned long flags;
	enum sim_mode mode;
	u32 generation;
	u8 type;

	for (;;) {
		raw_spin_lock_irqsave(&sim_lock, flags);
		request = take_due(queue);
		generation = queue->generation;
		mode = queue->card->mode;
		type = queue->card->type;
		if (!request)
			arm_reply_timer(queue);
		raw_spin_unlock_irqrestore(&sim_lock, flags);
		if (!request)
			return;

		reply = sim_reply(mode, type, queue->apqn, request);
		sim_irq_deliver(deliver_reply(queue, generation, request, reply));
		kfree(request);
	}
}

/* ---- interrupt control ---- */

static void start_timer(struct hrtimer *timer, u32 usecs)
{
	hrtimer_start(timer, ns_to_ktime((u64)usecs * NSEC_PER_USEC),
		      HRTIMER_MODE_REL);
}

static void finish_irq_change(struct sim_queue *queue)
{
	queue->irq_changing = false;
	queue->irq = queue->irq_next;
	if (queue->irq.enabled)
		sim_oracle_irq_on(queue->oracle, queue->apqn, &queue->irq,
				  sim_page_pinned(queue->irq.nib),
				  sim_page_shared(queue->irq.nib));
	else
		sim_oracle_irq_off(queue->oracle, queue->apqn);
}

static enum hrtimer_restart irq_change_due(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       irq_timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (queue->irq_changing)
		finish_irq_change(queue);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return HRTIMER_NORESTART;
}

/*
 * The state changes after irq_latency. Until then TAPQ reports the old state, and
 * the queue interrupts as before: the AP bus polls TAPQ after AQIC until the state
 * has changed (SETIRQ_WAIT), and vfio_ap waits for the bit to go off after it has
 * disabled interrupts. A reset disables them in the same way: vfio_ap checks the
 * bit after the reset has completed.
 */
static void change_irq(struct sim_queue *queue, const struct sim_irq *next)
{
	queue->irq_next = *next;
	queue->irq_changing = true;
	sim_queue_settle_irq(queue);
}

/*
 * Completes a change of the interrupt state after its latency. To be called when a
 * change starts, and when there is another latency.
 */
void sim_queue_settle_irq(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_lock);

	if (!queue->irq_changing)
		return;
	if (queue->set.irq_latency)
		start_timer(&queue->irq_timer, queue->set.irq_latency);
	else
		finish_irq_change(queue);
}

static void disable_irq(struct sim_queue *queue)
{
	static const struct sim_irq off;

	if (queue->irq_changing ? queue->irq_next.enabled : queue->irq.enabled)
		change_irq(queue, &off);
}

/* ---- resets ---- */

/* Messages of before a reset are gone as soon as it is accepted */
static void drop_messages(struct sim_queue *queue)
{
	free_list(&queue->pending);
	free_list(&queue->ready);
	INIT_LIST_HEAD(&queue->pending);
	INIT_LIST_HEAD(&queue->ready);
	queue->generation++;
	queue->held = 0;
	queue->nr_ready = 0;
	queue->received = 0;
}

static void finish_drain(struct sim_queue *queue)
{
	queue->draining = false;
	if (queue->zeroizing)
		sim_oracle_zeroized(queue->oracle, queue->apqn);
	queue->zeroizing = false;
}

static enum hrtimer_restart drained(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       drain_timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (queue->draining)
		finish_drain(queue);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return HRTIMER_NORESTART;
}

/*
 * Instructions get response code 00 again, but the queue is empty, and zeroized,
 * only after drain_latency: vfio_ap does not take a reset for done before the
 * status says that the queue is empty.
 */
static void finish_reset(struct sim_queue *queue)
{
	unsigned int fc;

	queue->resetting = false;
	/* the F bit of a reset unbinds the queue; else it stays bound */
	if (queue->unbinding)
		queue->se_state = SIM_SE_AVAILABLE;
	else if (queue->se_state == SIM_SE_USABLE)
		queue->se_state = SIM_SE_BOUND;
	queue->unbinding = false;
	for (fc = 0; fc < SIM_NR_FC; fc++)
		if (queue->set.inject[fc].until_reset)
			memset(&queue->set.inject[fc], 0,
			       sizeof(queue->set.inject[fc]));
	disable_irq(queue);
	queue->draining = true;
	sim_queue_settle_drain(queue);
}

/*
 * Empties the queue after its latency. To be called when a reset has completed, and
 * when there is another latency.
 */
void sim_queue_settle_drain(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_lock);

	if (!queue->draining)
		return;
	if (queue->set.drain_latency)
		start_timer(&queue->drain_timer, queue->set.drain_latency);
	else
		finish_drain(queue);
}

static enum hrtimer_restart reset_done(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       reset_timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (queue->resetting && !queue->set.stuck)
		finish_reset(queue);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return HRTIMER_NORESTART;
}

/*
 * RAPQ, or ZAPQ (@zeroize), with the F bit (@unbind). The queue is empty at once.
 * When the reset has completed, interrupts are disabled and it is zeroized.
 * Returns the response code.
 */
u8 sim_queue_start_reset(struct sim_queue *queue, bool zeroize, bool unbind)
{
	u8 rc = sim_queue_injected(&queue->set.reset_fail);

	lockdep_assert_held(&sim_lock);

	if (rc)
		return rc;
	drop_messages(queue);
	queue->resetting = true;
	queue->draining = false;
	queue->zeroizing = zeroize;
	queue->unbinding = unbind;
	sim_queue_settle(queue);
	return SIM_RC_NORMAL;
}

/*
 * Completes a reset in progress after its latency. To be called when a reset
 * starts, and when the queue is not stuck any more.
 */
void sim_queue_settle(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_lock);

	if (!queue->resetting || queue->set.stuck)
		return;
	if (queue->set.reset_latency)
		start_timer(&queue->reset_timer, queue->set.reset_latency);
	else
		finish_reset(queue);
}

/*
 * The card is out of operation: messages and interrupts are lost. Nothing says
 * that the hardware zeroizes the queue, so its taint stays: see oracle.c, leak and
 * unclean.
 */
void sim_queue_clear(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_lock);

	drop_messages(queue);
	queue->resetting = false;
	queue->draining = false;
	queue->zeroizing = false;
	memset(&queue->irq_next, 0, sizeof(queue->irq_next));
	finish_irq_change(queue);
	sim_oracle_outage(queue->oracle, queue->apqn);
}

/* ---- instructions ---- */

/* Response code that every instruction gets in the queue's present state */
u8 sim_queue_gate(const struct sim_queue *queue)
{
	if (queue->card->config != SIM_CONFIG_ON)
		return SIM_RC_DECONFIGURED;
	if (queue->card->checkstop)
		return SIM_RC_CHECKSTOPPED;
	if (queue->set.busy)
		return SIM_RC_BUSY;
	if (queue->resetting)
		return SIM_RC_RESETTING;
	return SIM_RC_NORMAL;
}

/* Response code that was injected for this instruction, else 0 */
u8 sim_queue_injected(struct sim_inject *inject)
{
	u8 rc = inject->rc;

	if (!rc)
		return 0;
	if (inject->after) {
		inject->after--;
		return 0;
	}
	if (!inject->forever && !--inject->count)
		inject->rc = 0;
	return rc;
}

/*
 * AQIC: enables or disables interrupts. Returns the response code: 07 if they are
 * in the requested state, or are being changed.
 */
u8 sim_queue_aqic(struct sim_queue *queue, u64 gr1, u64 nib, bool by_bus)
{
	u64 gisa = gr1 & AQIC_GISA;
	struct sim_irq next = {
		.enabled = gr1 & AQIC_ENABLE,
		.guest = gisa != 0,
		.by_bus = by_bus,
		.isc = gr1 & 7,
		.gisc = gr1 >> 40 & 7,
		.nib = nib,
		.gisa = gisa,
	};

	lockdep_assert_held(&sim_lock);

	if (queue->irq_changing || queue->irq.enabled == next.enabled)
		return SIM_RC_ALREADY;
	if (!next.enabled) {
		disable_irq(queue);
		return SIM_RC_NORMAL;
	}
	if (!sim_irq_nib_valid(nib))
		return SIM_RC_BAD_ADDRESS;
	if (gisa && !sim_irq_nib_valid(gisa))
		return SIM_RC_BAD_GISA;
	change_irq(queue, &next);
	return SIM_RC_NORMAL;
}

/* BAPQ: binds the queue to a protected guest. Returns the response code. */
u8 sim_queue_bapq(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_lock);

	if (queue->se_state != SIM_SE_AVAILABLE)
		return SIM_RC_ALREADY;
	queue->se_state = SIM_SE_BOUND;
	return SIM_RC_NORMAL;
}

/*
 * AAPQ: associates a secret with a queue that is bound. Returns the response code.
 * A failure comes later: the kernel says of response codes 35 and 36 that they are
 * asynchronous, and that all subsequent AP instructions end with them until the
 * queue is reset.
 */
u8 sim_queue_aapq(struct sim_queue *queue)
{
	unsigned int fc;

	lockdep_assert_held(&sim_lock);

	if (queue->se_state != SIM_SE_BOUND)
		return SIM_RC_ALREADY;
	if (!queue->set.assoc_fail) {
		queue->se_state = SIM_SE_USABLE;
		return SIM_RC_NORMAL;
	}
	for (fc = 0; fc < SIM_NR_FC; fc++)
		if (fc != SIM_RAPQ && fc != SIM_ZAPQ)
			queue->set.inject[fc] = (struct sim_inject) {
				.rc = queue->set.assoc_fail,
				.forever = true,
				.until_reset = true,
			};
	return SIM_RC_NORMAL;
}

/* Appends a request of @owner. Response code 0: the queue owns @msg now. */
static u8 enqueue(struct sim_queue *queue, u32 owner, struct sim_msg *msg)
{
	if (queue->held >= queue->card->depth)
		return SIM_RC_FULL;
	msg->owner = owner;
	msg->due = ktime_add_us(ktime_get(), queue->set.reply_latency);
	list_add_tail(&msg->list, &queue->pending);
	queue->held++;
	if (list_is_singular(&queue->pending))
		arm_reply_timer(queue);
	return SIM_RC_NORMAL;
}

/* NQAP. Returns the response code; 0: the queue owns @msg now. */
u8 sim_queue_nqap(struct sim_queue *queue, u32 owner, struct sim_msg *msg)
{
	u8 rc;

	lockdep_assert_held(&sim_lock);

	queue->counts[SIM_NQAP]++;
	rc = sim_queue_injected(&queue->set.inject[SIM_NQAP]);
	if (!rc)
		rc = sim_queue_gate(queue);
	if (!rc)
		rc = enqueue(queue, owner, msg);
	if (!rc)
		sim_oracle_transfer(queue->oracle, queue->apqn, owner,
				    SIM_NQAP);
	return rc;
}

/*
 * DQAP: moves up to @len bytes of the first reply to @buf. The rest stays in
 * the queue, transfer->residual bytes. Returns the response code.
 */
u8 sim_queue_dqap(struct sim_queue *queue, u32 owner, void *buf, u32 len,
		  struct sim_transfer *transfer)
{
	struct sim_msg *msg;
	u8 rc;

	lockdep_assert_held(&sim_lock);

	queue->counts[SIM_DQAP]++;
	rc = sim_queue_injected(&queue->set.inject[SIM_DQAP]);
	if (!rc)
		rc = sim_queue_gate(queue);
	if (rc)
		return rc;
	msg = list_first_entry_or_null(&queue->ready, struct sim_msg, list);
	if (!msg)
		return SIM_RC_NO_REPLY;

	sim_oracle_transfer(queue->oracle, queue->apqn, owner, SIM_DQAP);
	transfer->done = min(len, msg->len - queue->received);
	memcpy(buf, msg->data + queue->received, transfer->done);
	queue->received += transfer->done;
	transfer->residual = msg->len - queue->received;
	transfer->psmid = msg->psmid;
	if (transfer->residual)
		return SIM_RC_NORMAL;

	list_del(&msg->list);
	queue->nr_ready--;
	queue->held--;
	queue->received = 0;
	kfree(msg);
	return SIM_RC_NORMAL;
}

/* Whether the other bits of the status mean something with this code */
static bool status_defined(u8 rc)
{
	return rc == SIM_RC_NORMAL || rc == SIM_RC_ALREADY || rc == SIM_RC_FULL;
}

/*
 * The status word with this response code. @queue may be NULL. The bits describe
 * the queue only with the codes that say that it was looked at: normal, full or
 * no reply (which are one code), otherwise changed. With the others they are
 * undefined; here they are the opposite of the truth then.
 */
u32 sim_queue_status(const struct sim_queue *queue, u8 rc)
{
	u32 status = 0;

	if (!queue)
		return (u32)rc << 16;
	if (!queue->held && !queue->draining)
		status |= STATUS_EMPTY;
	if (queue->nr_ready)
		status |= STATUS_READY;
	if (queue->held >= queue->card->depth)
		status |= STATUS_FULL;
	if (queue->irq.enabled)
		status |= STATUS_IRQ;
	if (!status_defined(rc))
		status ^= STATUS_EMPTY | STATUS_READY | STATUS_FULL | STATUS_IRQ;
	return status | (u32)rc << 16;
}

/* ---- creation ---- */

/* Process context. NULL: out of memory. */
struct sim_queue *sim_queue_create(u16 apqn, const struct sim_card *card,
				   struct sim_oracle *oracle)
{
	struct sim_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);

	if (!queue)
		return NULL;
	queue->apqn = apqn;
	queue->card = card;
	queue->oracle = oracle;
	queue->set = sim_default_settings;
	queue->se_state = SIM_SE_AVAILABLE;
	INIT_LIST_HEAD(&queue->pending);
	INIT_LIST_HEAD(&queue->ready);
	INIT_WORK(&queue->work, answer);
	timer_setup_rel(&queue->reply_timer, reply_due);
	timer_setup_rel(&queue->reset_timer, reset_done);
	timer_setup_rel(&queue->drain_timer, drained);
	timer_setup_rel(&queue->irq_timer, irq_change_due);
	return queue;
}

/* The caller guarantees that no instruction can reach the queue any more */
void sim_queue_destroy(struct sim_queue *queue)
{
	hrtimer_cancel(&queue->reply_timer);
	cancel_work_sync(&queue->work);
	hrtimer_cancel(&queue->reply_timer);
	hrtimer_cancel(&queue->reset_timer);
	hrtimer_cancel(&queue->drain_timer);
	hrtimer_cancel(&queue->irq_timer);
	free_list(&queue->pending);
	free_list(&queue->ready);
	kfree(queue);
}

int sim_queue_init(void)
{
	reply_wq = alloc_workqueue("aphwsim", WQ_UNBOUND | WQ_HIGHPRI, 0);
	return reply_wq ? 0 : -ENOMEM;
}

void sim_queue_exit(void)
{
	destroy_workqueue(reply_wq);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queue room: one AP queue, its messages, its resets and its replies.
 *
 * A request waits in `pending` until its time has come (an hrtimer), is then
 * answered by the card (a work item, since real arithmetic takes its time),
 * and waits in `ready` until somebody receives it. A reset raises `generation`,
 * so that an answer to a request of before is dropped.
 *
 * Locks: sim_hw.lock, as everywhere.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "sim.h"

struct workqueue_struct *sim_wq;

static void free_list(struct list_head *list)
{
	struct sim_msg *msg, *next;

	list_for_each_entry_safe(msg, next, list, list)
		kfree(msg);
}

/* Any context. NULL if there is no memory */
struct sim_msg *sim_msg_alloc(u32 bufsize)
{
	struct sim_msg *msg;

	msg = kmalloc(sizeof(*msg) + bufsize, GFP_ATOMIC | __GFP_NOWARN);
	if (msg) {
		msg->bufsize = bufsize;
		msg->len = 0;
	}
	return msg;
}

/* Starts the timer for the first request that still has to wait */
static void arm_reply_timer(struct sim_queue *queue)
{
	struct sim_msg *msg;
	ktime_t wait;

	msg = list_first_entry_or_null(&queue->pending, struct sim_msg, list);
	if (!msg)
		return;
	wait = ktime_sub(msg->due, ktime_get());
	if (wait <= 0)
		queue_work(sim_wq, &queue->work);
	else
		hrtimer_start(&queue->reply_timer, wait, HRTIMER_MODE_REL);
}

static enum hrtimer_restart reply_due(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       reply_timer);

	queue_work(sim_wq, &queue->work);
	return HRTIMER_NORESTART;
}

/* Takes the first request whose time has come out of `pending` */
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
 * The card at work. One instance per queue at a time, hence replies stay in
 * the order of their requests.
 */
static void answer(struct work_struct *work)
{
	struct sim_queue *queue = container_of(work, struct sim_queue, work);
	struct sim_card *card = &sim_hw.cards[SIM_APID(queue->apqn)];
	struct sim_msg *request, *reply;
	enum sim_irq_for whom;
	unsigned long flags;
	enum sim_mode mode;
	u32 generation;
	u8 type;

	for (;;) {
		raw_spin_lock_irqsave(&sim_hw.lock, flags);
		request = take_due(queue);
		generation = queue->generation;
		mode = card->mode;
		type = card->type;
		if (!request)
			arm_reply_timer(queue);
		raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
		if (!request)
			return;

		reply = sim_reply(mode, type, queue->apqn, request);

		whom = SIM_IRQ_NOBODY;
		raw_spin_lock_irqsave(&sim_hw.lock, flags);
		if (generation == queue->generation) {
			if (reply) {
				reply->psmid = request->psmid;
				reply->owner = request->owner;
				list_add_tail(&reply->list, &queue->ready);
				queue->nr_ready++;
				whom = sim_irq_store(&queue->irq);
				reply = NULL;
			} else {
				/* a card that forgets a request */
				queue->held--;
			}
		}
		raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
		kfree(request);
		kfree(reply);
		sim_irq_deliver(whom);
	}
}

static void finish_reset(struct sim_queue *queue)
{
	queue->resetting = false;
	queue->irq.enabled = false;
	queue->taint = SIM_OWNER_NONE;
}

static enum hrtimer_restart reset_done(struct hrtimer *timer)
{
	struct sim_queue *queue = container_of(timer, struct sim_queue,
					       reset_timer);
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	if (queue->resetting && !queue->stuck)
		finish_reset(queue);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
	return HRTIMER_NORESTART;
}

/* Process context. NULL if there is no memory */
struct sim_queue *sim_queue_create(u16 apqn, struct sim_oracle *oracle)
{
	struct sim_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);

	if (!queue)
		return NULL;
	queue->apqn = apqn;
	queue->oracle = oracle;
	queue->reset_latency = SIM_DEFAULT_RESET_LATENCY;
	queue->reply_latency = SIM_DEFAULT_REPLY_LATENCY;
	INIT_LIST_HEAD(&queue->pending);
	INIT_LIST_HEAD(&queue->ready);
	INIT_WORK(&queue->work, answer);
	sim_timer_setup(&queue->reply_timer, reply_due);
	sim_timer_setup(&queue->reset_timer, reset_done);
	return queue;
}

/* The caller guarantees that no instruction reaches the queue any more */
void sim_queue_destroy(struct sim_queue *queue)
{
	hrtimer_cancel(&queue->reply_timer);
	cancel_work_sync(&queue->work);
	hrtimer_cancel(&queue->reply_timer);
	hrtimer_cancel(&queue->reset_timer);
	free_list(&queue->pending);
	free_list(&queue->ready);
	kfree(queue);
}

/* Response code that any instruction gets in the queue's present state */
u8 sim_queue_gate(const struct sim_queue *queue, const struct sim_card *card)
{
	if (card->config != SIM_CONFIG_ON)
		return SIM_RC_DECONFIGURED;
	if (card->checkstop)
		return SIM_RC_CHECKSTOPPED;
	if (queue->busy)
		return SIM_RC_BUSY;
	if (queue->resetting)
		return SIM_RC_RESETTING;
	return SIM_RC_NORMAL;
}

/* Response code that somebody asked for at this instruction, else 0 */
u8 sim_queue_injected(struct sim_inject *inject)
{
	u8 rc = inject->rc;

	if (!rc)
		return 0;
	if (inject->after) {
		inject->after--;
		return 0;
	}
	if (!inject->forever && --inject->count == 0)
		inject->rc = 0;
	return rc;
}

static void drop_messages(struct sim_queue *queue)
{
	free_list(&queue->pending);
	free_list(&queue->ready);
	INIT_LIST_HEAD(&queue->pending);
	INIT_LIST_HEAD(&queue->ready);
	queue->nr_ready = 0;
	queue->held = 0;
	queue->received = 0;
	queue->generation++;
}

/*
 * RAPQ or ZAPQ was accepted. What the queue holds is gone at once; it is clean
 * and its interrupts are off when the reset is over.
 */
void sim_queue_reset(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_hw.lock);

	drop_messages(queue);
	queue->resetting = true;
	sim_queue_settle(queue);
}

/* Lets a reset in progress end in its time; call it when `stuck` ends too */
void sim_queue_settle(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_hw.lock);

	if (!queue->resetting || queue->stuck)
		return;
	if (queue->reset_latency)
		hrtimer_start(&queue->reset_timer,
			      ns_to_ktime((u64)queue->reset_latency * NSEC_PER_USEC),
			      HRTIMER_MODE_REL);
	else
		finish_reset(queue);
}

/* As if the queue had just been powered on */
void sim_queue_clear(struct sim_queue *queue)
{
	lockdep_assert_held(&sim_hw.lock);

	drop_messages(queue);
	finish_reset(queue);
}

/*
 * Takes @msg in as a request of @owner. Response code 0: it belongs to the
 * queue now, else the caller keeps it.
 */
u8 sim_queue_put(struct sim_queue *queue, const struct sim_card *card,
		 u32 owner, struct sim_msg *msg)
{
	lockdep_assert_held(&sim_hw.lock);

	if (queue->held >= card->depth)
		return SIM_RC_FULL;
	msg->owner = owner;
	msg->due = ktime_add_us(ktime_get(), queue->reply_latency);
	list_add_tail(&msg->list, &queue->pending);
	queue->held++;
	if (list_is_singular(&queue->pending))
		arm_reply_timer(queue);
	return SIM_RC_NORMAL;
}

/* The status word: empty, replies waiting, full, interrupts on, code */
u32 sim_queue_status(const struct sim_queue *queue,
		     const struct sim_card *card, u8 rc)
{
	u32 status = (u32)rc << 16;

	if (!queue)
		return status;
	if (!queue->held)
		status |= 1U << 31;
	if (queue->nr_ready)
		status |= 1U << 30;
	if (queue->held >= card->depth)
		status |= 1U << 29;
	if (queue->irq.enabled)
		status |= 1U << 24;
	return status;
}

int sim_queue_init(void)
{
	sim_wq = alloc_workqueue("aphwsim", WQ_UNBOUND | WQ_HIGHPRI, 0);
	return sim_wq ? 0 : -ENOMEM;
}

void sim_queue_exit(void)
{
	destroy_workqueue(sim_wq);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instruction room: what PQAP, NQAP and DQAP do, for whoever executes them.
 *
 * The same code serves the host and guests; a guest's instruction comes with
 * the masks of its CRYCB, and an APQN outside of them does not exist for it.
 * Register contents and condition codes are the architecture's. Functions here
 * run in any context; memory operands are the callers' business.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "sim.h"

/* Bits of gr0's right half */
#define GR0_TBIT	0x00800000UL	/* TAPQ: facilities test */
#define GR0_FBIT	0x00400000UL	/* RAPQ, ZAPQ: unbind; QACT: I bit */
#define GR0_RESERVED	0x007f0000UL
#define GR0_WIDE_APQN	0x0000c0f0UL	/* needs APXA */
#define NQAP_LAST	0x40000000UL	/* this is the last part */
#define DQAP_RESUME	0x20000000UL	/* the rest of a reply follows */

/* AQIC's gr1 */
#define AQIC_ENABLE	(1ULL << 47)
#define AQIC_GISA	0x7ffffff0ULL

#define QACT_TYPE_SHIFT	24	/* in gr1, and in its answer in gr2 */

static void set_status(u64 *gr1, u32 status)
{
	*gr1 = (*gr1 & 0xffffffff00000000ULL) | status;
}

static bool apqn_valid(const struct sim_who *who, u64 gr0)
{
	return (sim_hw.apxa && !who->narrow) || !(gr0 & GR0_WIDE_APQN);
}

/* Specification exceptions of a PQAP */
static bool pqap_valid(const struct sim_who *who, const u64 gr[3], u8 fc)
{
	switch (fc) {
	case SIM_QCI:
		return sim_hw.qci && !(gr[2] & 7);
	case SIM_TAPQ:
	case SIM_AQIC:
		return !(gr[0] & GR0_RESERVED) && apqn_valid(who, gr[0]);
	case SIM_RAPQ:
	case SIM_ZAPQ:
	case SIM_QACT:
		return !(gr[0] & GR0_RESERVED & ~GR0_FBIT) &&
		       apqn_valid(who, gr[0]);
	default:
		return false;
	}
}

static struct sim_queue *find_queue(const struct sim_who *who, u16 apqn)
{
	if (who->masks && !sim_masks_allow(who->masks, apqn))
		return NULL;
	return sim_hw_queue(apqn);
}

static u8 reset(struct sim_queue *queue)
{
	u8 rc = sim_queue_injected(&queue->reset_fail);

	if (!rc)
		sim_queue_reset(queue);
	return rc;
}

static u8 set_interrupts(struct sim_queue *queue, u64 gr1, u64 nib)
{
	u64 gisa = gr1 & AQIC_GISA;

	if (!(gr1 & AQIC_ENABLE)) {
		if (!queue->irq.enabled)
			return SIM_RC_ALREADY;
		queue->irq.enabled = false;
		return SIM_RC_NORMAL;
	}
	if (queue->irq.enabled)
		return SIM_RC_ALREADY;
	if (!sim_irq_nib_valid(nib))
		return SIM_RC_BAD_ADDRESS;
	if (gisa && !sim_irq_nib_valid(gisa))
		return SIM_RC_BAD_GISA;
	queue->irq = (struct sim_irq) {
		.enabled = true,
		.guest = gisa != 0,
		.isc = gr1 & 7,
		.gisc = gr1 >> 40 & 7,
		.nib = nib,
		.gisa = gisa,
	};
	return SIM_RC_NORMAL;
}

/* The highest type up to the one asked for that this queue can act as */
static u64 compatible_type(const struct sim_card *card, u64 asked)
{
	u8 type = asked >> QACT_TYPE_SHIFT;

	type = min(type, card->type);
	return (asked & ~(0xffULL << QACT_TYPE_SHIFT)) |
	       (u64)type << QACT_TYPE_SHIFT;
}

/*
 * One PQAP. @gr: gr0 to gr2, changed as the architecture says. QCI's answer is
 * left in result->qci for the caller to store at the address in gr2.
 */
void sim_pqap(const struct sim_who *who, u64 gr[3], struct sim_result *result)
{
	u16 apqn = gr[0] & 0xffff;
	u8 fc = gr[0] >> 24 & 0xff;
	const struct sim_card *card = &sim_hw.cards[SIM_APID(apqn)];
	struct sim_queue *queue;
	unsigned long flags;
	bool tbit = fc == SIM_TAPQ && gr[0] & GR0_TBIT;
	u8 rc;

	result->cc = 0;
	result->pgm = 0;
	if (!pqap_valid(who, gr, fc)) {
		result->pgm = SIM_PGM_SPECIFICATION;
		if (fc >= SIM_NQAP)
			return;
		raw_spin_lock_irqsave(&sim_hw.lock, flags);
		sim_log_add(who->owner, fc, apqn, 0, 0, result->pgm, gr[1],
			    tbit);
		raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
		return;
	}

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_oracle.instructions++;
	if (fc == SIM_QCI) {
		sim_hw_query(&result->qci, who->masks);
		sim_log_add(who->owner, fc, 0, 0, 0, 0, gr[1], false);
		raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
		return;
	}

	queue = find_queue(who, apqn);
	if (!queue) {
		rc = SIM_RC_NOT_AVAILABLE;
		if (fc == SIM_TAPQ)
			gr[2] = 0;
		goto out;
	}
	queue->counts[fc]++;
	if (fc == SIM_TAPQ)
		gr[2] = sim_hw_info(apqn, tbit);
	rc = sim_queue_injected(&queue->inject[fc]);
	if (!rc)
		rc = sim_queue_gate(queue, card);
	if (rc)
		goto out;

	switch (fc) {
	case SIM_TAPQ:
		break;
	case SIM_RAPQ:
	case SIM_ZAPQ:
		rc = reset(queue);
		break;
	case SIM_AQIC:
		rc = set_interrupts(queue, gr[1], gr[2]);
		break;
	case SIM_QACT:
		gr[2] = compatible_type(card, gr[1]);
		break;
	}
out:
	result->cc = rc ? 3 : 0;
	set_status(&gr[1], sim_queue_status(queue, card, rc));
	sim_log_add(who->owner, fc, apqn, rc, result->cc, 0, gr[1], tbit);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
}

/* NQAP on a queue that is there. Returns the response code; 0: took @msg */
u8 sim_queue_nqap(struct sim_queue *queue, const struct sim_card *card,
		  u32 owner, struct sim_msg *msg)
{
	u8 rc;

	lockdep_assert_held(&sim_hw.lock);

	queue->counts[SIM_NQAP]++;
	rc = sim_queue_injected(&queue->inject[SIM_NQAP]);
	if (!rc)
		rc = sim_queue_gate(queue, card);
	if (!rc)
		rc = sim_queue_put(queue, card, owner, msg);
	if (!rc)
		sim_oracle_transfer(queue->oracle, queue, owner, SIM_NQAP);
	return rc;
}

/*
 * DQAP on a queue that is there: moves up to @len bytes of the first reply.
 * What does not fit stays, and transfer->residual tells how much it is.
 */
u8 sim_queue_dqap(struct sim_queue *queue, const struct sim_card *card,
		  u32 owner, void *buf, u32 len, struct sim_transfer *transfer)
{
	struct sim_msg *msg;
	u8 rc;

	lockdep_assert_held(&sim_hw.lock);

	queue->counts[SIM_DQAP]++;
	rc = sim_queue_injected(&queue->inject[SIM_DQAP]);
	if (!rc)
		rc = sim_queue_gate(queue, card);
	if (rc)
		return rc;
	msg = list_first_entry_or_null(&queue->ready, struct sim_msg, list);
	if (!msg)
		return SIM_RC_NO_REPLY;

	sim_oracle_transfer(queue->oracle, queue, owner, SIM_DQAP);
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

/* One NQAP with the whole message in @msg. result->cc 0: @msg is taken */
void sim_nqap(const struct sim_who *who, u64 gr[2], struct sim_msg *msg,
	      struct sim_result *result)
{
	u16 apqn = gr[0] & 0xffff;
	const struct sim_card *card = &sim_hw.cards[SIM_APID(apqn)];
	struct sim_queue *queue;
	unsigned long flags;
	u8 rc;

	result->cc = 0;
	result->pgm = 0;
	if (!apqn_valid(who, gr[0])) {
		result->pgm = SIM_PGM_SPECIFICATION;
		return;
	}

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_oracle.instructions++;
	queue = find_queue(who, apqn);
	if (!queue)
		rc = SIM_RC_NOT_AVAILABLE;
	else if (!(gr[0] & NQAP_LAST))
		rc = SIM_RC_NO_FIRST_PART;	/* requests come in one part */
	else if (!msg)
		rc = SIM_RC_TOO_BIG;
	else
		rc = sim_queue_nqap(queue, card, who->owner, msg);
	result->cc = rc ? 3 : 0;
	set_status(&gr[1], sim_queue_status(queue, card, rc));
	sim_log_add(who->owner, SIM_NQAP, apqn, rc, result->cc, 0, gr[1],
		    false);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
}

/*
 * One DQAP into @buf. If the reply is longer than @len: condition code 1, gr2
 * holds the rest's length, no status, and gr0 tells the next DQAP to go on.
 */
void sim_dqap(const struct sim_who *who, u64 gr[3], void *buf, u32 len,
	      struct sim_transfer *transfer, struct sim_result *result)
{
	u16 apqn = gr[0] & 0xffff;
	const struct sim_card *card = &sim_hw.cards[SIM_APID(apqn)];
	struct sim_queue *queue;
	unsigned long flags;
	u8 rc;

	result->cc = 0;
	result->pgm = 0;
	memset(transfer, 0, sizeof(*transfer));
	if (!apqn_valid(who, gr[0])) {
		result->pgm = SIM_PGM_SPECIFICATION;
		return;
	}

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_oracle.instructions++;
	queue = find_queue(who, apqn);
	if (queue) {
		if (!(gr[0] & DQAP_RESUME))
			queue->received = 0;	/* from the beginning */
		rc = sim_queue_dqap(queue, card, who->owner, buf, len,
				    transfer);
	} else {
		rc = SIM_RC_NOT_AVAILABLE;
	}
	gr[2] = transfer->residual;
	if (transfer->residual) {
		result->cc = 1;
		gr[0] |= DQAP_RESUME;
	} else {
		result->cc = rc ? 3 : 0;
		gr[0] &= ~DQAP_RESUME;
		set_status(&gr[1], sim_queue_status(queue, card, rc));
	}
	sim_log_add(who->owner, SIM_DQAP, apqn, rc, result->cc, 0, gr[1],
		    false);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
}

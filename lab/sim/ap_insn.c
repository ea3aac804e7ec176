// SPDX-License-Identifier: GPL-2.0-only
/*
 * PQAP, NQAP and DQAP, executed for the host or for a guest.
 *
 * An instruction of a guest comes with the masks of its CRYCB; an APQN outside
 * of them does not exist for it. Registers and condition codes are those of the
 * architecture. The functions here run in any context. Memory operands are
 * accessed by the callers.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include "ap_insn.h"
#include "hw.h"
#include "lock.h"
#include "log.h"
#include "oracle.h"

/* Bits of the right half of gr0 */
#define GR0_TBIT	0x00800000UL	/* TAPQ: facilities test */
#define GR0_FBIT	0x00400000UL	/* RAPQ, ZAPQ: unbind; QACT: I bit */
#define GR0_RESERVED	0x007f0000UL
#define GR0_WIDE_APQN	0x0000c0f0UL	/* bits of an APQN that need APXA */
#define NQAP_LAST	0x40000000UL	/* this is the last part */
#define DQAP_RESUME	0x20000000UL	/* continue with the rest of a reply */

#define GR0_FC_SHIFT	24
#define QACT_TYPE_SHIFT	24	/* in gr1, and in its answer in gr2 */

/* Condition codes */
#define CC_DONE		0
#define CC_PARTIAL	1	/* DQAP: the buffer was too short */
#define CC_STATUS	3	/* not done: see the response code */

/*
 * Spends half of the time that an instruction takes on this queue: once before
 * and once after its effect, without sim_lock. So two CPUs execute instructions at
 * the same time, and what one of them sees may have changed when it continues.
 */
static void take_half_the_time(u16 apqn)
{
	const struct sim_queue *queue = READ_ONCE(sim_hw.queues[apqn]);
	u32 usecs = queue ? READ_ONCE(queue->set.insn_latency) : 0;
	u64 end;

	if (!usecs)
		return;
	end = ktime_get_mono_fast_ns() + (u64)usecs * NSEC_PER_USEC / 2;
	while (ktime_get_mono_fast_ns() < end)
		cpu_relax();
}

static void set_status(u64 *gr1, u32 status)
{
	*gr1 = (*gr1 & 0xffffffff00000000ULL) | status;
}

static bool apqn_valid(const struct sim_who *who, u64 gr0)
{
	return (sim_hw.apxa && !who->narrow) || !(gr0 & GR0_WIDE_APQN);
}

/*
 * Whether a PQAP is free of specification exceptions. Function codes that are
 * not simulated are not installed, and end in a specification exception.
 */
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
	/* "Invoking this in a non-SE environment" is a specification exception */
	case SIM_BAPQ:
	case SIM_AAPQ:
		return sim_hw.apsb && who->protected &&
		       !(gr[0] & GR0_RESERVED) && apqn_valid(who, gr[0]);
	default:
		return false;
	}
}

/*
 * The queue that an instruction addresses, or NULL if there is none for @who.
 * The host (masks == NULL) sees all queues of its configuration, a guest those
 * of them that its masks allow.
 */
static struct sim_queue *find_queue(const struct sim_who *who, u16 apqn,
				    enum sim_fc fc)
{
	struct sim_queue *queue;

	if (who->masks && !sim_masks_allow(who->masks, apqn))
		return NULL;
	queue = sim_hw_queue(apqn);
	if (queue && who->masks)
		sim_oracle_guest_insn(&sim_oracle, who->owner, apqn, fc);
	else if (queue)
		sim_oracle_host_insn(&sim_oracle, apqn, fc, who->part);
	return queue;
}

/* QACT: the highest type up to the requested one that the card can act as */
static u64 compatible_type(const struct sim_card *card, u64 requested)
{
	u8 type = requested >> QACT_TYPE_SHIFT;

	type = min(type, card->type);
	return (requested & ~(0xffULL << QACT_TYPE_SHIFT)) |
	       (u64)type << QACT_TYPE_SHIFT;
}

/*
 * A PQAP that addresses a queue, i.e. any but QCI. Sets gr1's status and gr2 as
 * the function does. Returns the response code.
 */
static u8 pqap_queue(const struct sim_who *who, u64 gr[3], u8 fc, u16 apqn)
{
	struct sim_queue *queue = find_queue(who, apqn, fc);
	bool tbit = gr[0] & GR0_TBIT;
	u8 rc = SIM_RC_NOT_AVAILABLE;

	if (fc == SIM_TAPQ)
		gr[2] = queue ? sim_hw_info(apqn, tbit) : 0;
	if (!queue)
		goto out;
	queue->counts[fc]++;
	rc = sim_queue_injected(&queue->set.inject[fc]);
	if (!rc)
		rc = sim_queue_gate(queue);
	if (rc)
		goto out;

	switch (fc) {
	case SIM_RAPQ:
	case SIM_ZAPQ:
		rc = sim_queue_start_reset(queue, fc == SIM_ZAPQ,
					   gr[0] & GR0_FBIT);
		break;
	case SIM_BAPQ:
		rc = sim_queue_bapq(queue);
		break;
	case SIM_AAPQ:
		rc = sim_queue_aapq(queue);
		break;
	case SIM_AQIC:
		rc = sim_queue_aqic(queue, gr[1], gr[2],
				    who->part == SIM_BY_AP_BUS);
		break;
	case SIM_QACT:
		gr[2] = compatible_type(queue->card, gr[1]);
		break;
	case SIM_TAPQ:
	default:
		break;
	}
out:
	set_status(&gr[1], sim_queue_status(queue, rc));
	return rc;
}

/**
 * sim_pqap() - execute one PQAP
 * @who: who executes it
 * @gr: gr0 to gr2; changed as the architecture says
 * @result: condition code, program interruption, and the answer to QCI, which
 *	    the caller stores at the address in gr2
 */
void sim_pqap(const struct sim_who *who, u64 gr[3], struct sim_result *result)
{
	u8 fc = gr[0] >> GR0_FC_SHIFT & 0xff;
	bool tbit = fc == SIM_TAPQ && gr[0] & GR0_TBIT;
	u16 apqn = gr[0] & 0xffff;
	unsigned long flags;
	u8 rc = 0;

	result->cc = CC_DONE;
	result->pgm = pqap_valid(who, gr, fc) ? 0 : SIM_PGM_SPECIFICATION;
	/* the log and the counters have no place for other function codes */
	if (fc >= SIM_NR_PQAP)
		return;

	if (fc != SIM_QCI)
		take_half_the_time(apqn);
	raw_spin_lock_irqsave(&sim_lock, flags);
	if (!result->pgm) {
		sim_oracle.instructions++;
		if (fc == SIM_QCI) {
			sim_hw_query(&result->qci, who->masks);
			apqn = 0;
		} else {
			rc = pqap_queue(who, gr, fc, apqn);
			result->cc = rc ? CC_STATUS : CC_DONE;
		}
	}
	sim_log_add(who->owner, fc, apqn, rc, result->cc, result->pgm, gr[1],
		    tbit);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (fc != SIM_QCI)
		take_half_the_time(apqn);
}

/**
 * sim_nqap() - execute one NQAP
 * @who: who executes it
 * @gr: gr0 and gr1
 * @msg: the whole request; NULL if it is longer than a queue accepts
 * @result: condition code and program interruption. If both are 0 the queue
 *	    owns @msg, else the caller does.
 */
void sim_nqap(const struct sim_who *who, u64 gr[2], struct sim_msg *msg,
	      struct sim_result *result)
{
	u16 apqn = gr[0] & 0xffff;
	struct sim_queue *queue;
	unsigned long flags;
	u8 rc;

	result->cc = CC_DONE;
	result->pgm = 0;
	if (!apqn_valid(who, gr[0])) {
		result->pgm = SIM_PGM_SPECIFICATION;
		return;
	}

	take_half_the_time(apqn);
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle.instructions++;
	queue = find_queue(who, apqn, SIM_NQAP);
	if (!queue)
		rc = SIM_RC_NOT_AVAILABLE;
	else if (!(gr[0] & NQAP_LAST))
		rc = SIM_RC_NO_FIRST_PART;	/* requests come in one part */
	else if (!msg)
		rc = SIM_RC_TOO_BIG;
	else
		rc = sim_queue_nqap(queue, who->owner, msg);
	result->cc = rc ? CC_STATUS : CC_DONE;
	set_status(&gr[1], sim_queue_status(queue, rc));
	sim_log_add(who->owner, SIM_NQAP, apqn, rc, result->cc, 0, gr[1],
		    false);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	take_half_the_time(apqn);
}

/**
 * sim_dqap() - execute one DQAP
 * @who: who executes it
 * @gr: gr0 to gr2
 * @buf: receives up to @len bytes of the reply
 * @len: size of @buf
 * @transfer: what was moved
 * @result: condition code and program interruption. CC_PARTIAL: gr2 holds the
 *	    length of the rest, there is no status, and gr0 tells the next DQAP
 *	    to continue.
 */
void sim_dqap(const struct sim_who *who, u64 gr[3], void *buf, u32 len,
	      struct sim_transfer *transfer, struct sim_result *result)
{
	u16 apqn = gr[0] & 0xffff;
	struct sim_queue *queue;
	unsigned long flags;
	u8 rc;

	result->cc = CC_DONE;
	result->pgm = 0;
	memset(transfer, 0, sizeof(*transfer));
	if (!apqn_valid(who, gr[0])) {
		result->pgm = SIM_PGM_SPECIFICATION;
		return;
	}

	take_half_the_time(apqn);
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle.instructions++;
	queue = find_queue(who, apqn, SIM_DQAP);
	if (queue) {
		if (!(gr[0] & DQAP_RESUME))
			queue->received = 0;	/* from the beginning */
		rc = sim_queue_dqap(queue, who->owner, buf, len, transfer);
	} else {
		rc = SIM_RC_NOT_AVAILABLE;
	}
	gr[2] = transfer->residual;
	if (transfer->residual) {
		result->cc = CC_PARTIAL;
		gr[0] |= DQAP_RESUME;
	} else {
		result->cc = rc ? CC_STATUS : CC_DONE;
		gr[0] &= ~DQAP_RESUME;
		set_status(&gr[1], sim_queue_status(queue, rc));
	}
	sim_log_add(who->owner, SIM_DQAP, apqn, rc, result->cc, 0, gr[1],
		    false);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	take_half_the_time(apqn);
}

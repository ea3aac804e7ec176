// SPDX-License-Identifier: GPL-2.0-only
/*
 * Self-test of the rules of the oracle: each deliberate fault must be reported,
 * once, and nothing else.
 *
 * The test uses a queue, a card, two guests and an oracle of its own with the
 * same code as the real ones. The counters of the real oracle do not change. The
 * ways in which the real oracle learns of events (probes, notifier, CRYCB) are
 * tested by faulty.ko, see lab/faulty.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lock.h"
#include "oracle.h"
#include "queue.h"
#include "selftest.h"

#define APQN_ONE	SIM_APQN(5, 4)
#define APQN_TWO	SIM_APQN(6, 4)

struct bench {
	struct sim_oracle oracle;
	struct sim_card card;
	struct sim_queue *queue;
	struct sim_guest guests[2];
	struct sim_masks masks[2];
};

/* @owner sends a request to the private queue. Response code, or -ENOMEM */
static int send(struct bench *bench, u32 owner)
{
	struct sim_msg *msg = sim_msg_alloc(64, GFP_KERNEL);
	unsigned long flags;
	u8 rc;

	if (!msg)
		return -ENOMEM;
	memset(msg->data, 0, 64);
	msg->psmid = 1;
	msg->len = 64;
	raw_spin_lock_irqsave(&sim_lock, flags);
	rc = sim_queue_nqap(bench->queue, owner, msg);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (rc)
		kfree(msg);
	return rc;
}

static void reset(struct bench *bench, bool zeroize)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_queue_start_reset(bench->queue, zeroize, false);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void outage(struct bench *bench)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_queue_clear(bench->queue);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void standby(struct bench *bench, bool on)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (on)
		sim_oracle_away(&bench->oracle, APQN_ONE);
	else
		sim_oracle_operational(&bench->oracle, APQN_ONE);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void free_page_at(struct bench *bench, u64 address)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_page_freed(&bench->oracle, address, address + PAGE_SIZE - 1);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/* Whether nothing but @nr findings of @kind were reported since the last call */
static bool found(struct bench *bench, enum sim_kind kind, u64 nr)
{
	bool right = true;
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&sim_lock, flags);
	for (i = 0; i < SIM_NR_KINDS; i++) {
		right &= bench->oracle.nr[i] == (i == kind ? nr : 0);
		bench->oracle.nr[i] = 0;
	}
	bench->oracle.nr_findings = 0;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return right;
}

/* The guest's masks are its adapters 5 and 6, as given, and domain 4 */
static void set_masks(struct bench *bench, unsigned int nr, bool five, bool six)
{
	struct sim_masks *masks = &bench->masks[nr];
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	memset(masks, 0, sizeof(*masks));
	sim_mask_set(masks->aqm, 4);
	if (five)
		sim_mask_set(masks->apm, 5);
	if (six)
		sim_mask_set(masks->apm, 6);
	sim_oracle_masks(&bench->oracle, &bench->guests[nr], masks);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/* Changes a CRYCB only: no function of KVM, no kick */
static void set_crycb(struct bench *bench, unsigned int nr, bool five, bool six)
{
	struct sim_masks *masks = &bench->masks[nr];
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	memset(masks->apm, 0, sizeof(masks->apm));
	if (five)
		sim_mask_set(masks->apm, 5);
	if (six)
		sim_mask_set(masks->apm, 6);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void bind(struct bench *bench, u16 apqn, enum sim_binding binding)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_bind(&bench->oracle, apqn, binding);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void irq_on(struct bench *bench, u16 apqn, u64 gisa, bool pinned)
{
	const struct sim_irq irq = { .gisa = gisa, .nib = 0x5000 };
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_irq_on(&bench->oracle, apqn, &irq, pinned, false);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static void irq_off(struct bench *bench, u16 apqn)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_irq_off(&bench->oracle, apqn);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/* The host uses the queue after a guest had it and its card was in standby. */
static bool host_follows(struct bench *bench, bool leaves_in_standby, u64 leaks)
{
	bool right;

	reset(bench, true);
	bench->guests[0].entries = 1;
	set_masks(bench, 0, true, false);
	outage(bench);
	standby(bench, true);
	if (leaves_in_standby)
		set_masks(bench, 0, false, false);
	standby(bench, false);
	set_masks(bench, 0, false, false);
	right = !send(bench, SIM_OWNER_HOST) && found(bench, SIM_LEAK, leaks);
	bench->guests[0].entries = 0;
	return right;
}

static bool leak_is_found(struct bench *bench)
{
	const u32 one = SIM_OWNER_GUEST(1), two = SIM_OWNER_GUEST(2);

	/* correct: zeroized in between */
	if (send(bench, one) || send(bench, one))
		return false;
	reset(bench, true);
	if (send(bench, two) || !found(bench, SIM_LEAK, 0))
		return false;
	/* wrong: RAPQ does not zeroize, nor does an outage */
	reset(bench, false);
	if (send(bench, one) || !found(bench, SIM_LEAK, 1))
		return false;
	reset(bench, true);
	if (send(bench, one))
		return false;
	outage(bench);
	if (send(bench, two) || !found(bench, SIM_LEAK, 1))
		return false;
	/* allowed: the host after an outage, see oracle.c */
	outage(bench);
	if (send(bench, SIM_OWNER_HOST) || !found(bench, SIM_LEAK, 0))
		return false;
	if (send(bench, two) || !found(bench, SIM_LEAK, 1))
		return false;
	/*
	 * A guest that leaves in the outage has not used the queue since; one that stays
	 * may have.
	 */
	if (!host_follows(bench, true, 0) || !host_follows(bench, false, 1))
		return false;
	reset(bench, true);
	return true;
}

static bool sharing_is_found(struct bench *bench)
{
	set_masks(bench, 0, true, false);
	set_masks(bench, 1, false, true);
	if (!found(bench, SIM_SHARING, 0))
		return false;
	/* with the other guest; seen twice, it counts once */
	set_masks(bench, 1, true, true);
	set_masks(bench, 0, true, false);
	if (!found(bench, SIM_SHARING, 1))
		return false;
	set_masks(bench, 1, false, true);
	/* with a host driver, without any entry into SIE */
	bind(bench, APQN_TWO, SIM_HOST_DRIVER);
	if (!found(bench, SIM_SHARING, 1))
		return false;
	set_masks(bench, 1, false, false);
	bind(bench, APQN_TWO, SIM_UNBOUND_QUEUE);
	/* with a guest whose CRYCB was written without KVM */
	set_crycb(bench, 1, true, false);
	set_masks(bench, 0, false, false);
	set_masks(bench, 0, true, false);
	if (!found(bench, SIM_SHARING, 1))
		return false;
	set_crycb(bench, 1, false, false);
	set_masks(bench, 0, false, false);
	return found(bench, SIM_SHARING, 0);
}

static bool unclean_is_found(struct bench *bench)
{
	bench->guests[0].entries = 1;
	set_masks(bench, 0, true, false);
	set_masks(bench, 0, false, false);
	/* allowed: back to the same guest */
	set_masks(bench, 0, true, false);
	set_masks(bench, 0, false, false);
	if (!found(bench, SIM_UNCLEAN, 0))
		return false;
	set_masks(bench, 1, true, false);
	set_masks(bench, 1, false, false);
	if (!found(bench, SIM_UNCLEAN, 1))
		return false;
	/* allowed: while the card is deconfigured, which resets the queue */
	outage(bench);
	standby(bench, true);
	set_masks(bench, 1, true, false);
	standby(bench, false);
	if (sim_oracle_taint(&bench->oracle, APQN_ONE) != SIM_OWNER_NONE)
		return false;
	/* wrong: it was operational before the guest got it */
	bench->guests[1].entries = 1;
	set_masks(bench, 1, false, false);
	bench->guests[1].entries = 0;
	outage(bench);
	standby(bench, true);
	standby(bench, false);
	set_masks(bench, 0, true, false);
	set_masks(bench, 0, false, false);
	return found(bench, SIM_UNCLEAN, 1);
}

static bool unbound_is_found(struct bench *bench)
{
	bench->oracle.watches_bus = true;
	bind(bench, APQN_TWO, SIM_GUEST_DRIVER);
	set_masks(bench, 1, false, true);
	if (!found(bench, SIM_UNBOUND, 0))
		return false;
	bind(bench, APQN_TWO, SIM_UNBOUND_QUEUE);
	set_masks(bench, 1, false, false);
	bench->oracle.watches_bus = false;
	return found(bench, SIM_UNBOUND, 1);
}

static bool trespass_is_found(struct bench *bench)
{
	unsigned long flags;

	set_masks(bench, 1, false, true);
	raw_spin_lock_irqsave(&sim_lock, flags);
	/* allowed */
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_TAPQ,
			     SIM_BY_OTHERS);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_ZAPQ,
			     SIM_BY_GUEST_DRIVER);
	sim_oracle_host_insn(&bench->oracle, APQN_ONE, SIM_ZAPQ,
			     SIM_BY_OTHERS);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (!found(bench, SIM_TRESPASS, 0))
		return false;
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_RAPQ,
			     SIM_BY_OTHERS);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_ZAPQ,
			     SIM_BY_AP_BUS);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_AQIC,
			     SIM_BY_OTHERS);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_NQAP,
			     SIM_BY_GUEST_DRIVER);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (!found(bench, SIM_TRESPASS, 4))
		return false;
	/* counted apart */
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_host_insn(&bench->oracle, APQN_TWO, SIM_RAPQ,
			     SIM_BY_AP_BUS);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	set_masks(bench, 1, false, false);
	return found(bench, SIM_BUS, 1);
}

static bool stale_is_found(struct bench *bench)
{
	unsigned long flags;

	set_masks(bench, 1, false, true);
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_guest_insn(&bench->oracle, SIM_OWNER_GUEST(2), APQN_TWO,
			      SIM_TAPQ);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (!found(bench, SIM_STALE, 0))
		return false;
	set_crycb(bench, 1, false, false);
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_guest_insn(&bench->oracle, SIM_OWNER_GUEST(2), APQN_TWO,
			      SIM_TAPQ);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	set_masks(bench, 1, false, false);
	return found(bench, SIM_STALE, 1);
}

static bool irq_is_found(struct bench *bench)
{
	const u64 gisa_one = bench->guests[0].gisa;
	const u64 gisa_two = bench->guests[1].gisa;
	bool right;

	bench->oracle.watches_pins = true;
	set_masks(bench, 1, false, true);
	irq_on(bench, APQN_TWO, gisa_two, true);
	irq_off(bench, APQN_TWO);
	right = found(bench, SIM_INTERRUPT, 0);
	irq_on(bench, APQN_TWO, 0x7000, true);		/* nobody's GISA */
	irq_on(bench, APQN_TWO, gisa_one, true);	/* another guest's */
	irq_on(bench, APQN_TWO, 0, true);		/* the host's */
	irq_on(bench, APQN_TWO, gisa_two, false);	/* page not pinned */
	right &= found(bench, SIM_INTERRUPT, 4);
	free_page_at(bench, 0x5000);
	right &= found(bench, SIM_INTERRUPT, 1);
	free_page_at(bench, 0x6000);
	right &= found(bench, SIM_INTERRUPT, 0);
	/* a protected guest that does not share the page */
	bench->guests[1].protected = true;
	irq_on(bench, APQN_TWO, gisa_two, true);
	bench->guests[1].protected = false;
	right &= found(bench, SIM_INTERRUPT, 1);
	/* the queue goes to another guest, but notifies the first one */
	set_masks(bench, 1, false, false);
	set_masks(bench, 0, false, true);
	right &= found(bench, SIM_INTERRUPT, 1);
	irq_off(bench, APQN_TWO);
	set_masks(bench, 0, false, false);
	bench->oracle.watches_pins = false;
	return right && found(bench, SIM_INTERRUPT, 0);
}

static int prepare(struct bench *bench)
{
	unsigned long flags;
	unsigned int i;
	int ret;

	ret = sim_oracle_create(&bench->oracle);
	if (ret)
		return ret;
	bench->queue = sim_queue_create(APQN_ONE, &bench->card, &bench->oracle);
	if (!bench->queue)
		return -ENOMEM;
	bench->queue->set.reset_latency = 0;
	bench->card = (struct sim_card) { .type = 14, .depth = 8 };
	raw_spin_lock_irqsave(&sim_lock, flags);
	for (i = 0; i < 2; i++) {
		bench->guests[i].id = i + 1;
		bench->guests[i].gisa = 0x1000 * (i + 1);
		bench->guests[i].crycb.fixed = &bench->masks[i];
		sim_oracle_add_guest(&bench->oracle, &bench->guests[i]);
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

static void tear_down(struct bench *bench)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&sim_lock, flags);
	for (i = 0; i < 2; i++)
		if (bench->guests[i].id)
			sim_oracle_remove_guest(&bench->oracle,
						&bench->guests[i]);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (bench->queue)
		sim_queue_destroy(bench->queue);
	sim_oracle_destroy(&bench->oracle);
}

/* Prints whether each kind of finding was reported, then "ok" or "failed" */
int sim_selftest(struct seq_file *m)
{
	static const struct {
		enum sim_kind kind;
		bool (*test)(struct bench *bench);
	} tests[] = {
		{ SIM_LEAK, leak_is_found },
		{ SIM_SHARING, sharing_is_found },
		{ SIM_UNCLEAN, unclean_is_found },
		{ SIM_UNBOUND, unbound_is_found },
		{ SIM_TRESPASS, trespass_is_found },
		{ SIM_STALE, stale_is_found },
		{ SIM_INTERRUPT, irq_is_found },
	};
	struct bench *bench = kvzalloc(sizeof(*bench), GFP_KERNEL);
	bool right, all = true;
	unsigned int i;
	int ret;

	if (!bench)
		return -ENOMEM;
	ret = prepare(bench);
	for (i = 0; !ret && i < ARRAY_SIZE(tests); i++) {
		right = tests[i].test(bench);
		seq_printf(m, "%s %sreported\n", sim_kind_names[tests[i].kind],
			   right ? "" : "not ");
		all &= right;
	}
	if (!ret)
		seq_puts(m, all ? "ok\n" : "failed\n");
	tear_down(bench);
	kvfree(bench);
	return ret;
}

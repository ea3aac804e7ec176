// SPDX-License-Identifier: GPL-2.0-only
/*
 * Self-test room: shows that the oracle can find what it is there to find.
 *
 * A queue, a card, two guests and an oracle of their own go through the same
 * code as the real ones: no fault must be reported where there is none, and the
 * deliberate ones must be. The real oracle's counts stay as they are.
 */
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "sim.h"

struct bench {
	struct sim_oracle oracle;
	struct sim_card card;
	struct sim_queue *queue;
	struct sim_guest guests[2];
	struct sim_masks masks[2];
};

/* @guest sends a request to the private queue. Response code, or -ENOMEM */
static int send(struct bench *bench, u32 owner)
{
	struct sim_msg *msg = kzalloc(sizeof(*msg) + 64, GFP_KERNEL);
	unsigned long flags;
	u8 rc;

	if (!msg)
		return -ENOMEM;
	msg->len = 64;
	msg->bufsize = 64;
	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	rc = sim_queue_nqap(bench->queue, &bench->card, owner, msg);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
	if (rc)
		kfree(msg);
	return rc;
}

static void zeroize(struct bench *bench)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_queue_reset(bench->queue);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
}

static bool leak_is_found(struct bench *bench)
{
	const u32 one = SIM_OWNER_GUEST(1), two = SIM_OWNER_GUEST(2);

	if (send(bench, one) || send(bench, one) || bench->oracle.leaks)
		return false;
	/* as it must be: cleaned in between */
	zeroize(bench);
	if (send(bench, two) || bench->oracle.leaks)
		return false;
	/* the leak */
	if (send(bench, one))
		return false;
	return bench->oracle.leaks == 1 && bench->oracle.nr_findings == 1 &&
	       bench->oracle.findings[0].other == two;
}

static void enter_sie(struct bench *bench, unsigned int nr)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	bench->guests[nr].masks = bench->masks[nr];
	bench->guests[nr].bound_generation = 0;
	sim_oracle_entry(&bench->oracle, &bench->guests[nr]);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
}

static bool sharing_is_found(struct bench *bench)
{
	const u16 apqn = SIM_APQN(6, 4);
	unsigned long flags;

	sim_mask_set(bench->masks[0].apm, 5);
	sim_mask_set(bench->masks[0].aqm, 4);
	sim_mask_set(bench->masks[1].apm, 6);
	sim_mask_set(bench->masks[1].aqm, 4);
	enter_sie(bench, 0);
	enter_sie(bench, 1);
	if (bench->oracle.sharings)
		return false;
	/* with the other guest; it goes on, and still is one */
	sim_mask_set(bench->masks[1].apm, 5);
	enter_sie(bench, 0);
	enter_sie(bench, 1);
	if (bench->oracle.sharings != 1)
		return false;
	/* with a driver of the host */
	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_oracle_bind(&bench->oracle, apqn, true);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
	enter_sie(bench, 1);
	return bench->oracle.sharings == 2 &&
	       bench->oracle.findings[bench->oracle.nr_findings - 1].apqn == apqn;
}

static int prepare(struct bench *bench)
{
	unsigned int i;
	int ret;

	ret = sim_oracle_create(&bench->oracle);
	if (ret)
		return ret;
	bench->queue = sim_queue_create(0, &bench->oracle);
	if (!bench->queue)
		return -ENOMEM;
	bench->queue->reset_latency = 0;
	bench->card = (struct sim_card) { .type = 14, .depth = 8 };
	for (i = 0; i < 2; i++) {
		bench->guests[i].id = i + 1;
		bench->guests[i].crycb = i + 1;
		bench->guests[i].live = &bench->masks[i];
		INIT_LIST_HEAD(&bench->guests[i].shares);
		list_add_tail(&bench->guests[i].list, &bench->oracle.guests);
	}
	return 0;
}

static void tear_down(struct bench *bench)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_hw.lock, flags);
	sim_guest_forget(&bench->oracle, 1);
	sim_guest_forget(&bench->oracle, 2);
	raw_spin_unlock_irqrestore(&sim_hw.lock, flags);
	if (bench->queue)
		sim_queue_destroy(bench->queue);
	sim_oracle_destroy(&bench->oracle);
}

/* Prints `leak reported`, `sharing reported`, `ok`; or which was not */
int sim_selftest(struct seq_file *m)
{
	struct bench *bench = kvzalloc(sizeof(*bench), GFP_KERNEL);
	bool leak, sharing;
	int ret;

	if (!bench)
		return -ENOMEM;
	ret = prepare(bench);
	if (!ret) {
		leak = leak_is_found(bench);
		sharing = sharing_is_found(bench);
		seq_printf(m, "leak %sreported\nsharing %sreported\n%s\n",
			   leak ? "" : "not ", sharing ? "" : "not ",
			   leak && sharing ? "ok" : "failed");
	}
	tear_down(bench);
	kvfree(bench);
	return ret;
}

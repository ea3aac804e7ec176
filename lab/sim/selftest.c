// SPDX-License-Identifier: GPL-2.0-only
/*
 * Self-test of the oracle: it must report deliberate faults, and nothing else.
 *
 * The test uses a queue, a card, two guests and an oracle of its own with the
 * same code as the real ones. The counters of the real oracle do not change.
 */
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lock.h"
#include "oracle.h"
#include "queue.h"
#include "selftest.h"

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

static void zeroize(struct bench *bench)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_queue_start_reset(bench->queue);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

static bool leak_is_found(struct bench *bench)
{
	const u32 one = SIM_OWNER_GUEST(1), two = SIM_OWNER_GUEST(2);

	if (send(bench, one) || send(bench, one) || bench->oracle.leaks)
		return false;
	/* correct: zeroized in between */
	zeroize(bench);
	if (send(bench, two) || bench->oracle.leaks)
		return false;
	/* wrong: not zeroized */
	if (send(bench, one))
		return false;
	return bench->oracle.leaks == 1 && bench->oracle.nr_findings == 1 &&
	       bench->oracle.findings[0].other == two;
}

static void enter_sie(struct bench *bench, unsigned int nr)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	bench->guests[nr].masks = bench->masks[nr];
	bench->guests[nr].bound_generation = 0;
	sim_oracle_entry(&bench->oracle, &bench->guests[nr]);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
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
	/* with the other guest; seen twice, it counts once */
	sim_mask_set(bench->masks[1].apm, 5);
	enter_sie(bench, 0);
	enter_sie(bench, 1);
	if (bench->oracle.sharings != 1)
		return false;
	/* with a host driver */
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_oracle_bind(&bench->oracle, apqn, true);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
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
	bench->queue = sim_queue_create(0, &bench->card, &bench->oracle);
	if (!bench->queue)
		return -ENOMEM;
	bench->queue->set.reset_latency = 0;
	bench->card = (struct sim_card) { .type = 14, .depth = 8 };
	for (i = 0; i < 2; i++) {
		bench->guests[i].id = i + 1;
		bench->guests[i].crycb.fixed = &bench->masks[i];
		INIT_LIST_HEAD(&bench->guests[i].shares);
		list_add_tail(&bench->guests[i].list, &bench->oracle.guests);
	}
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

/* Prints whether each deliberate fault was reported, then ok or failed */
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

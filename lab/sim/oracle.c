// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: did anybody access another owner's data, or could he?
 *
 * A queue is tainted by the owner whose data it may hold. Moving data through
 * it taints it; a completed reset removes the taint (queue.c). Moving data
 * through a queue that another owner tainted is a leak. An APQN that two guests
 * may use, or a guest and a host driver, is sharing. Guests are compared at each
 * entry into SIE, by the masks in their CRYCBs at that moment.
 *
 * Sharing counts once, when it begins. It counts again only after it stopped.
 *
 * The functions here are called with sim_lock held and allocate nothing: pairs
 * of guests that share are kept in a pool of fixed size.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lock.h"
#include "oracle.h"

struct share {
	struct list_head list;
	u32 with;		/* the other guest's ID */
};

#define NR_SHARES	512
static struct share share_pool[NR_SHARES];
static LIST_HEAD(free_shares);
static bool pool_ready;

struct sim_oracle sim_oracle;

/* Process context, before @oracle is used. 0 or -ENOMEM */
int sim_oracle_create(struct sim_oracle *oracle)
{
	unsigned long flags;
	unsigned int i;

	memset(oracle, 0, sizeof(*oracle));
	INIT_LIST_HEAD(&oracle->guests);
	oracle->bound = kcalloc(256, sizeof(*oracle->bound), GFP_KERNEL);
	if (!oracle->bound)
		return -ENOMEM;
	oracle->generation = 1;

	raw_spin_lock_irqsave(&sim_lock, flags);
	for (i = 0; !pool_ready && i < NR_SHARES; i++)
		list_add(&share_pool[i].list, &free_shares);
	pool_ready = true;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

void sim_oracle_destroy(struct sim_oracle *oracle)
{
	kfree(oracle->bound);
}

/* Clears findings and counters. Taints stay. */
void sim_oracle_clear(struct sim_oracle *oracle)
{
	struct sim_guest *guest;

	lockdep_assert_held(&sim_lock);

	oracle->entries = 0;
	oracle->instructions = 0;
	oracle->transfers = 0;
	oracle->leaks = 0;
	oracle->sharings = 0;
	oracle->nr_findings = 0;
	/* sharing that continues is reported again */
	list_for_each_entry(guest, &oracle->guests, list) {
		list_splice_init(&guest->shares, &free_shares);
		guest->shares_host = 0;
		guest->bound_generation = 0;
	}
}

static void record(struct sim_oracle *oracle, const struct sim_finding *finding)
{
	struct sim_finding *slot;

	if (oracle->nr_findings >= SIM_MAX_FINDINGS)
		return;
	slot = &oracle->findings[oracle->nr_findings++];
	*slot = *finding;
	slot->time_ns = ktime_get_mono_fast_ns();
}

/* @owner moved data into or out of the queue */
void sim_oracle_transfer(struct sim_oracle *oracle, u16 apqn, u32 *taint,
			 u32 owner, enum sim_fc fc)
{
	lockdep_assert_held(&sim_lock);

	oracle->transfers++;
	if (*taint != SIM_OWNER_NONE && *taint != owner) {
		oracle->leaks++;
		record(oracle, &(struct sim_finding) {
			.apqn = apqn,
			.nr_apqns = 1,
			.owner = owner,
			.other = *taint,
			.fc = fc,
		});
	}
	*taint = owner;
}

static unsigned int weight(const u64 mask[4])
{
	return hweight64(mask[0]) + hweight64(mask[1]) +
	       hweight64(mask[2]) + hweight64(mask[3]);
}

static int first_bit(const u64 mask[4])
{
	int i;

	for (i = 0; i < 4; i++)
		if (mask[i])
			return 64 * i + 63 - (fls64(mask[i]) - 1);
	return -1;
}

/* out = a AND b. Returns whether it is not empty. */
static bool and_masks(u64 out[4], const u64 a[4], const u64 b[4])
{
	int i;

	for (i = 0; i < 4; i++)
		out[i] = a[i] & b[i];
	return out[0] | out[1] | out[2] | out[3];
}

static struct share *find_share(struct sim_guest *guest, u32 with)
{
	struct share *share;

	list_for_each_entry(share, &guest->shares, list)
		if (share->with == with)
			return share;
	return NULL;
}

static void check_guest(struct sim_oracle *oracle, struct sim_guest *guest,
			struct sim_guest *other)
{
	struct share *share = find_share(guest, other->id);
	struct sim_masks live;
	u64 apm[4], aqm[4];

	if (other->updating)
		return;
	sim_crycb_read(&other->crycb, &live);
	if (!and_masks(apm, guest->masks.apm, live.apm) ||
	    !and_masks(aqm, guest->masks.aqm, live.aqm)) {
		if (share)
			list_move(&share->list, &free_shares);
		share = find_share(other, guest->id);
		if (share)
			list_move(&share->list, &free_shares);
		return;
	}
	if (share || find_share(other, guest->id))
		return;
	share = list_first_entry_or_null(&free_shares, struct share, list);
	if (share) {
		share->with = other->id;
		list_move(&share->list, &guest->shares);
	}
	oracle->sharings++;
	record(oracle, &(struct sim_finding) {
		.sharing = true,
		.apqn = SIM_APQN(first_bit(apm), first_bit(aqm)),
		.nr_apqns = weight(apm) * weight(aqm),
		.owner = SIM_OWNER_GUEST(guest->id),
		.other = SIM_OWNER_GUEST(other->id),
	});
}

static void check_host(struct sim_oracle *oracle, struct sim_guest *guest)
{
	u32 nr = 0;
	u16 first = 0;
	u64 aqm[4];
	int apid;

	for (apid = 0; apid < 256; apid++) {
		if (!sim_mask_test(guest->masks.apm, apid) ||
		    !and_masks(aqm, guest->masks.aqm, oracle->bound[apid]))
			continue;
		if (!nr)
			first = SIM_APQN(apid, first_bit(aqm));
		nr += weight(aqm);
	}
	if (nr && !guest->shares_host) {
		oracle->sharings++;
		record(oracle, &(struct sim_finding) {
			.sharing = true,
			.apqn = first,
			.nr_apqns = nr,
			.owner = SIM_OWNER_GUEST(guest->id),
			.other = SIM_OWNER_HOST,
		});
	}
	guest->shares_host = nr;
}

/* @guest enters SIE with guest->masks */
void sim_oracle_entry(struct sim_oracle *oracle, struct sim_guest *guest)
{
	struct sim_guest *other;

	lockdep_assert_held(&sim_lock);

	list_for_each_entry(other, &oracle->guests, list)
		if (other != guest)
			check_guest(oracle, guest, other);
	if (guest->bound_generation != oracle->generation) {
		guest->bound_generation = oracle->generation;
		check_host(oracle, guest);
	}
}

/* A host driver other than the guests' was bound to a queue, or unbound */
void sim_oracle_bind(struct sim_oracle *oracle, u16 apqn, bool bound)
{
	u64 *mask = oracle->bound[SIM_APID(apqn)];

	lockdep_assert_held(&sim_lock);

	if (bound)
		sim_mask_set(mask, SIM_APQI(apqn));
	else
		sim_mask_clear(mask, SIM_APQI(apqn));
	oracle->generation++;
}

/* A VM ends: its memory may be reused afterwards. The caller frees @guest. */
void sim_oracle_remove_guest(struct sim_oracle *oracle, struct sim_guest *guest)
{
	struct sim_guest *other;
	struct share *share;

	lockdep_assert_held(&sim_lock);

	list_del(&guest->list);
	list_splice_init(&guest->shares, &free_shares);
	list_for_each_entry(other, &oracle->guests, list) {
		share = find_share(other, guest->id);
		if (share)
			list_move(&share->list, &free_shares);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The oracle: does anybody have access to what belongs to somebody else?
 *
 * It judges at every event that can make an answer wrong: when KVM has written
 * the masks of a guest, when a guest enters SIE (a CRYCB may be written without
 * KVM's functions), when a driver is bound to a queue or unbound, when
 * interrupts are enabled, when an instruction is executed, when a page is freed,
 * and when a VM ends. The rules:
 *
 * leak		Moving data through a queue taints it with the owner. Only a
 *		completed ZAPQ removes the taint: RAPQ, an outage of the card and
 *		its removal do not. Data moved through a queue with another
 *		owner's taint is a leak. Exception: after an outage the host may
 *		use a queue with a guest's taint, because the AP bus itself only
 *		issues RAPQ then, and no driver of guests can prevent it. Likewise,
 *		the machine has reset what becomes operational in a guest's masks.
 * sharing	An APQN is in the masks of two guests, or in those of a guest and
 *		bound to a host driver. A binding begins before the driver's probe
 *		function and ends after its remove function. Sharing counts once
 *		when it begins, and again only after it stopped.
 * unclean	An APQN enters the masks of a guest while its queue is tainted by
 *		another owner, unless its card is out of operation: then the machine
 *		resets the queue before anybody can use it, says mainline's vfio_ap.
 *		An APQN that leaves the masks of a guest that has run is tainted by
 *		that guest: it may have used the queue.
 * unbound	An APQN is in the masks of a guest, and its queue is not bound to
 *		the driver of guests. The same times apply as for sharing.
 * trespass	The host executes RAPQ, ZAPQ, AQIC, NQAP or DQAP on a queue that is
 *		in the masks of a guest. TAPQ, QACT and QCI change nothing and are
 *		allowed: the AP bus scans with them. The driver of guests may
 *		execute RAPQ, ZAPQ and AQIC: VFIO_DEVICE_RESET resets queues that
 *		stay in the guest, and AQIC is executed on behalf of the guest.
 * bus		RAPQ and AQIC by the AP bus itself are no trespass, and are counted
 *		apart. From 6.12 on it executes them for a queue device that it has
 *		just created, after the driver's probe function, and on any kernel
 *		for a queue that a scan saw in error. No driver can prevent that;
 *		what it has to do is to notice, and to have the queue back clean.
 * stale	A guest executes an instruction on an APQN by the masks of its SIE
 *		entry, while its CRYCB does not allow it any more; or a vCPU leaves
 *		SIE by itself after an APQN was withdrawn. In either case it was
 *		not kicked out of SIE before the masks were written.
 * interrupt	Interrupts are enabled with a GISA of no guest, or of another guest
 *		than the one that may use the queue; on a queue of a guest, for
 *		the host; with a NIB in a page that VFIO has not pinned, or that a
 *		protected guest does not share. Or,
 *		while they are enabled: another guest gets the queue, the VM of the
 *		GISA ends, or the page is freed. VFIO may unpin the page as long as
 *		a reference keeps it from being freed.
 *
 * The functions here allocate nothing. Pairs of guests that share are kept in a
 * pool of fixed size.
 */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "lock.h"
#include "oracle.h"

/* What is known of one queue */
struct sim_track {
	u32 taint;		/* owner whose data it may hold */
	bool outage;		/* its card was out of operation since */
	bool away;		/* it is, and resets the queue before it is operational */
	bool irq;
	bool freed;		/* the page of the NIB was freed, and reported */
	u32 slot;		/* in oracle->notifying, if gisa */
	u64 gisa;		/* 0: interrupts for the host */
	u64 nib;
};

struct share {
	struct list_head list;
	u32 with;		/* the other guest's ID */
};

#define NR_SHARES	512
static struct share share_pool[NR_SHARES];
static LIST_HEAD(free_shares);
static bool pool_ready;

struct sim_oracle sim_oracle;

const char * const sim_kind_names[SIM_NR_KINDS] = {
	[SIM_LEAK] = "leaks", [SIM_SHARING] = "sharings",
	[SIM_UNCLEAN] = "unclean", [SIM_UNBOUND] = "unbound",
	[SIM_TRESPASS] = "trespasses", [SIM_STALE] = "stale",
	[SIM_INTERRUPT] = "interrupts", [SIM_BUS] = "bus",
};

/* Process context, before @oracle is used. 0 or -ENOMEM */
int sim_oracle_create(struct sim_oracle *oracle)
{
	unsigned long flags;
	unsigned int i;

	memset(oracle, 0, sizeof(*oracle));
	INIT_LIST_HEAD(&oracle->guests);
	oracle->bound = kcalloc(256, sizeof(*oracle->bound), GFP_KERNEL);
	oracle->for_guests = kcalloc(256, sizeof(*oracle->for_guests),
				     GFP_KERNEL);
	oracle->tracks = vzalloc(array_size(SIM_MAX_APQNS,
					    sizeof(*oracle->tracks)));
	oracle->notifying = vzalloc(array_size(SIM_MAX_APQNS,
					       sizeof(*oracle->notifying)));
	if (!oracle->bound || !oracle->for_guests || !oracle->tracks ||
	    !oracle->notifying) {
		sim_oracle_destroy(oracle);
		return -ENOMEM;
	}

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
	kfree(oracle->for_guests);
	vfree(oracle->tracks);
	vfree(oracle->notifying);
	oracle->bound = NULL;
	oracle->for_guests = NULL;
	oracle->tracks = NULL;
	oracle->notifying = NULL;
}

/* Clears findings and counters. Taints stay. */
void sim_oracle_clear(struct sim_oracle *oracle)
{
	struct sim_guest *guest;

	lockdep_assert_held(&sim_lock);

	oracle->entries = 0;
	oracle->instructions = 0;
	oracle->transfers = 0;
	memset(oracle->nr, 0, sizeof(oracle->nr));
	oracle->nr_findings = 0;
	/* what continues is reported again */
	list_for_each_entry(guest, &oracle->guests, list) {
		list_splice_init(&guest->shares, &free_shares);
		guest->shares_host = 0;
		guest->unbound = 0;
		guest->judged = false;
	}
}

static void report(struct sim_oracle *oracle, const struct sim_finding *finding)
{
	struct sim_finding *slot;

	oracle->nr[finding->kind]++;
	if (oracle->nr_findings >= SIM_MAX_FINDINGS)
		return;
	slot = &oracle->findings[oracle->nr_findings++];
	*slot = *finding;
	slot->time_ns = ktime_get_mono_fast_ns();
}

/* ---- masks ---- */

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

/* out = a AND NOT b. Returns whether it is not empty. */
static bool andnot_masks(u64 out[4], const u64 a[4], const u64 b[4])
{
	int i;

	for (i = 0; i < 4; i++)
		out[i] = a[i] & ~b[i];
	return out[0] | out[1] | out[2] | out[3];
}

/* The domains that @a has with this adapter and @b has not */
static bool only_in_first(u64 out[4], const struct sim_masks *a,
			  const struct sim_masks *b, int apid)
{
	static const u64 none[4];

	if (!sim_mask_test(a->apm, apid))
		return false;
	return andnot_masks(out, a->aqm,
			    sim_mask_test(b->apm, apid) ? b->aqm : none);
}

static struct sim_guest *user_of(struct sim_oracle *oracle, u16 apqn)
{
	struct sim_guest *guest;

	list_for_each_entry(guest, &oracle->guests, list)
		if (sim_masks_allow(&guest->masks, apqn))
			return guest;
	return NULL;
}

static struct sim_guest *guest_of_gisa(struct sim_oracle *oracle, u64 gisa)
{
	struct sim_guest *guest;

	list_for_each_entry(guest, &oracle->guests, list)
		if (guest->gisa == gisa)
			return guest;
	return NULL;
}

/* ---- taint ---- */

u32 sim_oracle_taint(const struct sim_oracle *oracle, u16 apqn)
{
	return oracle->tracks[apqn].taint;
}

/* A ZAPQ of the queue has completed */
void sim_oracle_zeroized(struct sim_oracle *oracle, u16 apqn)
{
	lockdep_assert_held(&sim_lock);

	oracle->tracks[apqn].taint = SIM_OWNER_NONE;
	oracle->tracks[apqn].outage = false;
}

/* The card of the queue was deconfigured, checkstopped or removed */
void sim_oracle_outage(struct sim_oracle *oracle, u16 apqn)
{
	lockdep_assert_held(&sim_lock);

	oracle->tracks[apqn].outage = true;
	oracle->tracks[apqn].away = false;
}

/* ... and not removed: it exists, and is reset before it is operational */
void sim_oracle_away(struct sim_oracle *oracle, u16 apqn)
{
	lockdep_assert_held(&sim_lock);

	oracle->tracks[apqn].away = true;
}

/*
 * The card of the queue is operational again, and has reset the queue. In the masks of a
 * guest that counts as zeroized, since nobody could do that before the guest has it.
 */
void sim_oracle_operational(struct sim_oracle *oracle, u16 apqn)
{
	struct sim_track *track = &oracle->tracks[apqn];
	struct sim_guest *guest;

	lockdep_assert_held(&sim_lock);

	if (!track->away)
		return;
	track->away = false;
	list_for_each_entry(guest, &oracle->guests, list)
		if (sim_masks_allow(&guest->masks, apqn))
			track->taint = SIM_OWNER_NONE;
}

/* @owner moved data into or out of the queue */
void sim_oracle_transfer(struct sim_oracle *oracle, u16 apqn, u32 owner,
			 enum sim_fc fc)
{
	struct sim_track *track = &oracle->tracks[apqn];

	lockdep_assert_held(&sim_lock);

	oracle->transfers++;
	if (track->taint != SIM_OWNER_NONE && track->taint != owner &&
	    !(owner == SIM_OWNER_HOST && track->outage))
		report(oracle, &(struct sim_finding) {
			.kind = SIM_LEAK,
			.apqn = apqn,
			.nr_apqns = 1,
			.owner = owner,
			.other = track->taint,
			.fc = fc,
		});
	track->taint = owner;
	track->outage = false;
}

/* ---- sharing and bindings ---- */

static struct share *find_share(struct sim_guest *guest, u32 with)
{
	struct share *share;

	list_for_each_entry(share, &guest->shares, list)
		if (share->with == with)
			return share;
	return NULL;
}

static void end_share(struct sim_guest *guest, u32 with)
{
	struct share *share = find_share(guest, with);

	if (share)
		list_move(&share->list, &free_shares);
}

static void judge_guests(struct sim_oracle *oracle, struct sim_guest *guest,
			 struct sim_guest *other)
{
	struct share *share;
	struct sim_masks now;
	u64 apm[4], aqm[4];

	/* the masks of the other one may have been written without KVM */
	if (other->updating)
		now = other->masks;
	else
		sim_crycb_read(&other->crycb, &now);
	if (!and_masks(apm, guest->masks.apm, now.apm) ||
	    !and_masks(aqm, guest->masks.aqm, now.aqm)) {
		end_share(guest, other->id);
		end_share(other, guest->id);
		return;
	}
	if (find_share(guest, other->id) || find_share(other, guest->id))
		return;
	share = list_first_entry_or_null(&free_shares, struct share, list);
	if (share) {
		share->with = other->id;
		list_move(&share->list, &guest->shares);
	}
	report(oracle, &(struct sim_finding) {
		.kind = SIM_SHARING,
		.apqn = SIM_APQN(first_bit(apm), first_bit(aqm)),
		.nr_apqns = weight(apm) * weight(aqm),
		.owner = SIM_OWNER_GUEST(guest->id),
		.other = SIM_OWNER_GUEST(other->id),
	});
}

/*
 * The queues of the guest that are (@in) or are not in a table of bindings.
 * Reports them if there were none at the last time. Returns their number.
 */
static u32 judge_bindings(struct sim_oracle *oracle, struct sim_guest *guest,
			  u64 (*table)[4], bool in, u32 before,
			  struct sim_finding finding)
{
	u64 aqm[4];
	bool any;
	int apid;

	for (apid = 0; apid < 256; apid++) {
		if (!sim_mask_test(guest->masks.apm, apid))
			continue;
		any = in ? and_masks(aqm, guest->masks.aqm, table[apid]) :
			   andnot_masks(aqm, guest->masks.aqm, table[apid]);
		if (!any)
			continue;
		if (!finding.nr_apqns)
			finding.apqn = SIM_APQN(apid, first_bit(aqm));
		finding.nr_apqns += weight(aqm);
	}
	finding.owner = SIM_OWNER_GUEST(guest->id);
	if (finding.nr_apqns && !before)
		report(oracle, &finding);
	return finding.nr_apqns;
}

static void judge_guest(struct sim_oracle *oracle, struct sim_guest *guest)
{
	struct sim_guest *other;

	guest->judged = true;
	list_for_each_entry(other, &oracle->guests, list)
		if (other != guest)
			judge_guests(oracle, guest, other);
	guest->shares_host = judge_bindings(oracle, guest, oracle->bound, true,
					    guest->shares_host,
					    (struct sim_finding) {
						.kind = SIM_SHARING,
						.other = SIM_OWNER_HOST,
					    });
	if (oracle->watches_bus)
		guest->unbound = judge_bindings(oracle, guest,
						oracle->for_guests, false,
						guest->unbound,
						(struct sim_finding) {
							.kind = SIM_UNBOUND,
						});
}

/* The binding of a queue begins, or has ended */
void sim_oracle_bind(struct sim_oracle *oracle, u16 apqn,
		     enum sim_binding binding)
{
	unsigned int apid = SIM_APID(apqn), apqi = SIM_APQI(apqn);
	struct sim_guest *guest;

	lockdep_assert_held(&sim_lock);

	sim_mask_clear(oracle->bound[apid], apqi);
	sim_mask_clear(oracle->for_guests[apid], apqi);
	if (binding == SIM_HOST_DRIVER)
		sim_mask_set(oracle->bound[apid], apqi);
	if (binding == SIM_GUEST_DRIVER)
		sim_mask_set(oracle->for_guests[apid], apqi);
	list_for_each_entry(guest, &oracle->guests, list)
		if (sim_masks_allow(&guest->masks, apqn) || guest->unbound ||
		    guest->shares_host)
			judge_guest(oracle, guest);
}

/* ---- interrupts ---- */

static void report_irq(struct sim_oracle *oracle, u16 apqn, u32 owner, u32 other,
		       const char *why)
{
	report(oracle, &(struct sim_finding) {
		.kind = SIM_INTERRUPT,
		.apqn = apqn,
		.nr_apqns = 1,
		.owner = owner,
		.other = other,
		.why = why,
	});
}

static u32 owner_of_gisa(struct sim_oracle *oracle, u64 gisa)
{
	struct sim_guest *guest = guest_of_gisa(oracle, gisa);

	return guest ? SIM_OWNER_GUEST(guest->id) : SIM_OWNER_NONE;
}

/* Interrupts of the queue were disabled */
void sim_oracle_irq_off(struct sim_oracle *oracle, u16 apqn)
{
	struct sim_track *track = &oracle->tracks[apqn];
	u16 last;

	lockdep_assert_held(&sim_lock);

	if (track->irq && track->gisa) {
		/* sim_oracle_notifies() reads these without the lock */
		WRITE_ONCE(oracle->nr_notifying, oracle->nr_notifying - 1);
		last = oracle->notifying[oracle->nr_notifying];
		WRITE_ONCE(oracle->notifying[track->slot], last);
		oracle->tracks[last].slot = track->slot;
	}
	track->irq = false;
}

/*
 * Interrupts of the queue were enabled. Without a GISA they are for the host.
 * @pinned: the page of the NIB is pinned by VFIO. @shared: it is pinned by the
 * Ultravisor as a page that a protected guest shares.
 */
void sim_oracle_irq_on(struct sim_oracle *oracle, u16 apqn,
		       const struct sim_irq *irq, bool pinned, bool shared)
{
	u64 gisa = irq->gisa;
	struct sim_track *track = &oracle->tracks[apqn];
	struct sim_guest *user = user_of(oracle, apqn);
	u32 target = gisa ? owner_of_gisa(oracle, gisa) : SIM_OWNER_HOST;
	u32 owner = user ? SIM_OWNER_GUEST(user->id) : SIM_OWNER_NONE;

	lockdep_assert_held(&sim_lock);

	sim_oracle_irq_off(oracle, apqn);
	track->irq = true;
	track->freed = false;
	track->gisa = gisa;
	/* sim_oracle_notifies() reads these without the lock */
	WRITE_ONCE(track->nib, irq->nib);
	if (gisa) {
		track->slot = oracle->nr_notifying;
		WRITE_ONCE(oracle->notifying[track->slot], apqn);
		WRITE_ONCE(oracle->nr_notifying, oracle->nr_notifying + 1);
	}
	if (gisa && target == SIM_OWNER_NONE)
		report_irq(oracle, apqn, owner, target, "gisa");
	else if (user && target != owner && !irq->by_bus)
		report_irq(oracle, apqn, owner, target, "owner");
	if (gisa && oracle->watches_bus &&
	    !sim_mask_test(oracle->for_guests[SIM_APID(apqn)], SIM_APQI(apqn)))
		report_irq(oracle, apqn, owner, target, "binding");
	if (gisa && oracle->watches_pins && !pinned)
		report_irq(oracle, apqn, owner, target, "page");
	if (user && user->protected && !shared)
		report_irq(oracle, apqn, owner, target, "shared");
}

/*
 * Whether guest interrupts have a NIB between these absolute addresses. Without
 * sim_lock: what is being enabled or disabled meanwhile may be missed.
 */
bool sim_oracle_notifies(const struct sim_oracle *oracle, u64 first, u64 last)
{
	u32 nr = READ_ONCE(oracle->nr_notifying), i;
	u64 nib;

	for (i = 0; i < nr; i++) {
		nib = READ_ONCE(oracle->tracks[READ_ONCE(oracle->notifying[i])].nib);
		if (nib >= first && nib <= last)
			return true;
	}
	return false;
}

/* Pages with host absolute addresses @first to @last have been freed */
void sim_oracle_page_freed(struct sim_oracle *oracle, u64 first, u64 last)
{
	struct sim_track *track;
	u32 i;

	lockdep_assert_held(&sim_lock);

	for (i = 0; i < oracle->nr_notifying; i++) {
		track = &oracle->tracks[oracle->notifying[i]];
		if (track->freed || track->nib < first || track->nib > last)
			continue;
		track->freed = true;
		report_irq(oracle, oracle->notifying[i], SIM_OWNER_NONE,
			   owner_of_gisa(oracle, track->gisa), "freed");
	}
}

/* ---- masks of a guest ---- */

/* APQNs have left the masks of a guest: the queues may hold its data */
static void judge_leaving(struct sim_oracle *oracle, struct sim_guest *guest,
			  const struct sim_masks *masks)
{
	struct sim_track *track;
	u64 aqm[4];
	int apid, apqi;

	if (!guest->entries)
		return;
	for (apid = 0; apid < 256; apid++) {
		if (!only_in_first(aqm, &guest->masks, masks, apid))
			continue;
		for (apqi = 0; apqi < 256; apqi++) {
			if (!sim_mask_test(aqm, apqi))
				continue;
			track = &oracle->tracks[SIM_APQN(apid, apqi)];
			if (track->taint != SIM_OWNER_NONE)
				continue;
			track->taint = SIM_OWNER_GUEST(guest->id);
			/* an outage that lasts began after anything the guest did */
			track->outage = track->away;
		}
	}
}

/* An APQN has entered the masks of a guest */
static void judge_entering(struct sim_oracle *oracle, struct sim_guest *guest,
			   u16 apqn, struct sim_finding *unclean)
{
	const struct sim_track *track = &oracle->tracks[apqn];
	u32 owner = SIM_OWNER_GUEST(guest->id);
	u32 target;

	if (track->taint != SIM_OWNER_NONE && track->taint != owner && !track->away) {
		if (!unclean->nr_apqns++) {
			unclean->apqn = apqn;
			unclean->other = track->taint;
		}
	}
	if (!track->irq)
		return;
	target = track->gisa ? owner_of_gisa(oracle, track->gisa) :
			       SIM_OWNER_HOST;
	if (target != owner)
		report_irq(oracle, apqn, owner, target, "entering");
}

/* @guest has @masks now: KVM wrote them, or they were found at an entry */
void sim_oracle_masks(struct sim_oracle *oracle, struct sim_guest *guest,
		      const struct sim_masks *masks)
{
	struct sim_finding unclean = {
		.kind = SIM_UNCLEAN,
		.owner = SIM_OWNER_GUEST(guest->id),
	};
	u64 aqm[4];
	int apid, apqi;

	lockdep_assert_held(&sim_lock);

	if (guest->judged && !memcmp(masks, &guest->masks, sizeof(*masks)))
		return;
	judge_leaving(oracle, guest, masks);
	for (apid = 0; apid < 256; apid++) {
		if (!only_in_first(aqm, masks, &guest->masks, apid))
			continue;
		for (apqi = 0; apqi < 256; apqi++)
			if (sim_mask_test(aqm, apqi))
				judge_entering(oracle, guest,
					       SIM_APQN(apid, apqi), &unclean);
	}
	if (unclean.nr_apqns)
		report(oracle, &unclean);
	guest->masks = *masks;
	judge_guest(oracle, guest);
}

/* ---- instructions ---- */

/* The host executes a PQAP, NQAP or DQAP on a queue that exists */
void sim_oracle_host_insn(struct sim_oracle *oracle, u16 apqn, enum sim_fc fc,
			  enum sim_part part)
{
	enum sim_kind kind = SIM_TRESPASS;
	struct sim_guest *user;

	lockdep_assert_held(&sim_lock);

	switch (fc) {
	case SIM_RAPQ:
	case SIM_AQIC:
		if (part == SIM_BY_AP_BUS)
			kind = SIM_BUS;
		fallthrough;
	case SIM_ZAPQ:
		if (part == SIM_BY_GUEST_DRIVER)
			return;
		break;
	case SIM_NQAP:
	case SIM_DQAP:
		break;
	default:
		return;
	}
	user = user_of(oracle, apqn);
	if (user)
		report(oracle, &(struct sim_finding) {
			.kind = kind,
			.apqn = apqn,
			.nr_apqns = 1,
			.owner = SIM_OWNER_HOST,
			.other = SIM_OWNER_GUEST(user->id),
			.fc = fc,
		});
}

/* A guest executes an instruction that the masks of its SIE entry allow */
void sim_oracle_guest_insn(struct sim_oracle *oracle, u32 owner, u16 apqn,
			   enum sim_fc fc)
{
	struct sim_guest *guest;
	struct sim_masks now;

	lockdep_assert_held(&sim_lock);

	list_for_each_entry(guest, &oracle->guests, list) {
		if (owner != SIM_OWNER_GUEST(guest->id))
			continue;
		sim_crycb_read(&guest->crycb, &now);
		if (sim_masks_allow(&now, apqn))
			return;
		report(oracle, &(struct sim_finding) {
			.kind = SIM_STALE,
			.apqn = apqn,
			.nr_apqns = 1,
			.owner = owner,
			.fc = fc,
		});
		return;
	}
}

/* A guest has run with the masks @used without a kick, and has @now */
void sim_oracle_stale(struct sim_oracle *oracle, struct sim_guest *guest,
		      const struct sim_masks *used, const struct sim_masks *now)
{
	struct sim_finding finding = {
		.kind = SIM_STALE,
		.owner = SIM_OWNER_GUEST(guest->id),
		.fc = SIM_NR_FC,	/* none in particular */
	};
	u64 aqm[4];
	int apid;

	lockdep_assert_held(&sim_lock);

	for (apid = 0; apid < 256; apid++) {
		if (!only_in_first(aqm, used, now, apid))
			continue;
		if (!finding.nr_apqns)
			finding.apqn = SIM_APQN(apid, first_bit(aqm));
		finding.nr_apqns += weight(aqm);
	}
	if (finding.nr_apqns)
		report(oracle, &finding);
}

/* ---- VMs ---- */

void sim_oracle_add_guest(struct sim_oracle *oracle, struct sim_guest *guest)
{
	lockdep_assert_held(&sim_lock);

	INIT_LIST_HEAD(&guest->shares);
	list_add_tail(&guest->list, &oracle->guests);
}

/* A VM ends: its memory may be reused afterwards. The caller frees @guest. */
void sim_oracle_remove_guest(struct sim_oracle *oracle, struct sim_guest *guest)
{
	static const struct sim_masks none;
	struct sim_guest *other;
	u32 i;

	lockdep_assert_held(&sim_lock);

	for (i = 0; i < oracle->nr_notifying; i++)
		if (guest->gisa &&
		    oracle->tracks[oracle->notifying[i]].gisa == guest->gisa)
			report_irq(oracle, oracle->notifying[i], SIM_OWNER_NONE,
				   SIM_OWNER_GUEST(guest->id), "vm");
	judge_leaving(oracle, guest, &none);
	list_del(&guest->list);
	list_splice_init(&guest->shares, &free_shares);
	list_for_each_entry(other, &oracle->guests, list)
		end_share(other, guest->id);
}

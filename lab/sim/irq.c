// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapter interrupts: a reply is ready on a queue with interrupts enabled.
 *
 * The notification indicator byte (NIB) is set first. For the host, an adapter
 * interrupt follows: the handler of the AP bus is called. For a guest, the bit
 * of its ISC becomes pending in its GISA. If the alert mask of the GISA has that
 * bit, the GISA is added to the alert list of the GIB, and KVM gets a GISA alert
 * interrupt, which wakes an idle vCPU. Host and KVM get their interrupts only for
 * the host ISC that they have registered a handler for.
 *
 * Handlers run as in an interrupt: interrupts are disabled, and softirqs run
 * right after the handler.
 *
 * Lock order: sim_lock, gib_lock.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <asm/isc.h>
#include "irq.h"
#include "lock.h"
#include "patch.h"

#define GISA_IPM_SHIFT	24	/* in the first doubleword */
#define GISA_IAM	0xffULL

/* Third word of the I/O interruption code: adapter interrupt */
#define ADAPTER_IO	0x80000000U

/* struct airq_struct *, struct tpi_info * */
typedef void (*airq_fn)(void *airq, void *tpi_info);

static airq_fn host_handler;
static airq_fn gib_handler;
static struct kvm_s390_gib *gib;
static DEFINE_RAW_SPINLOCK(gib_lock);	/* gib, gib_handler, the alert list */

/* To be called before the AP bus starts. 0 or -ENOENT */
int sim_irq_init(void)
{
	host_handler = (airq_fn)sim_symbol("ap_interrupt_handler");
	return host_handler ? 0 : -ENOENT;
}

/*
 * Replaces chsc_sgib(). KVM passes the origin of its GIB, or 0 when it is
 * unloaded; its handler is not called after that.
 */
int sim_irq_set_gib(u32 origin)
{
	airq_fn handler = NULL;
	unsigned long flags;

	if (origin) {
		handler = (airq_fn)sim_symbol("gib_alert_irq_handler");
		if (!handler)
			pr_warn("aphwsim: no gib_alert_irq_handler: idle guests are not woken\n");
	}
	raw_spin_lock_irqsave(&gib_lock, flags);
	gib = origin ? phys_to_virt(origin) : NULL;
	WRITE_ONCE(gib_handler, handler);
	raw_spin_unlock_irqrestore(&gib_lock, flags);
	if (!origin)
		synchronize_rcu();
	return 0;
}

/* Whether this absolute address is in memory */
bool sim_irq_nib_valid(u64 nib)
{
	return nib && pfn_valid(PHYS_PFN(nib));
}

static void interrupt(airq_fn handler)
{
	u32 info[4] = { 0, 0, ADAPTER_IO, 0 };
	unsigned long flags;

	local_bh_disable();
	local_irq_save(flags);
	handler(NULL, info);
	local_irq_restore(flags);
	local_bh_enable();
}

/* Makes the ISC pending. Returns whether an alert is due. */
static bool gisa_pend(struct kvm_s390_gisa *gisa, u8 gisc)
{
	u64 *word = (u64 *)gisa;
	u64 bit = 0x80ULL >> gisc;
	u64 old, new;

	do {
		old = READ_ONCE(*word);
		new = old | bit << GISA_IPM_SHIFT;
		if (old & GISA_IAM & bit)
			new &= ~GISA_IAM;
	} while (cmpxchg(word, old, new) != old);
	return old & GISA_IAM & bit;
}

/* Adds a GISA to the alert list. Returns whether to interrupt KVM. */
static bool gib_alert(struct kvm_s390_gisa *gisa, u64 origin)
{
	u32 first;

	if (READ_ONCE(gisa->next_alert) != (u32)origin)
		return false;		/* already in the list */
	do {
		first = READ_ONCE(gib->alert_list_origin);
		WRITE_ONCE(gisa->next_alert, first);
	} while (cmpxchg(&gib->alert_list_origin, first, (u32)origin) != first);
	return first == 0;
}

/*
 * A reply is ready: stores NIB and pending bit. The memory may be written as
 * long as interrupts are enabled, hence under sim_lock. Returns whom to
 * interrupt, for sim_irq_deliver().
 */
enum sim_irq_for sim_irq_store(const struct sim_irq *irq)
{
	struct kvm_s390_gisa *gisa;
	bool alert;

	lockdep_assert_held(&sim_lock);

	if (!irq->enabled)
		return SIM_IRQ_NOBODY;
	WRITE_ONCE(*(u8 *)phys_to_virt(irq->nib), 1);
	/* the handler of the AP bus is registered for one ISC */
	if (!irq->guest)
		return irq->isc == AP_ISC ? SIM_IRQ_HOST : SIM_IRQ_NOBODY;

	gisa = phys_to_virt(irq->gisa);
	if (!gisa_pend(gisa, irq->gisc))
		return SIM_IRQ_NOBODY;
	raw_spin_lock(&gib_lock);
	/* KVM's handler is registered for the ISC that the GIB names */
	alert = gib && gib_alert(gisa, irq->gisa) && irq->isc == gib->nisc;
	raw_spin_unlock(&gib_lock);
	return alert ? SIM_IRQ_GIB : SIM_IRQ_NOBODY;
}

/* Calls the interrupt handler. Process context, no locks held. */
void sim_irq_deliver(enum sim_irq_for whom)
{
	airq_fn handler = NULL;

	rcu_read_lock();
	switch (whom) {
	case SIM_IRQ_NOBODY:
		break;
	case SIM_IRQ_HOST:
		handler = host_handler;
		break;
	case SIM_IRQ_GIB:
		handler = READ_ONCE(gib_handler);
		break;
	}
	if (handler)
		interrupt(handler);
	rcu_read_unlock();
}

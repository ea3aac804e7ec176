// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that the hardware may write to: which VFIO has pinned (probes on
 * vfio_pin_pages() and vfio_unpin_pages()), which a protected guest shares (calls of
 * the Ultravisor), and which are freed (the tracepoint mm_page_free).
 *
 * Before 6.0 the functions of VFIO had other arguments. There the pins are not
 * known, and the oracle does not judge them.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include "lock.h"
#include "oracle.h"
#include "pages.h"
#include "patch.h"

#define MAX_PINS	4096

#ifdef SIM_HAVE_VFIO_PIN_IOVA
static const bool have_pin_iova = true;
#else
static const bool have_pin_iova;
#endif

struct pin {
	unsigned long device;	/* struct vfio_device *, compared only */
	u64 iova;
	u64 pfn;
};

/* under sim_lock */
static struct pin pins[MAX_PINS];
static u32 nr_pins;

/* Whether VFIO has pinned the page of this absolute address */
bool sim_page_pinned(u64 address)
{
	u32 i;

	lockdep_assert_held(&sim_lock);

	for (i = 0; i < nr_pins; i++)
		if (pins[i].pfn == PHYS_PFN(address))
			return true;
	return false;
}

/* ---- pins ---- */

struct request {
	struct pin pin;
	int nr;
	struct page **pages;
};

static int pin_begins(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct request *request = (struct request *)instance->data;

	request->pin.device = regs->gprs[2];
	request->pin.iova = regs->gprs[3] & PAGE_MASK;
	request->nr = regs->gprs[4];
	request->pages = (struct page **)regs->gprs[6];
	return 0;
}

static int pin_ends(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct request *request = (struct request *)instance->data;
	unsigned long flags;
	int i;

	if ((int)regs->gprs[2] != request->nr)
		return 0;
	raw_spin_lock_irqsave(&sim_lock, flags);
	for (i = 0; i < request->nr; i++) {
		if (nr_pins == MAX_PINS) {
			sim_oracle.watches_pins = false;
			break;
		}
		pins[nr_pins] = request->pin;
		pins[nr_pins].iova += (u64)i << PAGE_SHIFT;
		pins[nr_pins++].pfn = page_to_pfn(request->pages[i]);
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

static int unpin(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long device = regs->gprs[2];
	u64 iova = regs->gprs[3] & PAGE_MASK;
	int nr = regs->gprs[4];
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&sim_lock, flags);
	for (; nr > 0; nr--, iova += PAGE_SIZE) {
		for (i = 0; i < nr_pins; i++) {
			if (pins[i].device != device || pins[i].iova != iova)
				continue;
			pins[i] = pins[--nr_pins];
			break;
		}
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

static struct kretprobe pin_probe;
static struct kprobe unpin_probe;

/* vfio.ko was loaded. 0 or -errno */
int sim_pages_watch_pins(void)
{
	int ret;

	if (!have_pin_iova)
		return 0;
	memset(&pin_probe, 0, sizeof(pin_probe));
	pin_probe.kp.symbol_name = "vfio_pin_pages";
	pin_probe.entry_handler = pin_begins;
	pin_probe.handler = pin_ends;
	pin_probe.data_size = sizeof(struct request);
	pin_probe.maxactive = 64;
	ret = register_kretprobe(&pin_probe);
	if (ret)
		return ret;
	memset(&unpin_probe, 0, sizeof(unpin_probe));
	unpin_probe.symbol_name = "vfio_unpin_pages";
	unpin_probe.pre_handler = unpin;
	ret = register_kprobe(&unpin_probe);
	if (ret)
		unregister_kretprobe(&pin_probe);
	else
		WRITE_ONCE(sim_oracle.watches_pins, true);
	return ret;
}

/* vfio.ko is being unloaded */
void sim_pages_unwatch_pins(void)
{
	if (!READ_ONCE(sim_oracle.watches_pins))
		return;
	WRITE_ONCE(sim_oracle.watches_pins, false);
	unregister_kretprobe(&pin_probe);
	unregister_kprobe(&unpin_probe);
}

/* ---- protected guests ---- */

/*
 * The memory of a protected guest is not accessible, except for pages that it
 * shares. uv_pin_shared(): the Ultravisor pins a page if it is shared, so that it
 * stays shared. A pin counts for one enabling AQIC.
 */
#define MAX_SHARED	256

static u64 shared[MAX_SHARED];	/* page frame numbers */
static u32 nr_shared;
static bool refuse;

/* From now on no page is shared, or all are */
void sim_uv_refuse(bool on)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	refuse = on;
	nr_shared = 0;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/* The Ultravisor is to pin the page with this address. False: it is not shared */
bool sim_page_share(u64 address)
{
	lockdep_assert_held(&sim_lock);

	if (refuse || nr_shared == MAX_SHARED)
		return false;
	shared[nr_shared++] = PHYS_PFN(address);
	return true;
}

/* Whether the Ultravisor has pinned the page since the last such question */
bool sim_page_shared(u64 address)
{
	u32 i;

	lockdep_assert_held(&sim_lock);

	for (i = 0; i < nr_shared; i++) {
		if (shared[i] != PHYS_PFN(address))
			continue;
		shared[i] = shared[--nr_shared];
		return true;
	}
	return false;
}

/* ---- freed pages ---- */

/*
 * Called for each page that is freed, in any context. sim_lock is only taken if
 * interrupts of a queue are enabled for the page. It cannot be waited for, since
 * its holder frees messages: a page that this very holder frees is none of a
 * guest's, and was reported before.
 */
static void page_freed(void *data, struct page *page, unsigned int order)
{
	u64 first = page_to_phys(page);
	u64 last = first + (PAGE_SIZE << order) - 1;
	unsigned int tries = 1000000;
	unsigned long flags;

	if (likely(!sim_oracle_notifies(&sim_oracle, first, last)))
		return;
	local_irq_save(flags);
	while (!raw_spin_trylock(&sim_lock)) {
		if (!--tries)
			goto out;
		cpu_relax();
	}
	sim_oracle_page_freed(&sim_oracle, first, last);
	raw_spin_unlock(&sim_lock);
out:
	local_irq_restore(flags);
}

/* Once; it cannot be undone. 0 or -errno */
int sim_pages_watch_free(void)
{
	struct tracepoint *point;

	point = (struct tracepoint *)sim_symbol("__tracepoint_mm_page_free");
	if (!point)
		return -ENOENT;
	return tracepoint_probe_register(point, page_freed, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The virtual SIE: replaces the function in which KVM executes the SIE
 * instruction.
 *
 * It runs in the thread of the vCPU and executes the steps of a script. User
 * memory is accessed only while PROG_IN_SIE is clear: KVM waits for a CPU to
 * leave SIE under locks that a page fault may need.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kvm_host.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/css_chars.h>
#include <asm/ptrace.h>
#include <asm/sclp.h>
#include "guest.h"
#include "irq.h"
#include "pages.h"
#include "patch.h"
#include "sie.h"
#include "sie_cpu.h"
#include "sie_script.h"

#define SLICE_NS	4000000		/* a timer interrupt of the host ends it */

/* A vCPU without a script executes an endless loop */
static void endless_loop(struct sim_vcpu *vcpu)
{
	if (!sim_sie_enter(vcpu))
		return;
	while (!sim_sie_kicked(vcpu) && ktime_get_ns() < vcpu->slice_end)
		cpu_relax();
	sim_sie_leave(vcpu);
}

static int sie(struct kvm_s390_sie_block *block, u64 *gprs)
{
	struct sim_vcpu *vcpu = kmalloc(sizeof(*vcpu), GFP_KERNEL);

	/* nothing was executed: KVM enters SIE again */
	if (!vcpu || sim_guest_register(block)) {
		kfree(vcpu);
		return 0;
	}
	vcpu->sie = block;
	vcpu->gprs = gprs;
	vcpu->user = (struct aphwsim_script __user *)block->gg15;
	vcpu->slice_end = ktime_get_ns() + SLICE_NS;
	vcpu->entered = false;
	vcpu->error = 0;
	if (block->gg14 == APHWSIM_SCRIPT_MAGIC)
		sim_script_run(vcpu);
	else
		endless_loop(vcpu);
	if (vcpu->entered)
		sim_guest_leave(block, &vcpu->masks);
	kfree(vcpu);
	return 0;
}

/*
 * KVM of 6.13 and later disables interrupts; SIE enables them while the guest
 * runs. Lockdep was told so by KVM, hence the raw functions.
 *
 * For a task with PF_VCPU the kernel assumes that RCU is not watching, and that
 * an exception must not sleep. Here the host's own code runs, and accesses to the
 * script may fault and sleep, so PF_VCPU is cleared.
 */
static int virtual_sie(phys_addr_t phys, struct kvm_s390_sie_block *block,
		       u64 *gprs, unsigned long gasce)
{
	bool disabled = irqs_disabled();
	unsigned int guest = current->flags & PF_VCPU;
	int ret;

	current->flags &= ~PF_VCPU;
	if (disabled)
		raw_local_irq_enable();
	ret = sie(block, gprs);
	if (disabled)
		raw_local_irq_disable();
	current->flags |= guest;
	return ret;
}

/* Until 6.8 KVM passed the block and the registers only */
static int virtual_sie_old(struct kvm_s390_sie_block *block, u64 *gprs)
{
	return virtual_sie(0, block, gprs, 0);
}

static int module_event(struct notifier_block *nb, unsigned long event,
			void *data)
{
	static const struct {
		const char *name;
		int (*watch)(void);
		void (*unwatch)(void);
	} watched[] = {
		{ "kvm", sim_guest_watch, sim_guest_unwatch },
		{ "vfio", sim_pages_watch_pins, sim_pages_unwatch_pins },
	};
	const struct module *module = data;
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(watched); i++) {
		if (strcmp(module->name, watched[i].name))
			continue;
		if (event == MODULE_STATE_GOING)
			watched[i].unwatch();
		if (event != MODULE_STATE_COMING)
			return NOTIFY_OK;
		ret = watched[i].watch();
		if (ret)
			pr_err("aphwsim: cannot watch %s.ko: %d\n",
			       watched[i].name, ret);
		return ret ? notifier_from_errno(ret) : NOTIFY_OK;
	}
	return NOTIFY_DONE;
}

static struct notifier_block module_nb = { .notifier_call = module_event };

/* Once, before kvm.ko is loaded. It cannot be undone. 0 or -errno */
int sim_sie_init(void)
{
	int ret;

	ret = register_module_notifier(&module_nb);
	if (!ret)
		ret = sim_pages_watch_free();
	if (!ret)
		ret = sim_patch_jump("chsc_sgib", sim_irq_set_gib);
	if (!ret && sim_symbol("__sie64a"))
		ret = sim_patch_jump("__sie64a", virtual_sie);
	else if (!ret)
		ret = sim_patch_jump("sie64a", virtual_sie_old);
	if (ret)
		return ret;
	/* kvm.ko requires these */
	sclp.has_sief2 = 1;
	css_general_characteristics.aiv = 1;
	return 0;
}

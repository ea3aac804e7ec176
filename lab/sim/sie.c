// SPDX-License-Identifier: GPL-2.0-only
/*
 * SIE room: a guest CPU that executes a script.
 *
 * virtual_sie() takes the place of the function in which KVM executes the SIE
 * instruction. It runs in the virtual CPU's thread and keeps SIE's side of the
 * bargain with KVM: PROG_IN_SIE is set while, and only while, guest
 * instructions may execute; before each one a block, a request, a stop, a
 * signal or the scheduler makes it leave; masks are those of the entry.
 *
 * User memory is touched only outside of "in SIE": KVM waits for a CPU to leave
 * SIE under locks that a page fault may need.
 *
 * Which instructions are interpreted and which are intercepted is the
 * hardware's rule: without APIE all are intercepted, with it AQIC alone, and
 * TAPQ with the T bit where that is asked for.
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
#include "sie.h"

#define SLICE_NS	4000000		/* the host's timer interrupts a guest */

/* ---- in and out ---- */

/* Whether the host wants this CPU. Sets the interception that comes of it */
bool sim_sie_kicked(struct sim_vcpu *vcpu)
{
	struct kvm_s390_sie_block *sie = vcpu->sie;

	if (atomic_read(&sie->prog20) & (PROG_BLOCK_SIE | PROG_REQUEST))
		return true;
	if (atomic_read(&sie->cpuflags) & CPUSTAT_STOP_INT) {
		sie->icptcode = ICPT_STOP;
		return true;
	}
	return signal_pending(current) || need_resched();
}

static unsigned long switches_of_task(void)
{
	return current->nvcsw + current->nivcsw;
}

void sim_sie_leave(struct sim_vcpu *vcpu)
{
	WARN_ONCE(vcpu->switches != switches_of_task(), "aphwsim: preempted in SIE\n");
	smp_mb();	/* what the guest did is visible before it is out */
	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c & ~PROG_IN_SIE);
	preempt_enable();
}

/*
 * In SIE from here to sim_sie_leave(), and not preempted: an interrupt takes a CPU
 * out of SIE before another task runs, and KVM's exit_sie() spins until it has.
 * False: the host wants the CPU, and it is not.
 * KVM sets the block, then waits for PROG_IN_SIE to go; this does it the other
 * way round, so one of the two sees the other.
 */
bool sim_sie_enter(struct sim_vcpu *vcpu)
{
	u32 id;

	preempt_disable();
	vcpu->switches = switches_of_task();
	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c | PROG_IN_SIE);
	smp_mb();
	if (sim_sie_kicked(vcpu)) {
		sim_sie_leave(vcpu);
		return false;
	}
	id = sim_guest_enter(vcpu->sie, &vcpu->masks, !vcpu->entered);
	vcpu->entered = true;
	vcpu->who.owner = SIM_OWNER_GUEST(id);
	vcpu->who.masks = &vcpu->masks;
	vcpu->who.narrow = (vcpu->sie->crycbd & CRYCB_FORMAT_MASK) !=
			   CRYCB_FORMAT2;
	return true;
}

/* A CPU without a script is in an endless loop */
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

	/* nothing was executed: KVM will be back */
	if (!vcpu || sim_guest_meet(block)) {
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
	kfree(vcpu);
	return 0;
}

/*
 * KVM of 6.13 and later disables interrupts and leaves it to SIE to enable them
 * while the guest runs; lockdep has been told already.
 *
 * To the kernel, a task with PF_VCPU is where RCU does not watch: an exception
 * there is an interrupt of the CPU, to be left on the same one. The script's
 * pages may fault, and that may sleep: this is the host's own code, and says so.
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

/* Until 6.8 KVM passed the block and the registers alone */
static int virtual_sie_old(struct kvm_s390_sie_block *block, u64 *gprs)
{
	return virtual_sie(0, block, gprs, 0);
}

static int module_event(struct notifier_block *nb, unsigned long event,
			void *data)
{
	const struct module *module = data;
	int ret;

	if (strcmp(module->name, "kvm"))
		return NOTIFY_DONE;
	switch (event) {
	case MODULE_STATE_COMING:
		ret = sim_guest_watch();
		if (ret)
			pr_err("aphwsim: cannot watch kvm.ko: %d\n", ret);
		return ret ? notifier_from_errno(ret) : NOTIFY_OK;
	case MODULE_STATE_GOING:
		sim_guest_unwatch();
		return NOTIFY_OK;
	default:
		return NOTIFY_DONE;
	}
}

static struct notifier_block module_nb = { .notifier_call = module_event };

/* Once, before kvm.ko is loaded. 0 or -errno; it cannot be undone */
int sim_sie_init(void)
{
	int ret;

	ret = register_module_notifier(&module_nb);
	if (!ret)
		ret = sim_patch_jump("chsc_sgib", sim_irq_set_gib);
	if (!ret && sim_symbol("__sie64a"))
		ret = sim_patch_jump("__sie64a", virtual_sie);
	else if (!ret)
		ret = sim_patch_jump("sie64a", virtual_sie_old);
	if (ret)
		return ret;
	/* what kvm.ko asks for */
	sclp.has_sief2 = 1;
	css_general_characteristics.aiv = 1;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest CPU enters and leaves SIE.
 *
 * PROG_IN_SIE is set while, and only while, guest instructions may execute. A
 * block, a request, a stop, a signal or the scheduler makes the CPU leave.
 */
#include <linux/kernel.h>
#include <linux/kvm_host.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include "guest.h"
#include "sie_cpu.h"

/* Whether the CPU has to leave SIE. Sets the interception, if there is one. */
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
	smp_mb();	/* pairs with KVM's wait for PROG_IN_SIE to clear */
	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c & ~PROG_IN_SIE);
	preempt_enable();
}

/*
 * Enters SIE until sim_sie_leave(). Returns false if the CPU has to leave at once;
 * it is not in SIE then.
 *
 * Preemption is disabled in SIE: an interrupt takes a CPU out of SIE before
 * another task runs, and KVM's exit_sie() busy-waits for that.
 *
 * The masks are read at the first entry of a call of the virtual SIE. They are
 * those of the entry until a kick or the end of the time slice makes the call
 * return, as in hardware.
 *
 * KVM sets PROG_BLOCK_SIE, then waits for PROG_IN_SIE to clear. Here the order is
 * the opposite, so at least one side sees the other.
 */
bool sim_sie_enter(struct sim_vcpu *vcpu)
{
	bool protected;
	u32 id;

	preempt_disable();
	vcpu->switches = switches_of_task();
	WRITE_ONCE(vcpu->sie->prog0c, vcpu->sie->prog0c | PROG_IN_SIE);
	smp_mb();	/* pairs with KVM's store of PROG_BLOCK_SIE before its wait */
	if (sim_sie_kicked(vcpu)) {
		sim_sie_leave(vcpu);
		return false;
	}
	if (vcpu->entered)
		return true;
	id = sim_guest_enter(vcpu->sie, &vcpu->masks, &protected);
	vcpu->entered = true;
	vcpu->who = (struct sim_who) {
		.owner = SIM_OWNER_GUEST(id),
		.masks = &vcpu->masks,
		.protected = protected,
		.narrow = (vcpu->sie->crycbd & CRYCB_FORMAT_MASK) !=
			  CRYCB_FORMAT2,
	};
	return true;
}

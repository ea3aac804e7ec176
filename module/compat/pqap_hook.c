// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PQAP hook of kernels before 5.15.
 *
 * On these kernels, KVM reads kvm->arch.crypto.pqap_hook three times for one
 * instruction: to test it, to call the hook, and to drop its module reference.
 * It holds only the mutex of the vCPU. If the pointer were cleared between these
 * reads, KVM would dereference a null pointer.
 *
 * Therefore the pointer, once set, stays while a vCPU of the VM could be between
 * these reads. It points to one hook for all VMs, which looks up the record of
 * the VM and calls the hook of the caller. If there is none, it answers "queue
 * not available". The pointer is cleared while all vCPUs are out of SIE and none
 * handles an intercepted PQAP. This is tried when the hook is dropped, and then
 * every second. Until then the record holds a reference to the VM and to this
 * module.
 */
#if !VAP_HAS_KVM_CRYPTO_HOOK

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "ap/ap_bus.h"
#include "kvm.h"

#define RETRY		HZ
#define STOP_LIMIT	(HZ / 5)	/* how long a VM may be stopped for a try */
#define IPA_PQAP	0xb2af

/*
 * A VM whose pqap_hook points to our hook. Created under `records_mutex`, freed
 * under kvm->lock and `records_mutex`, taken in this order. The vCPUs of the VM
 * find it under RCU; it is not freed while one of them handles an intercepted
 * PQAP.
 */
struct record {
	struct list_head node;
	struct rcu_head rcu;
	struct kvm *kvm;		/* with a reference */
	struct rw_semaphore rwsem;	/* read while the hook runs */
	crypto_hook *hook;		/* rwsem; NULL after the drop */
	bool due;			/* records_mutex; retry() is to try to free it */
};

static LIST_HEAD(records);
static DEFINE_MUTEX(records_mutex);

static void retry(struct work_struct *work);
static DECLARE_DELAYED_WORK(retry_work, retry);

static struct record *find(struct kvm *kvm)
{
	struct record *record;

	list_for_each_entry_rcu(record, &records, node,
				lockdep_is_held(&records_mutex)) {
		if (record->kvm == kvm)
			return record;
	}
	return NULL;
}

/* The caller is the interception handler of the vCPU, so the record is not freed. */
static struct record *find_own(struct kvm_vcpu *vcpu)
{
	struct record *record;

	rcu_read_lock();
	record = find(vcpu->kvm);
	rcu_read_unlock();
	return record;
}

static int hook(struct kvm_vcpu *vcpu)
{
	struct record *record = find_own(vcpu);
	int ret = 0;

	down_read(&record->rwsem);
	if (record->hook) {
		ret = (*record->hook)(vcpu);
	} else {
		vcpu->run->s.regs.gprs[1] = AP_RESPONSE_Q_NOT_AVAIL << 16;
		vap_compat_pqap_done(vcpu);	/* KVM then sets condition code 3 */
	}
	up_read(&record->rwsem);
	return ret;
}

static struct kvm_s390_module_hook the_hook = {
	.hook = hook,
	.owner = THIS_MODULE,
};

crypto_hook *vap_compat_pqap_hook_of(struct kvm_vcpu *vcpu)
{
	return find_own(vcpu)->hook;
}

/* Not inlined, like stop_vcpus(): a test counts the calls. */
static noinline void resume_vcpus(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;
	int i;

	kvm_for_each_vcpu(i, vcpu, kvm)
		atomic_andnot(PROG_BLOCK_SIE, &vcpu->arch.sie_block->prog20);
	mutex_unlock(&kvm->lock);
}

/* Prevent the vCPU from entering SIE, and take it out of SIE. kvm->lock is held. */
static void block_vcpu(struct kvm_vcpu *vcpu)
{
	struct kvm_s390_sie_block *nested;

	atomic_or(PROG_BLOCK_SIE, &vcpu->arch.sie_block->prog20);
	atomic_or(CPUSTAT_STOP_INT, &vcpu->arch.sie_block->cpuflags);
	nested = READ_ONCE(vcpu->arch.vsie_block);
	if (nested)
		atomic_or(CPUSTAT_STOP_INT, &nested->cpuflags);
	smp_mb__after_atomic();		/* KVM sets PROG_IN_SIE before it reads prog20 */
	while (READ_ONCE(vcpu->arch.sie_block->prog0c) & PROG_IN_SIE)
		cpu_relax();
	smp_rmb();			/* The interception is stored before the bit is cleared */
}

static bool was_intercepted_for_pqap(struct kvm_vcpu *vcpu)
{
	struct kvm_s390_sie_block *block = vcpu->arch.sie_block;

	switch (READ_ONCE(block->icptcode)) {
	case ICPT_INST:
	case ICPT_INSTPROGI:
	case ICPT_PV_INSTR:
		return READ_ONCE(block->ipa) == IPA_PQAP;
	default:
		return false;
	}
}

/*
 * Whether a vCPU that was blocked can be in the handler of PQAP. KVM clears the
 * interception code before it tries to enter SIE again, and not when it leaves
 * KVM_RUN: the code of a vCPU whose last instruction was PQAP stays, for ever if its
 * VMM was killed. KVM_RUN holds the mutex of the vCPU.
 */
static bool handles_pqap(struct kvm_vcpu *vcpu)
{
	if (!was_intercepted_for_pqap(vcpu))
		return false;
	if (!mutex_trylock(&vcpu->mutex))
		return true;
	mutex_unlock(&vcpu->mutex);
	return false;
}

/*
 * Keep all vCPUs out of SIE until resume_vcpus(), with none of them in the handler
 * of PQAP, and prevent the creation of new ones. A vCPU need not leave KVM_RUN: one
 * that waits or computes does not do so for as long as its guest likes.
 *
 * Takes kvm->lock, which KVM holds while it blocks and resumes vCPUs. False, with
 * kvm->lock not held, if it is not available or if a handler does not end.
 */
static noinline bool stop_vcpus(struct kvm *kvm)
{
	unsigned long limit = jiffies + STOP_LIMIT;
	struct kvm_vcpu *vcpu;
	int i;

	if (!mutex_trylock(&kvm->lock))
		return false;
	kvm_for_each_vcpu(i, vcpu, kvm)
		block_vcpu(vcpu);
	kvm_for_each_vcpu(i, vcpu, kvm) {
		while (handles_pqap(vcpu)) {
			if (time_after(jiffies, limit)) {
				resume_vcpus(kvm);
				return false;
			}
			schedule_timeout_uninterruptible(1);
		}
	}
	return true;
}

/*
 * If the hook was dropped and all vCPUs can be stopped now, clear the pointer of
 * the VM. The caller has a reference to the VM.
 */
static void forget(struct kvm *kvm)
{
	struct record *record;

	if (!stop_vcpus(kvm))
		return;
	mutex_lock(&records_mutex);
	record = find(kvm);
	if (record && record->hook)
		record = NULL;
	if (record) {
		WRITE_ONCE(kvm->arch.crypto.pqap_hook, NULL);
		list_del_rcu(&record->node);
	}
	mutex_unlock(&records_mutex);
	resume_vcpus(kvm);
	if (!record)
		return;

	kfree_rcu(record, rcu);
	kvm_put_kvm(kvm);		/* Both pair with vap_compat_pqap_hook_take() */
	module_put(THIS_MODULE);
}

/* All records whose hook was dropped are due. Returns whether there are any. */
static bool mark_due(void)
{
	struct record *record;
	bool any = false;

	mutex_lock(&records_mutex);
	list_for_each_entry(record, &records, node) {
		record->due = !record->hook;
		any |= record->due;
	}
	mutex_unlock(&records_mutex);
	return any;
}

/* The VM of a record that is due, with a reference, or NULL. The record is due no more. */
static struct kvm *next_due(void)
{
	struct record *record;
	struct kvm *kvm = NULL;

	mutex_lock(&records_mutex);
	list_for_each_entry(record, &records, node) {
		if (!record->due || record->hook)
			continue;
		record->due = false;
		kvm = record->kvm;
		kvm_get_kvm(kvm);
		break;
	}
	mutex_unlock(&records_mutex);
	return kvm;
}

/* forget() takes kvm->lock before records_mutex: so one record at a time. */
static void retry(struct work_struct *work)
{
	struct kvm *kvm;

	if (!mark_due())
		return;
	while ((kvm = next_due())) {
		forget(kvm);
		kvm_put_kvm(kvm);
	}
	schedule_delayed_work(&retry_work, RETRY);
}

int vap_compat_pqap_hook_take(struct kvm *kvm, crypto_hook *hook)
{
	struct record *record;
	int ret = 0;

	mutex_lock(&records_mutex);
	record = find(kvm);
	if (record ? record->hook != NULL : kvm->arch.crypto.pqap_hook != NULL) {
		ret = -EPERM;
		goto out;
	}
	if (!record) {
		record = kzalloc(sizeof(*record), GFP_KERNEL);
		if (!record) {
			ret = -ENOMEM;
			goto out;
		}
		__module_get(THIS_MODULE);
		kvm_get_kvm(kvm);
		record->kvm = kvm;
		init_rwsem(&record->rwsem);
		list_add_rcu(&record->node, &records);
	}
	down_write(&record->rwsem);
	record->hook = hook;
	up_write(&record->rwsem);
	/* After the record is complete: a vCPU can call the hook immediately */
	smp_store_release(&kvm->arch.crypto.pqap_hook, &the_hook);
out:
	mutex_unlock(&records_mutex);
	return ret;
}

void vap_compat_pqap_hook_drop(struct kvm *kvm)
{
	struct record *record;

	mutex_lock(&records_mutex);
	record = find(kvm);
	down_write(&record->rwsem);
	record->hook = NULL;
	up_write(&record->rwsem);
	mutex_unlock(&records_mutex);
	forget(kvm);
	schedule_delayed_work(&retry_work, RETRY);
}

/* Called at module exit. No record exists, because each record holds a module reference. */
void vap_compat_pqap_hook_exit(void)
{
	cancel_delayed_work_sync(&retry_work);
	rcu_barrier();
}

#endif

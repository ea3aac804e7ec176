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
 * not available". The pointer is cleared when the mutexes of all vCPUs can be
 * taken at the same time. This is tried when the hook is dropped, and then every
 * second. Until then the record holds a reference to the VM and to this module.
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

#define RETRY	HZ

/*
 * A VM whose pqap_hook points to our hook. Created and freed under
 * `records_mutex`. The vCPUs of the VM find it under RCU; it is not freed while
 * one of them handles an intercepted instruction.
 */
struct record {
	struct list_head node;
	struct rcu_head rcu;
	struct kvm *kvm;		/* with a reference */
	struct rw_semaphore rwsem;	/* read while the hook runs */
	crypto_hook *hook;		/* rwsem; NULL after the drop */
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

/*
 * Keep all vCPUs out of KVM_RUN, and prevent the creation of new ones. Takes
 * kvm->lock and the mutex of each vCPU. False, with no lock held, if one of the
 * locks is not available.
 */
static bool stop_vcpus(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;
	int i, stopped = 0;

	if (!mutex_trylock(&kvm->lock))
		return false;
	kvm_for_each_vcpu(i, vcpu, kvm) {
		if (!mutex_trylock(&vcpu->mutex))
			break;
		stopped++;
	}
	if (stopped == atomic_read(&kvm->online_vcpus))
		return true;
	while (stopped--)
		mutex_unlock(&kvm_get_vcpu(kvm, stopped)->mutex);
	mutex_unlock(&kvm->lock);
	return false;
}

static void resume_vcpus(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;
	int i;

	kvm_for_each_vcpu(i, vcpu, kvm)
		mutex_unlock(&vcpu->mutex);
	mutex_unlock(&kvm->lock);
}

/* If the hook was dropped and all vCPUs can be stopped now, clear the pointer of the VM. */
static void forget(struct record *record)
{
	struct kvm *kvm = record->kvm;

	lockdep_assert_held(&records_mutex);
	if (record->hook || !stop_vcpus(kvm))
		return;
	WRITE_ONCE(kvm->arch.crypto.pqap_hook, NULL);
	resume_vcpus(kvm);

	list_del_rcu(&record->node);
	kfree_rcu(record, rcu);
	kvm_put_kvm(kvm);		/* Both pair with vap_compat_pqap_hook_take() */
	module_put(THIS_MODULE);
}

static void retry(struct work_struct *work)
{
	struct record *record, *next;

	mutex_lock(&records_mutex);
	list_for_each_entry_safe(record, next, &records, node)
		forget(record);
	list_for_each_entry(record, &records, node) {
		if (!record->hook) {
			schedule_delayed_work(&retry_work, RETRY);
			break;
		}
	}
	mutex_unlock(&records_mutex);
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
	forget(record);
	mutex_unlock(&records_mutex);
	schedule_delayed_work(&retry_work, RETRY);
}

/* Called at module exit. No record exists, because each record holds a module reference. */
void vap_compat_pqap_hook_exit(void)
{
	cancel_delayed_work_sync(&retry_work);
	rcu_barrier();
}

#endif

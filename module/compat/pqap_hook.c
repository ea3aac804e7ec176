// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PQAP hook of kernels before 5.15.
 *
 * There KVM looks at kvm->arch.crypto.pqap_hook three times for one instruction,
 * under nothing but the vCPU's mutex: to see that there is one, to call it, and
 * to drop the module reference it took. Were the pointer taken away in between,
 * KVM would follow a null pointer.
 *
 * So the pointer, once set, stays for as long as any vCPU of the VM could be on
 * its way through: it leads to one hook of ours, which looks up whose guest it
 * is and answers "queue not available" if nobody's. It is taken away when the
 * mutexes of all vCPUs are available at once, which is so when the VM ends, and
 * tried for every second otherwise. Until then a record keeps the VM's memory
 * and this module in place.
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
 * A VM whose KVM has our hook. Made and freed under `records_mutex`, found
 * under RCU by its own vCPUs, which keep it from being freed.
 */
struct record {
	struct list_head node;
	struct rcu_head rcu;
	struct kvm *kvm;		/* with a reference */
	struct rw_semaphore rwsem;	/* read while the hook runs */
	crypto_hook *hook;		/* rwsem; NULL after drop */
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

/* For a vCPU of that VM, in its interception handler: the record stays. */
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
		vap_compat_pqap_done(vcpu);	/* KVM makes that 3 */
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

/* All vCPUs stopped outside of KVM_RUN, and none to come: or none of that. */
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

/* Take the hook from a VM that nobody uses it in, if that can be done now. */
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
	/* after what it leads to: a vCPU may be there at once */
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

/* At module exit: no record is left, since each one holds the module. */
void vap_compat_pqap_hook_exit(void)
{
	cancel_delayed_work_sync(&retry_work);
	rcu_barrier();
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who takes kvm->lock for kvm_arch_crypto_set_masks() and _clear_masks()?
 *
 * Older kernels take it in these functions, newer ones require that the caller holds it. No
 * header shows which, and a wrong guess is a deadlock or a race. Therefore one of the
 * functions is tried once, when the module is loaded. It is called for a dummy VM, of which
 * it uses only the lock, an empty set of vCPUs and the masks, while the lock is held. Either
 * it returns, or it waits for the lock.
 */
#include "kvm.h"

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <asm/page.h>

/* The first bit of mutex.owner: a task waits for the mutex. */
#define MUTEX_HAS_WAITERS	1

struct question {
	struct completion answered;
	struct kvm *kvm;
};

static bool caller_locks = true;

static int clear_masks(void *data)
{
	struct question *question = data;

	kvm_arch_crypto_clear_masks(question->kvm);
	complete(&question->answered);
	while (!kthread_should_stop()) {
		set_current_state(TASK_IDLE);
		if (!kthread_should_stop())
			schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static bool has_waiters(struct mutex *mutex)
{
	return atomic_long_read(&mutex->owner) & MUTEX_HAS_WAITERS;
}

static int ask(struct kvm *kvm)
{
	struct question question = { .kvm = kvm };
	struct task_struct *task;
	bool returned;

	init_completion(&question.answered);
	mutex_lock(&kvm->lock);
	task = kthread_run(clear_masks, &question, "vfio_ap_ask");
	if (IS_ERR(task)) {
		mutex_unlock(&kvm->lock);
		return PTR_ERR(task);
	}
	/* It may spin before it is a waiter of the mutex, but not while this task sleeps. */
	do {
		returned = wait_for_completion_timeout(&question.answered, 1);
	} while (!returned && !has_waiters(&kvm->lock));
	mutex_unlock(&kvm->lock);
	kthread_stop(task);
	caller_locks = returned;
	return 0;
}

int vap_compat_masks_init(void)
{
	struct kvm *kvm = kvzalloc(sizeof(*kvm), GFP_KERNEL);
	void *crycb = (void *)get_zeroed_page(GFP_KERNEL);
	int ret = -ENOMEM;

	if (kvm && crycb) {
		mutex_init(&kvm->lock);
		kvm->arch.crypto.crycb = crycb;
		ret = ask(kvm);
	}
	free_page((unsigned long)crycb);
	kvfree(kvm);
	return ret;
}

void vap_compat_masks_lock(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
	if (!caller_locks)
		mutex_unlock(&kvm->lock);
}

bool vap_compat_masks_trylock(struct kvm *kvm)
{
	if (!mutex_trylock(&kvm->lock))
		return false;
	if (!caller_locks)
		mutex_unlock(&kvm->lock);
	return true;
}

void vap_compat_masks_assert_locked(struct kvm *kvm)
{
	if (caller_locks)
		lockdep_assert_held(&kvm->lock);
}

void vap_compat_masks_unlock(struct kvm *kvm)
{
	if (caller_locks)
		mutex_unlock(&kvm->lock);
}

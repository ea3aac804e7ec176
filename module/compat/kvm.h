/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The differences between kernels in KVM on s390, for the files that handle
 * guests. A function has its upstream name if the contract of the newest kernel
 * holds on every kernel, and a vap_compat_ name if it does not.
 */
#ifndef VAP_COMPAT_KVM_H
#define VAP_COMPAT_KVM_H

#include <linux/kvm_host.h>

/*
 * Is this guest absolute address backed by memory of the guest? The caller
 * holds kvm->srcu for reading, as an interception handler does.
 *
 * Replaces kvm_s390_is_gpa_in_memslot() of 6.18, which exists only if KVM was
 * built with VFIO_AP.
 */
static inline bool vap_compat_gpa_in_memslot(struct kvm *kvm, gpa_t gpa)
{
	struct kvm_memory_slot *slot;

	slot = __gfn_to_memslot(kvm_memslots(kvm), gpa_to_gfn(gpa));
	return slot && !(slot->flags & KVM_MEMSLOT_INVALID);
}

#if !VAP_HAS_KVM_PV_EXPORTS
/* Not exported before 6.6. */
static inline bool kvm_s390_pv_cpu_is_protected(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.pv.handle != 0;
}
#endif

/*
 * Set condition code 0 for an intercepted PQAP. KVM sets condition code 3 if the
 * response code requires it. Before 6.12, KVM does not set condition code 0
 * otherwise.
 */
static inline void vap_compat_pqap_done(struct kvm_vcpu *vcpu)
{
	vcpu->arch.sie_block->gpsw.mask &= ~(3UL << 44);
}

/*
 * The hook for intercepted PQAP(AQIC) of a VM. `hook` points to storage of the
 * caller. The hook gets this pointer back from vap_compat_pqap_hook_of() and
 * finds the caller's data with it.
 *
 * take: 0; -EPERM if the VM already has a hook; -ENOMEM. drop: after the return,
 * no vCPU is in the hook or can enter it. The caller holds a reference to the VM
 * between take and drop, and does not hold kvm->lock. Both may sleep.
 *
 * Since 5.15, a semaphore of KVM protects the pointer. Before, KVM reads the
 * pointer several times without a lock; pqap_hook.c makes that safe.
 */
#if VAP_HAS_KVM_CRYPTO_HOOK

static inline int vap_compat_pqap_hook_take(struct kvm *kvm, crypto_hook *hook)
{
	int ret = 0;

	down_write(&kvm->arch.crypto.pqap_hook_rwsem);
	if (kvm->arch.crypto.pqap_hook)
		ret = -EPERM;
	else
		kvm->arch.crypto.pqap_hook = hook;
	up_write(&kvm->arch.crypto.pqap_hook_rwsem);
	return ret;
}

static inline void vap_compat_pqap_hook_drop(struct kvm *kvm)
{
	down_write(&kvm->arch.crypto.pqap_hook_rwsem);
	kvm->arch.crypto.pqap_hook = NULL;
	up_write(&kvm->arch.crypto.pqap_hook_rwsem);
}

static inline crypto_hook *vap_compat_pqap_hook_of(struct kvm_vcpu *vcpu)
{
	return vcpu->kvm->arch.crypto.pqap_hook;
}

static inline void vap_compat_pqap_hook_exit(void)
{
}

#else

typedef int (*crypto_hook)(struct kvm_vcpu *vcpu);

/**
 * vap_compat_pqap_hook_take() - set the hook of a VM for intercepted PQAP(AQIC)
 * @kvm: the VM; the caller holds a reference to it until the drop
 * @hook: storage of the caller; has to exist until the drop
 *
 * Context: Process context, kvm->lock not held. May sleep.
 * Return: 0; -EPERM if the VM has a hook; -ENOMEM
 */
int vap_compat_pqap_hook_take(struct kvm *kvm, crypto_hook *hook);

/**
 * vap_compat_pqap_hook_drop() - undo vap_compat_pqap_hook_take()
 * @kvm: the VM
 *
 * On return no vCPU is in the hook or can enter it.
 *
 * Context: Process context, kvm->lock not held. Sleeps until no vCPU is in the hook.
 */
void vap_compat_pqap_hook_drop(struct kvm *kvm);

/**
 * vap_compat_pqap_hook_of() - the hook that is being called
 * @vcpu: the vCPU
 *
 * Context: In the hook.
 * Return: what vap_compat_pqap_hook_take() got
 */
crypto_hook *vap_compat_pqap_hook_of(struct kvm_vcpu *vcpu);

/**
 * vap_compat_pqap_hook_exit() - wait for work of vap_compat_pqap_hook_drop()
 *
 * Context: Module exit. Sleeps.
 */
void vap_compat_pqap_hook_exit(void);

#endif

/**
 * vap_compat_masks_init() - find out whether KVM or its caller takes kvm->lock for the masks
 *
 * Context: Module init, before any of the functions below. May sleep.
 * Return: 0 or a negative errno
 */
int vap_compat_masks_init(void);

/**
 * vap_compat_masks_lock() - prepare for kvm_arch_crypto_set_masks() and _clear_masks()
 * @kvm: the VM
 *
 * Takes kvm->lock if the caller of these functions has to hold it. If they take kvm->lock
 * themselves, waits until kvm->lock is free, so that they do not wait long.
 *
 * Context: Process context, vap.lock not held. May sleep as long as the VM holds its lock.
 */
void vap_compat_masks_lock(struct kvm *kvm);

/**
 * vap_compat_masks_trylock() - like vap_compat_masks_lock(), but does not wait
 * @kvm: the VM
 *
 * Context: Process context, vap.lock not held.
 * Return: false if another task holds kvm->lock
 */
bool vap_compat_masks_trylock(struct kvm *kvm);

/**
 * vap_compat_masks_assert_locked() - lockdep assertion for vap_compat_masks_lock()
 * @kvm: the VM
 *
 * Context: Any context.
 */
void vap_compat_masks_assert_locked(struct kvm *kvm);

/**
 * vap_compat_masks_unlock() - pairs with vap_compat_masks_lock() and _trylock()
 * @kvm: the VM
 *
 * Context: Process context.
 */
void vap_compat_masks_unlock(struct kvm *kvm);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between kernels in KVM on s390, for the files that deal with
 * guests. Upstream names where the newest contract holds on every kernel,
 * vap_compat_ names where it does not.
 */
#ifndef VAP_COMPAT_KVM_H
#define VAP_COMPAT_KVM_H

#include <linux/kvm_host.h>

/*
 * Is this guest absolute address backed by memory of the guest? The caller
 * holds kvm->srcu for reading, as an interception handler does.
 *
 * A replacement for kvm_s390_is_gpa_in_memslot() of 6.18, which only exists
 * where KVM itself was built with VFIO_AP.
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
 * Tell the guest that its PQAP was answered. KVM sets condition code 3 if the
 * response code says so, but before 6.12 it leaves the code alone if not.
 */
static inline void vap_compat_pqap_done(struct kvm_vcpu *vcpu)
{
	vcpu->arch.sie_block->gpsw.mask &= ~(3UL << 44);
}

/*
 * The hook for intercepted PQAP(AQIC) of a VM. `hook` points to storage of the
 * caller, from which his hook finds its way by vap_compat_pqap_hook_of().
 *
 * take: 0; -EPERM if the VM has one; -ENOMEM. drop: on return no vCPU is in the
 * hook, nor will be. The VM is referenced by the caller meanwhile. Neither is
 * called with kvm->lock held; both may sleep.
 *
 * 5.15: guarded by a semaphore of KVM's. Before, KVM reads its pointer several
 * times with nothing held, which pqap_hook.c makes safe.
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

int vap_compat_pqap_hook_take(struct kvm *kvm, crypto_hook *hook);
void vap_compat_pqap_hook_drop(struct kvm *kvm);
crypto_hook *vap_compat_pqap_hook_of(struct kvm_vcpu *vcpu);
void vap_compat_pqap_hook_exit(void);

#endif

/**
 * vap_compat_masks_init() - find out who takes kvm->lock for the masks of a guest
 *
 * Before any of those below is called. May sleep.
 *
 * Return: 0 or a negative errno.
 */
int vap_compat_masks_init(void);

/*
 * What kvm_arch_crypto_set_masks() and _clear_masks() want held around them. Where they
 * take kvm->lock themselves it is only waited for, so that they do not wait for long.
 * trylock: false if somebody has it.
 */
void vap_compat_masks_lock(struct kvm *kvm);
bool vap_compat_masks_trylock(struct kvm *kvm);
void vap_compat_masks_assert_locked(struct kvm *kvm);
void vap_compat_masks_unlock(struct kvm *kvm);

#endif

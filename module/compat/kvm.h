/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between kernels in KVM on s390, for the rooms that deal with
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
/* 6.12: became an exported function; delete with the last kernel before. */
static inline bool kvm_s390_pv_cpu_is_protected(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.pv.handle != 0;
}

static inline bool kvm_s390_pv_is_protected(struct kvm *kvm)
{
	return kvm->arch.pv.handle != 0;
}
#endif

#endif

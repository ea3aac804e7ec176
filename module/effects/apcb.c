// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only code that writes a guest's APCB. KVM stops the VM's vCPUs for that:
 * they leave SIE, and enter it again with the new masks.
 */
#include <linux/kvm_host.h>
#include "effects/effects.h"

/**
 * vap_apcb_write - set the three masks of a guest's APCB at once
 * @kvm: the VM
 * @matrix: the new masks
 *
 * Context: Process context, vap_compat_masks_lock() held, vap.lock not held. Sleeps until
 * all vCPUs have left SIE.
 */
void vap_apcb_write(struct kvm *kvm, const struct apm_matrix *matrix)
{
	struct apm_matrix copy = *matrix;	/* KVM's arguments are not const */

	lockdep_assert_not_held(&vap.lock);
	vap_compat_masks_assert_locked(kvm);
	kvm_arch_crypto_set_masks(kvm, copy.dim[APM_DIM_ADAPTER].word,
				  copy.dim[APM_DIM_DOMAIN].word,
				  copy.dim[APM_DIM_CONTROL_DOMAIN].word);
}

/**
 * vap_apcb_clear - clear the three masks of a guest's APCB
 * @kvm: the VM
 *
 * Context: Process context, vap_compat_masks_lock() held, vap.lock not held. Sleeps until
 * all vCPUs have left SIE.
 */
void vap_apcb_clear(struct kvm *kvm)
{
	lockdep_assert_not_held(&vap.lock);
	vap_compat_masks_assert_locked(kvm);
	kvm_arch_crypto_clear_masks(kvm);
}

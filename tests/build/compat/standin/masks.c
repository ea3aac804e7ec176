// SPDX-License-Identifier: GPL-2.0-only
/*
 * The question of who takes kvm->lock for the masks of a guest, asked of a function that
 * takes it itself (locks=1) or not. "result" is what was found.
 */
#include <linux/module.h>
#include <linux/kvm_host.h>
#include <linux/slab.h>

static bool locks;
module_param(locks, bool, 0400);
static char *result = "nothing";
module_param(result, charp, 0400);

static void standin_clear_masks(struct kvm *kvm)
{
	if (locks)
		mutex_lock(&kvm->lock);
	WARN_ON(!mutex_is_locked(&kvm->lock));
	if (locks)
		mutex_unlock(&kvm->lock);
}

#define kvm_arch_crypto_clear_masks standin_clear_masks
#include "../compat/kvm_masks.c"

static int __init masks_init(void)
{
	struct kvm *kvm = kvzalloc(sizeof(*kvm), GFP_KERNEL);
	int ret;

	if (!kvm)
		return -ENOMEM;
	mutex_init(&kvm->lock);
	ret = vap_compat_masks_init();
	if (!ret) {
		vap_compat_masks_lock(kvm);
		vap_compat_masks_assert_locked(kvm);
		result = mutex_is_locked(&kvm->lock) ? "caller" : "itself";
		vap_compat_masks_unlock(kvm);
		if (mutex_is_locked(&kvm->lock))
			result = "locked for ever";
	}
	kvfree(kvm);
	return ret;
}

static void __exit masks_exit(void)
{
}

module_init(masks_init);
module_exit(masks_exit);
MODULE_DESCRIPTION("Who takes the lock of a VM?");
MODULE_LICENSE("GPL");

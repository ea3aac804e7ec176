// SPDX-License-Identifier: GPL-2.0-only
/*
 * 5.19: the PQAP hook is a pointer to a function pointer, guarded by
 * pqap_hook_rwsem, rather than a module hook. Delete with the last kernel before.
 */
static void kvm_crypto_hook(struct kvm *kvm, crypto_hook *hook)
{
	down_write(&kvm->arch.crypto.pqap_hook_rwsem);
	kvm->arch.crypto.pqap_hook = hook;
	up_write(&kvm->arch.crypto.pqap_hook_rwsem);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The VMs of KVM, and what each may use.
 *
 * A VM is identified by its CRYCB. It is registered at its first entry into SIE,
 * and removed by a kprobe when KVM destroys it, before KVM frees the memory. IDs
 * count up and are not reused.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/kvm_host.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "guest.h"
#include "lock.h"
#include "log.h"
#include "oracle.h"

static u32 next_id = 1;

int sim_guest_init(void)
{
	return sim_oracle_create(&sim_oracle);
}

void sim_guest_exit(void)
{
	sim_oracle_destroy(&sim_oracle);
}

static struct sim_guest *find_guest(u64 crycb)
{
	struct sim_guest *guest;

	list_for_each_entry(guest, &sim_oracle.guests, list)
		if (guest->crycb.origin == crycb)
			return guest;
	return NULL;
}

/*
 * Registers the VM of this SIE block. May sleep, hence not in SIE.
 * 0 or -ENOMEM.
 */
int sim_guest_register(struct kvm_s390_sie_block *sie)
{
	u64 origin = sie->crycbd & ~CRYCB_FORMAT_MASK;
	struct sim_guest *guest, *fresh;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(origin);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	/* without a CRYCB it cannot use AP */
	if (guest || !origin)
		return 0;

	fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	if (!fresh)
		return -ENOMEM;
	fresh->pid = current->tgid;
	fresh->crycb.origin = origin;
	INIT_LIST_HEAD(&fresh->shares);

	raw_spin_lock_irqsave(&sim_lock, flags);
	/* another vCPU of the VM may have registered it */
	if (!find_guest(origin)) {
		fresh->id = next_id++;
		list_add_tail(&fresh->list, &sim_oracle.guests);
		fresh = NULL;
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(fresh);
	return 0;
}

/*
 * The current thread enters SIE with @sie: copies its masks to @masks, calls the
 * oracle, and returns the guest's ID, or 0 if it has no CRYCB. @first: a real
 * entry, not another instruction of the same one.
 */
u32 sim_guest_enter(struct kvm_s390_sie_block *sie, struct sim_masks *masks,
		    bool first)
{
	struct sim_guest *guest;
	unsigned long flags;
	u32 id = 0;

	memset(masks, 0, sizeof(*masks));
	raw_spin_lock_irqsave(&sim_lock, flags);
	if (first) {
		sim_sie_entries++;
		sim_oracle.entries++;
	}
	guest = find_guest(sie->crycbd & ~CRYCB_FORMAT_MASK);
	if (!guest)
		goto out;

	guest->crycb.format = sie->crycbd & CRYCB_FORMAT_MASK;
	guest->crycb.apie = sie->eca & ECA_APIE;
	guest->gisa = sie->gd & ~GISA_FORMAT1;
	if (first)
		guest->entries++;
	sim_crycb_read(&guest->crycb, masks);
	if (memcmp(masks, &guest->masks, sizeof(*masks))) {
		guest->masks = *masks;
		guest->bound_generation = 0;
	}
	sim_oracle_entry(&sim_oracle, guest);
	id = guest->id;
out:
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return id;
}

/* ---- probes on KVM ---- */

static u64 crycb_of(struct pt_regs *regs)
{
	struct kvm *kvm = (struct kvm *)regs->gprs[2];

	return kvm->arch.crypto.crycb ? virt_to_phys(kvm->arch.crypto.crycb) : 0;
}

static int vm_destroyed(struct kprobe *probe, struct pt_regs *regs)
{
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(crycb_of(regs));
	if (guest)
		sim_oracle_remove_guest(&sim_oracle, guest);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(guest);
	return 0;
}

static void mark_update(u64 crycb, int change)
{
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(crycb);
	if (guest)
		guest->updating += change;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/*
 * While KVM writes the masks, with the vCPUs out of SIE, they may be a mixture of
 * old and new ones.
 */
static int update_begins(struct kretprobe_instance *instance,
			 struct pt_regs *regs)
{
	u64 *crycb = (u64 *)instance->data;

	*crycb = crycb_of(regs);
	mark_update(*crycb, 1);
	return 0;
}

static int update_ends(struct kretprobe_instance *instance,
		       struct pt_regs *regs)
{
	mark_update(*(u64 *)instance->data, -1);
	return 0;
}

static struct kprobe vm_probe;
static struct kretprobe update_probes[2];

/* kvm.ko was loaded and has not created a VM yet. 0 or -errno */
int sim_guest_watch(void)
{
	static const char * const updates[] = {
		"kvm_arch_crypto_set_masks", "kvm_arch_crypto_clear_masks",
	};
	unsigned int i;
	int ret;

	memset(&vm_probe, 0, sizeof(vm_probe));
	vm_probe.symbol_name = "kvm_arch_destroy_vm";
	vm_probe.pre_handler = vm_destroyed;
	ret = register_kprobe(&vm_probe);
	for (i = 0; !ret && i < ARRAY_SIZE(updates); i++) {
		memset(&update_probes[i], 0, sizeof(update_probes[i]));
		update_probes[i].kp.symbol_name = updates[i];
		update_probes[i].entry_handler = update_begins;
		update_probes[i].handler = update_ends;
		update_probes[i].data_size = sizeof(u64);
		update_probes[i].maxactive = 64;
		ret = register_kretprobe(&update_probes[i]);
	}
	return ret;
}

/* kvm.ko is being unloaded and has no VM any more */
void sim_guest_unwatch(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(update_probes); i++)
		unregister_kretprobe(&update_probes[i]);
	unregister_kprobe(&vm_probe);
}

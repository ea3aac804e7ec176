// SPDX-License-Identifier: GPL-2.0-only
/*
 * The VMs of KVM, and what each may use.
 *
 * A VM is identified by its CRYCB. It is registered when KVM first writes its
 * masks or when it first enters SIE, and removed when KVM destroys it, before
 * KVM frees the memory. IDs count up and are not reused.
 *
 * The oracle learns of masks in two ways: by probes on the functions of KVM that
 * write them, and from the CRYCB at each entry into SIE.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/kvm_host.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "guest.h"
#include "guest_driver.h"
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

static struct sim_guest *find_guest_by_id(u32 id)
{
	struct sim_guest *guest;

	list_for_each_entry(guest, &sim_oracle.guests, list)
		if (guest->id == id)
			return guest;
	return NULL;
}

/*
 * The VM with this CRYCB; @fresh becomes it if it is not registered. Returns NULL
 * if it is not and @fresh is NULL. *fresh is NULL if it was used.
 */
static struct sim_guest *find_or_add(u64 origin, struct sim_guest **fresh)
{
	struct sim_guest *guest = find_guest(origin);

	lockdep_assert_held(&sim_lock);

	if (guest || !*fresh)
		return guest;
	guest = *fresh;
	*fresh = NULL;
	guest->id = next_id++;
	guest->crycb.origin = origin;
	sim_oracle_add_guest(&sim_oracle, guest);
	return guest;
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
	raw_spin_lock_irqsave(&sim_lock, flags);
	find_or_add(origin, &fresh);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(fresh);
	return 0;
}

/*
 * The current thread enters SIE with @sie. Copies the masks of this entry to
 * @masks, sets @protected, and calls the oracle. Returns the guest's ID, or 0 if it has no CRYCB.
 */
u32 sim_guest_enter(struct kvm_s390_sie_block *sie, struct sim_masks *masks,
		    bool *protected)
{
	struct sim_guest *guest;
	unsigned long flags;
	u32 id = 0;

	*protected = false;
	memset(masks, 0, sizeof(*masks));
	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_sie_entries++;
	sim_oracle.entries++;
	guest = find_guest(sie->crycbd & ~CRYCB_FORMAT_MASK);
	if (!guest)
		goto out;

	if (guest->no_aiv) {
		sie->eca &= ~ECA_AIV;
		sie->gd = 0;
	}
	guest->pid = current->tgid;
	guest->crycb.format = sie->crycbd & CRYCB_FORMAT_MASK;
	guest->crycb.apie = sie->eca & ECA_APIE;
	guest->gisa = sie->gd & ~GISA_FORMAT1;
	guest->entries++;
	sim_crycb_read(&guest->crycb, masks);
	sim_oracle_masks(&sim_oracle, guest, masks);
	if (!guest->crycb.apie)
		memset(masks, 0, sizeof(*masks));
	*protected = guest->protected;
	id = guest->id;
out:
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return id;
}

static bool was_kicked(struct kvm_s390_sie_block *sie)
{
	return atomic_read(&sie->prog20) & (PROG_BLOCK_SIE | PROG_REQUEST) ||
	       atomic_read(&sie->cpuflags) & CPUSTAT_STOP_INT;
}

/*
 * The current thread leaves SIE, which it had entered with @masks. KVM kicks a
 * vCPU before it writes masks, and only this thread clears the stop request. If
 * APQNs were withdrawn and it was not kicked, it has run with stale masks.
 */
void sim_guest_leave(struct kvm_s390_sie_block *sie,
		     const struct sim_masks *masks)
{
	struct sim_guest *guest;
	struct sim_masks now;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(sie->crycbd & ~CRYCB_FORMAT_MASK);
	if (!guest)
		goto out;
	sim_crycb_read(&guest->crycb, &now);
	smp_rmb();	/* KVM requests the stop before it writes the masks */
	if (!was_kicked(sie))
		sim_oracle_stale(&sim_oracle, guest, masks, &now);
out:
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/* ---- probes on KVM ---- */

static u64 crycb_of(const struct kvm *kvm)
{
	return kvm->arch.crypto.crycb ? virt_to_phys(kvm->arch.crypto.crycb) : 0;
}

static int vm_destroyed(struct kprobe *probe, struct pt_regs *regs)
{
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(crycb_of((struct kvm *)regs->gprs[2]));
	if (guest)
		sim_oracle_remove_guest(&sim_oracle, guest);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(guest);
	return 0;
}

/* What is kept between the begin and the end of an update: the guest's ID */
struct update {
	u32 id;
};

/*
 * While KVM writes the masks, with the vCPUs out of SIE, they may be a mixture of
 * old and new ones.
 *
 * When vfio_ap is loaded, it calls the function with a dummy VM, which has no users. Its
 * CRYCB is freed without kvm_arch_destroy_vm(), so it is not registered.
 */
static int update_begins(struct kretprobe_instance *instance,
			 struct pt_regs *regs)
{
	struct update *update = (struct update *)instance->data;
	const struct kvm *kvm = (struct kvm *)regs->gprs[2];
	struct sim_guest *guest, *fresh = NULL;
	u64 origin = crycb_of(kvm);
	unsigned long flags;

	update->id = 0;
	if (!origin || !refcount_read(&kvm->users_count))
		return 0;
	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(origin);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	if (!guest)
		fresh = kzalloc(sizeof(*fresh), GFP_ATOMIC);

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_or_add(origin, &fresh);
	if (guest) {
		guest->crycb.format = kvm->arch.crypto.crycbd & CRYCB_FORMAT_MASK;
		guest->crycb.apie = kvm->arch.crypto.apie;
		if (kvm->arch.gisa_int.origin)
			guest->gisa = virt_to_phys(kvm->arch.gisa_int.origin);
		guest->updating++;
		update->id = guest->id;
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	kfree(fresh);
	return 0;
}

static int update_ends(struct kretprobe_instance *instance,
		       struct pt_regs *regs)
{
	const struct update *update = (struct update *)instance->data;
	struct sim_guest *guest;
	struct sim_masks masks;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = update->id ? find_guest_by_id(update->id) : NULL;
	if (guest && !--guest->updating) {
		sim_crycb_read(&guest->crycb, &masks);
		sim_oracle_masks(&sim_oracle, guest, &masks);
	}
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

/*
 * Makes the guest a protected one (secure execution), as far as AP is concerned:
 * kvm_s390_pv_cpu_is_protected() says so to the driver of guests. To KVM it does
 * not, which runs the guest as before. 0 or -ENOENT.
 */
int sim_guest_protect(u32 id, bool on)
{
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest_by_id(id);
	if (guest)
		guest->protected = on;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return guest ? 0 : -ENOENT;
}

/*
 * Disables adapter-interruption virtualization, from the guest's next entry into SIE on. KVM does
 * the same to a protected guest if the Ultravisor does not support it. 0 or -ENOENT.
 */
int sim_guest_disable_aiv(u32 id)
{
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest_by_id(id);
	if (guest)
		guest->no_aiv = true;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return guest ? 0 : -ENOENT;
}

static int protected_begins(struct kretprobe_instance *instance,
			    struct pt_regs *regs)
{
	struct update *update = (struct update *)instance->data;
	const struct kvm_vcpu *vcpu = (struct kvm_vcpu *)regs->gprs[2];
	struct sim_guest *guest;
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	guest = find_guest(crycb_of(vcpu->kvm));
	/* gr14 has the return address */
	update->id = guest && guest->protected &&
		     sim_part_of(regs->gprs[14]) == SIM_BY_GUEST_DRIVER ?
		     guest->id : 0;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

static int protected_ends(struct kretprobe_instance *instance,
			  struct pt_regs *regs)
{
	const struct update *update = (struct update *)instance->data;

	if (update->id)
		regs->gprs[2] = true;
	return 0;
}

static struct kprobe vm_probe;
static struct kretprobe update_probes[2];
static struct kretprobe protected_probe;

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
		update_probes[i].data_size = sizeof(struct update);
		update_probes[i].maxactive = 64;
		ret = register_kretprobe(&update_probes[i]);
	}
	if (ret)
		return ret;
	memset(&protected_probe, 0, sizeof(protected_probe));
	protected_probe.kp.symbol_name = "kvm_s390_pv_cpu_is_protected";
	protected_probe.entry_handler = protected_begins;
	protected_probe.handler = protected_ends;
	protected_probe.data_size = sizeof(struct update);
	protected_probe.maxactive = 64;
	/* old kernels do not have it: no guest is protected there */
	if (register_kretprobe(&protected_probe))
		protected_probe.kp.symbol_name = NULL;
	return 0;
}

/* kvm.ko is being unloaded and has no VM any more */
void sim_guest_unwatch(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(update_probes); i++)
		unregister_kretprobe(&update_probes[i]);
	unregister_kprobe(&vm_probe);
	if (protected_probe.kp.symbol_name)
		unregister_kretprobe(&protected_probe);
}

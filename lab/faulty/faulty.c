// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver that does everything wrong, for tests of the oracle and the simulator.
 *
 * /sys/kernel/debug/faulty takes one command per write. Each is a fault that a
 * driver of queues could have, executed through the real interfaces: KVM, the
 * CRYCB, AP instructions, memory. VM is the thread that created it, as in the
 * name of its s390dbf log, kvm-VM.
 *
 *	masks VM APQN|none	kvm_arch_crypto_set_masks() with that APQN alone
 *	crycb VM APQN|none	the same, written to the CRYCB without KVM
 *	tapq APQN		test the queue, which is no fault
 *	rapq APQN, zapq APQN	reset the queue
 *	aqic VM|host APQN	enable interrupts, to the GISA of the VM or for the
 *				host, with a NIB in a page that nobody has pinned
 *	free			free that page, whatever the hardware does
 */
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define FC_TAPQ		0UL
#define FC_RAPQ		1UL
#define FC_ZAPQ		2UL
#define FC_AQIC		3UL
#define AQIC_ENABLE	(1UL << 47)

struct masks {
	unsigned long apm[4], aqm[4], adm[4];
};

typedef unsigned long (*lookup_fn)(const char *name);
typedef void (*set_masks_fn)(struct kvm *kvm, unsigned long *apm,
			     unsigned long *aqm, unsigned long *adm);

static struct dentry *file;
static struct list_head *vms;		/* vm_list of KVM */
static struct mutex *vms_lock;		/* kvm_lock */
static set_masks_fn set_masks;
static unsigned long nib_page;

/* The status word. Register pairs of the instruction are fixed: gr0 to gr2. */
static u32 pqap(unsigned long fc, u16 apqn, unsigned long gr1, unsigned long gr2)
{
	unsigned long gr0 = fc << 24 | apqn;

	asm volatile(
		"	lgr	0,%[gr0]\n"
		"	lgr	1,%[gr1]\n"
		"	lgr	2,%[gr2]\n"
		"	.long	0xb2af0000\n"
		"	lgr	%[gr1],1\n"
		: [gr1] "+&d" (gr1)
		: [gr0] "d" (gr0), [gr2] "d" (gr2)
		: "cc", "memory", "0", "1", "2");
	return gr1;
}

static int parse_apqn(const char *word, u16 *apqn)
{
	unsigned int apid, apqi;

	if (sscanf(word, "%2x.%4x", &apid, &apqi) != 2 || apqi > 255)
		return -EINVAL;
	*apqn = apid << 8 | apqi;
	return 0;
}

static int parse_masks(const char *word, struct masks *masks)
{
	u16 apqn;

	memset(masks, 0, sizeof(*masks));
	if (!strcmp(word, "none"))
		return 0;
	if (parse_apqn(word, &apqn))
		return -EINVAL;
	masks->apm[apqn >> 14] = 1UL << (63 - (apqn >> 8 & 63));
	masks->aqm[apqn >> 6 & 3] = 1UL << (63 - (apqn & 63));
	return 0;
}

static struct kvm *find_vm(const char *word)
{
	struct kvm *kvm;
	int pid;

	if (kstrtoint(word, 10, &pid))
		return NULL;
	list_for_each_entry(kvm, vms, vm_list)
		if (kvm->userspace_pid == pid)
			return kvm;
	return NULL;
}

static int write_masks(struct kvm *kvm, struct masks *masks)
{
	/* from 6.0 on the caller takes the lock */
	mutex_lock(&kvm->lock);
	set_masks(kvm, masks->apm, masks->aqm, masks->adm);
	mutex_unlock(&kvm->lock);
	return 0;
}

static int write_crycb(struct kvm *kvm, const struct masks *masks)
{
	struct kvm_s390_crypto_cb *crycb = kvm->arch.crypto.crycb;

	memcpy(crycb->apcb1.apm, masks->apm, sizeof(masks->apm));
	memcpy(crycb->apcb1.aqm, masks->aqm, sizeof(masks->aqm));
	return 0;
}

static int execute_aqic(const struct kvm *kvm, u16 apqn)
{
	unsigned long gr1 = AQIC_ENABLE;
	u32 status;

	if (!nib_page)
		nib_page = get_zeroed_page(GFP_KERNEL);
	if (!nib_page)
		return -ENOMEM;
	if (kvm && !kvm->arch.gisa_int.origin)
		return -ENODEV;
	if (kvm)
		gr1 |= virt_to_phys(kvm->arch.gisa_int.origin) & 0x7ffffff0UL;
	status = pqap(FC_AQIC, apqn, gr1, virt_to_phys((void *)nib_page));
	return status >> 16 & 0xff ? -EIO : 0;
}

static int run_vm(const char *verb, struct kvm *kvm, const char *word)
{
	struct masks masks;
	u16 apqn;

	if (!strcmp(verb, "aqic"))
		return parse_apqn(word, &apqn) ?: execute_aqic(kvm, apqn);
	if (!kvm || parse_masks(word, &masks))
		return -EINVAL;
	if (!strcmp(verb, "masks"))
		return write_masks(kvm, &masks);
	if (!strcmp(verb, "crycb"))
		return write_crycb(kvm, &masks);
	return -EINVAL;
}

static int run(char *text)
{
	char *verb = strsep(&text, " "), *word = strsep(&text, " ");
	struct kvm *kvm = NULL;
	int ret = -EINVAL;
	u16 apqn;

	if (!strcmp(verb, "free")) {
		free_page(nib_page);
		nib_page = 0;
		return 0;
	}
	if (word && !text && !parse_apqn(word, &apqn)) {
		if (!strcmp(verb, "tapq"))
			return pqap(FC_TAPQ, apqn, 0, 0) >> 16 & 0xff ? -EIO : 0;
		if (!strcmp(verb, "zapq"))
			return pqap(FC_ZAPQ, apqn, 0, 0) >> 16 & 0xff ? -EIO : 0;
		if (!strcmp(verb, "rapq"))
			return pqap(FC_RAPQ, apqn, 0, 0) >> 16 & 0xff ? -EIO : 0;
	}
	if (!word || !text)
		return -EINVAL;
	mutex_lock(vms_lock);
	if (strcmp(word, "host"))
		kvm = find_vm(word);
	if (kvm || !strcmp(word, "host"))
		ret = run_vm(verb, kvm, text);
	mutex_unlock(vms_lock);
	return ret;
}

static ssize_t faulty_write(struct file *f, const char __user *user,
			    size_t count, loff_t *pos)
{
	char text[80] = {};
	int ret;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, count))
		return -EFAULT;
	ret = run(strim(text));
	return ret ?: count;
}

static const struct file_operations faulty_fops = {
	.owner = THIS_MODULE,
	.write = faulty_write,
};

static lookup_fn find_lookup(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	lookup_fn lookup;

	if (register_kprobe(&probe))
		return NULL;
	lookup = (lookup_fn)probe.addr;
	unregister_kprobe(&probe);
	return lookup;
}

static int __init faulty_init(void)
{
	lookup_fn lookup = find_lookup();

	if (!lookup)
		return -ENOENT;
	vms = (struct list_head *)lookup("vm_list");
	vms_lock = (struct mutex *)lookup("kvm_lock");
	set_masks = (set_masks_fn)lookup("kvm_arch_crypto_set_masks");
	if (!vms || !vms_lock || !set_masks)
		return -ENOENT;
	file = debugfs_create_file("faulty", 0200, NULL, NULL, &faulty_fops);
	return PTR_ERR_OR_ZERO(file);
}

static void __exit faulty_exit(void)
{
	debugfs_remove(file);
	free_page(nib_page);
}

module_init(faulty_init);
module_exit(faulty_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Deliberate faults, for tests of the oracle");

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts what vfio_ap and mdev allocated and nobody has freed, for tests of leaks.
 *
 * /sys/kernel/debug/allocated gives "allocated N", then a line with the caller of the allocator for
 * each. What was allocated before the module was loaded does not
 * count. Memory that is freed after a grace period counts as freed at once.
 */
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "module-at.h"

#define MOST		8192	/* allocations */
#define INSTANCES	64	/* calls of an allocator at a time */

static const char *const allocators[] = {
	"__kmalloc_cache_noprof", "kmalloc_trace", "kmem_cache_alloc_trace",
	"__kmalloc_noprof", "__kmalloc",
	"__kvmalloc_node_noprof", "kvmalloc_node",
	"get_zeroed_page_noprof", "get_zeroed_page",
	"get_free_pages_noprof", "__get_free_pages",
};

/* The address is the first argument, or the second one. */
static const struct {
	const char *name;
	unsigned int argument;
} frees[] = {
	{ "kfree", 0 }, { "free_pages", 0 }, { "kvfree", 0 }, { "kvfree_call_rcu", 1 },
};

struct allocation {
	unsigned long address, caller;
};

static struct dentry *file;
static module_at_fn module_at;
static struct kretprobe taking[ARRAY_SIZE(allocators)];
static struct kprobe freeing[ARRAY_SIZE(frees)];
static DEFINE_RAW_SPINLOCK(lock);
static struct allocation allocations[MOST];
static unsigned int nr, lost;

static bool of_our_modules(unsigned long address)
{
	const struct module *module = module_at(address);

	return module && (!strcmp(module->name, "vfio_ap") || !strcmp(module->name, "mdev"));
}

static int take_at_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	unsigned long caller = regs->gprs[14];

	if (!of_our_modules(caller))
		return 1;
	*(unsigned long *)instance->data = caller;
	return 0;
}

static int take_at_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	unsigned long flags, address = regs->gprs[2];

	if (!address)
		return 0;
	raw_spin_lock_irqsave(&lock, flags);
	if (nr < MOST)
		allocations[nr++] = (struct allocation) {
			.address = address,
			.caller = *(unsigned long *)instance->data,
		};
	else
		lost++;
	raw_spin_unlock_irqrestore(&lock, flags);
	return 0;
}

static int free_at_entry(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long address = regs->gprs[2 + frees[probe - freeing].argument], flags;
	unsigned int i;

	if (!address || !READ_ONCE(nr))
		return 0;
	/* until 6.3 an offset of the head within the object, instead of its address */
	if (address < PAGE_SIZE)
		address = regs->gprs[2] - address;
	raw_spin_lock_irqsave(&lock, flags);
	for (i = 0; i < nr; i++)
		if (allocations[i].address == address) {
			allocations[i] = allocations[--nr];
			break;
		}
	raw_spin_unlock_irqrestore(&lock, flags);
	return 0;
}

static int allocated_show(struct seq_file *seq, void *unused)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&lock, flags);
	seq_printf(seq, "allocated %u\n", nr + lost);
	for (i = 0; i < nr; i++)
		seq_printf(seq, "%pS\n", (void *)allocations[i].caller);
	raw_spin_unlock_irqrestore(&lock, flags);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(allocated);

static void remove_probes(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(taking); i++)
		if (taking[i].kp.addr)
			unregister_kretprobe(&taking[i]);
	for (i = 0; i < ARRAY_SIZE(freeing); i++)
		if (freeing[i].addr)
			unregister_kprobe(&freeing[i]);
}

static int add_probes(void)
{
	int i, ret;

	for (i = 0; i < ARRAY_SIZE(frees); i++) {
		freeing[i].symbol_name = frees[i].name;
		freeing[i].pre_handler = free_at_entry;
		ret = register_kprobe(&freeing[i]);
		if (ret)
			freeing[i].addr = NULL;
		if (ret && ret != -ENOENT)
			return ret;
	}
	for (i = 0; i < ARRAY_SIZE(allocators); i++) {
		taking[i].kp.symbol_name = allocators[i];
		taking[i].entry_handler = take_at_entry;
		taking[i].handler = take_at_return;
		taking[i].data_size = sizeof(unsigned long);
		taking[i].maxactive = INSTANCES;
		/* no kernel has all of them */
		ret = register_kretprobe(&taking[i]);
		if (ret)
			taking[i].kp.addr = NULL;
		if (ret && ret != -ENOENT)
			return ret;
	}
	return 0;
}

static int __init allocated_init(void)
{
	int ret;

	module_at = find_module_at();
	if (!module_at)
		return -ENOENT;
	ret = add_probes();
	if (ret)
		goto err_probes;
	file = debugfs_create_file("allocated", 0400, NULL, NULL, &allocated_fops);
	ret = PTR_ERR_OR_ZERO(file);
	if (ret)
		goto err_probes;
	return 0;

err_probes:
	remove_probes();
	return ret;
}

static void __exit allocated_exit(void)
{
	debugfs_remove(file);
	remove_probes();
}

module_init(allocated_init);
module_exit(allocated_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Memory of vfio_ap and mdev, for tests of leaks");

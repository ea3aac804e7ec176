// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes one call of a module into the kernel fail, for tests of error paths.
 *
 * Parameter: modules=NAME,..., whose calls fail (default vfio_ap).
 *
 * Each function in `functions`, which vfio_ap and mdev call and which can fail, has a kprobe. The
 * calls are counted over all functions and all tasks, and the Nth one returns an error without
 * being executed. Kernels need no fault injection for it, only kprobes.
 *
 * /sys/kernel/debug/fail takes
 *
 *	N		call N fails, counted from now on; 0: none does
 *	N again		the same, and after a failure the count starts again: busybox's
 *			insmod tries a second system call when the first one fails
 *
 * Reading gives "calls N", the calls since then, and "failed FUNCTION", which function failed
 * first, if one did.
 *
 * A function that has to do part of its work if it fails, such as kobject_init_and_add(), is
 * not among them, nor is xa_store(), since vfio_ap reserves the memory for it.
 *
 * A call is that of a module if its return address is in the text of the module.
 */
#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "module-at.h"

#define MODULES		4
#define XA_NO_MEMORY	((unsigned long)-ENOMEM << 2 | 2)	/* as xa_err() has it */
#define ALL		1UL					/* bytes that are not copied */

static const struct {
	const char *name;
	unsigned long result;
} functions[] = {
	/* memory, by the names of all kernels */
	{ "__kmalloc_cache_noprof", 0 },
	{ "kmalloc_trace", 0 },
	{ "kmem_cache_alloc_trace", 0 },
	{ "__kmalloc_noprof", 0 },
	{ "__kmalloc", 0 },
	{ "__kvmalloc_node_noprof", 0 },
	{ "kvmalloc_node", 0 },
	{ "get_zeroed_page_noprof", 0 },
	{ "get_zeroed_page", 0 },
	{ "get_free_pages_noprof", 0 },
	{ "__get_free_pages", 0 },
	{ "__xa_cmpxchg", XA_NO_MEMORY },
	/* user space; the older kernels and 7.2 copy inline */
	{ "raw_copy_from_user", ALL },
	{ "raw_copy_to_user", ALL },
	{ "_copy_from_user", ALL },
	{ "_copy_to_user", ALL },
	{ "eventfd_ctx_fdget", -EBADF },
	{ "mutex_lock_interruptible", -EINTR },
	/* the driver core */
	{ "__root_device_register", -ENOMEM },
	{ "bus_register", -ENOMEM },
	{ "bus_register_notifier", -ENOMEM },
	{ "class_compat_create_link", -ENOMEM },
	{ "class_compat_register", 0 },
	{ "dev_set_name", -ENOMEM },
	{ "device_add", -ENOMEM },
	{ "device_create_file", -ENOMEM },
	{ "device_driver_attach", -ENOMEM },
	{ "device_reprobe", -ENOMEM },
	{ "driver_register", -ENOMEM },
	{ "kobject_create_and_add", 0 },
	{ "kobject_uevent_env", -ENOMEM },
	{ "kset_create_and_add", 0 },
	{ "sysfs_create_link", -ENOMEM },
	/* the AP bus, VFIO, mdev, KVM */
	{ "ap_driver_register", -ENOMEM },
	{ "kvm_s390_gisc_register", -ERANGE },
	{ "mdev_register_device", -ENOMEM },
	{ "mdev_register_driver", -ENOMEM },
	{ "mdev_register_parent", -ENOMEM },
	{ "_vfio_alloc_device", -ENOMEM },
	{ "vfio_add_group_dev", -ENOMEM },
	{ "vfio_pin_pages", -ENOMEM },
	{ "vfio_register_emulated_iommu_dev", -ENOMEM },
	{ "vfio_register_group_dev", -ENOMEM },
	{ "vfio_register_notifier", -ENOMEM },
	{ "vfio_set_irqs_validate_and_prepare", -EINVAL },
	/* files, threads and records */
	{ "anon_inode_getfile", -ENFILE },
	{ "alloc_workqueue", 0 },
	{ "alloc_workqueue_noprof", 0 },
	{ "debug_register", 0 },
	{ "debug_register_view", -ENOMEM },
	{ "kthread_create_on_node", -ENOMEM },
};

static char *modules[MODULES] = { "vfio_ap" };
static int nr_modules = 1;
module_param_array(modules, charp, &nr_modules, 0444);

static struct dentry *file;
static struct kprobe probes[ARRAY_SIZE(functions)];
static module_at_fn module_at;
static atomic_t calls;
static int which;
static bool again;
static const char *failed;

/* The caller does not sleep: modules cannot vanish meanwhile. */
static bool of_our_modules(unsigned long address)
{
	const struct module *module = module_at(address);
	int i;

	for (i = 0; module && i < nr_modules; i++)
		if (!strcmp(module->name, modules[i]))
			return true;
	return false;
}

static int fail_at_entry(struct kprobe *probe, struct pt_regs *regs)
{
	if (!READ_ONCE(which) || !of_our_modules(regs->gprs[14]) ||
	    atomic_inc_return(&calls) != READ_ONCE(which))
		return 0;
	if (again)
		atomic_set(&calls, 0);
	if (!failed)
		failed = probe->symbol_name;
	regs->gprs[2] = functions[probe - probes].result;
	regs->psw.addr = regs->gprs[14];
	return 1;
}

static ssize_t fail_write(struct file *f, const char __user *user, size_t count, loff_t *pos)
{
	char text[40] = {}, *number, *rest;
	int nth, ret;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, count))
		return -EFAULT;
	rest = strim(text);
	number = strsep(&rest, " ");
	ret = kstrtoint(number, 10, &nth);
	if (ret)
		return ret;
	if (rest && strcmp(rest, "again"))
		return -EINVAL;
	WRITE_ONCE(which, 0);
	again = rest;
	atomic_set(&calls, 0);
	failed = NULL;
	WRITE_ONCE(which, nth);
	return count;
}

static ssize_t fail_read(struct file *f, char __user *user, size_t count, loff_t *pos)
{
	char text[100];
	int len = scnprintf(text, sizeof(text), "calls %d\n", atomic_read(&calls));

	if (failed)
		len += scnprintf(text + len, sizeof(text) - len, "failed %s\n", failed);
	return simple_read_from_buffer(user, count, pos, text, len);
}

static const struct file_operations fail_fops = {
	.owner = THIS_MODULE,
	.read = fail_read,
	.write = fail_write,
};

static void remove_probes(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		if (probes[i].addr)
			unregister_kprobe(&probes[i]);
}

static int __init fail_init(void)
{
	int i, ret;

	module_at = find_module_at();
	if (!module_at)
		return -ENOENT;
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		probes[i].symbol_name = functions[i].name;
		probes[i].pre_handler = fail_at_entry;
		/* no kernel has all of them */
		ret = register_kprobe(&probes[i]);
		if (ret)
			probes[i].addr = NULL;
		if (ret && ret != -ENOENT) {
			pr_err("fail: no probe on %s (%d)\n", functions[i].name, ret);
			goto err_probes;
		}
	}
	file = debugfs_create_file("fail", 0600, NULL, NULL, &fail_fops);
	ret = PTR_ERR_OR_ZERO(file);
	if (ret)
		goto err_probes;
	return 0;

err_probes:
	remove_probes();
	return ret;
}

static void __exit fail_exit(void)
{
	debugfs_remove(file);
	remove_probes();
}

module_init(fail_init);
module_exit(fail_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Failing calls of modules, for tests of error paths");

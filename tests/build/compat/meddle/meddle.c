// SPDX-License-Identifier: GPL-2.0-only
/*
 * For tests of the veto on an AP bus that has no callbacks (5.10): does to the bus's
 * attribute apmask what others may do, one word at a time written to the parameter
 * "meddle". The parameter "store" says whose store function the attribute has.
 */
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kernfs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/namei.h>

extern struct mutex ap_perms_mutex;

static struct path path;
static struct kernfs_node *node;
static struct bus_attribute *attr, original;

static ssize_t other_show(struct bus_type *bus, char *buf)
{
	return original.show(bus, buf);
}

static ssize_t other_store(struct bus_type *bus, const char *buf, size_t count)
{
	return original.store(bus, buf, count);
}

/* Of whoever had the attribute when "come" was written. */
static ssize_t (*below)(struct bus_type *bus, const char *buf, size_t count);

static ssize_t store_above(struct bus_type *bus, const char *buf, size_t count)
{
	return below(bus, buf, count);
}

/* The bus's mutex, which only the task that took it may give back. */
static DECLARE_COMPLETION(locked);
static DECLARE_COMPLETION(unlock);
static DECLARE_COMPLETION(unlocked);

static int keep_locked(void *unused)
{
	mutex_lock(&ap_perms_mutex);
	complete(&locked);
	wait_for_completion(&unlock);
	mutex_unlock(&ap_perms_mutex);
	complete(&unlocked);
	return 0;
}

static int meddle(const char *val, const struct kernel_param *param)
{
	if (sysfs_streq(val, "mode")) {
		attr->attr.mode = 0600;
	} else if (sysfs_streq(val, "name")) {
		attr->attr.name = "apmusk";
	} else if (sysfs_streq(val, "noname")) {
		attr->attr.name = NULL;
	} else if (sysfs_streq(val, "show")) {
		attr->show = other_show;
	} else if (sysfs_streq(val, "store")) {
		attr->store = other_store;
	} else if (sysfs_streq(val, "undo")) {
		*attr = original;
	} else if (sysfs_streq(val, "come")) {
		below = attr->store;
		attr->store = store_above;
	} else if (sysfs_streq(val, "go")) {
		attr->store = below;
	} else if (sysfs_streq(val, "begin")) {		/* a write that takes its time */
		atomic_inc(&node->active);
	} else if (sysfs_streq(val, "end")) {
		atomic_dec(&node->active);
	} else if (sysfs_streq(val, "lock")) {
		kthread_run(keep_locked, NULL, "meddle");
		wait_for_completion(&locked);
	} else if (sysfs_streq(val, "unlock")) {
		complete(&unlock);
		wait_for_completion(&unlocked);
	} else {
		return -EINVAL;
	}
	return 0;
}

static int whose_store(char *buf, const struct kernel_param *param)
{
	return sprintf(buf, "%ps\n", attr->store);
}

static const struct kernel_param_ops meddle_ops = { .set = meddle };
static const struct kernel_param_ops store_ops = { .get = whose_store };
module_param_cb(meddle, &meddle_ops, NULL, 0200);
module_param_cb(store, &store_ops, NULL, 0400);

static int __init meddle_init(void)
{
	int ret;

	ret = kern_path("/sys/bus/ap/apmask", 0, &path);
	if (ret)
		return ret;
	node = d_inode(path.dentry)->i_private;
	attr = container_of(node->priv, struct bus_attribute, attr);
	original = *attr;
	return 0;
}

static void __exit meddle_exit(void)
{
	path_put(&path);
}

module_init(meddle_init);
module_exit(meddle_exit);
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeps the counters of modules that were built for coverage, on any kernel.
 *
 * Such a module begins with first.c and ends with last.c; between their two symbols are pointers
 * to what GCC knows of each object file. When the module goes, its counters are copied here.
 *
 * /sys/kernel/debug/coverage gives the copies, then the counters of modules that are loaded, as
 * one record for each object file and load, all numbers 32 bits and big-endian:
 *
 *	length of the name, length of the data, the name of the .gcda file, the data
 */
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define HEADER		(2 * sizeof(u32))

struct gcov_info;

typedef unsigned long (*lookup_fn)(const char *name);

struct store {
	u8 *data;
	size_t len, size;
};

static const char *const modules[] = { "vfio_ap", "mdev", "standin", "masks" };

static struct dentry *file;
static lookup_fn lookup;
static DEFINE_MUTEX(lock);
static struct store gone;	/* lock */

/* libgcov's */
void __gcov_info_to_gcda(const struct gcov_info *info,
			 void (*filename)(const char *name, void *to),
			 void (*dump)(const void *data, unsigned int len, void *to),
			 void *(*allocate)(unsigned int len, void *to), void *to);

/* libgcov refers to these for counters that are not used here. */
void *mmap(void *start, size_t len, int protection, int flags, int fd, long offset);
void abort(void);

void *mmap(void *start, size_t len, int protection, int flags, int fd, long offset)
{
	return NULL;
}

void abort(void)
{
	BUG();
}

/* Appends; what finds no memory is lost, and the host notices that a record is cut off. */
static void append(struct store *store, const void *data, size_t len)
{
	if (store->len + len > store->size) {
		size_t size = 2 * (store->len + len) + PAGE_SIZE;
		u8 *more = vmalloc(size);

		if (!more)
			return;
		if (store->len)
			memcpy(more, store->data, store->len);
		vfree(store->data);
		store->data = more;
		store->size = size;
	}
	memcpy(store->data + store->len, data, len);
	store->len += len;
}

/* One record: its name comes first, and once. */
struct record {
	struct store *store;
	u32 name_len, data_len;
};

static void take_name(const char *name, void *to)
{
	struct record *record = to;

	record->name_len = strlen(name);
	append(record->store, name, record->name_len);
}

static void take_data(const void *data, unsigned int len, void *to)
{
	struct record *record = to;

	record->data_len += len;
	append(record->store, data, len);
}

static void *allocate(unsigned int len, void *to)
{
	return NULL;
}

static void take_info(struct store *store, const struct gcov_info *info)
{
	struct record record = { .store = store };
	size_t begin = store->len;
	u32 lengths[2] = {};

	append(store, lengths, HEADER);
	__gcov_info_to_gcda(info, take_name, take_data, allocate, &record);
	lengths[0] = record.name_len;
	lengths[1] = record.data_len;
	memcpy(store->data + begin, lengths, HEADER);
}

static unsigned long symbol(const char *module, const char *name)
{
	char text[80];

	snprintf(text, sizeof(text), "%s:%s", module, name);
	return lookup(text);
}

static void take_module(struct store *store, const char *name)
{
	const struct gcov_info **info = (void *)symbol(name, "lab_coverage_first");
	const struct gcov_info **end = (void *)symbol(name, "lab_coverage_last");

	if (!info || !end)
		return;
	for (info++; info < end; info++)
		if (*info)
			take_info(store, *info);
}

static int module_event(struct notifier_block *block, unsigned long event, void *data)
{
	const struct module *module = data;
	unsigned int i;

	if (event != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	for (i = 0; i < ARRAY_SIZE(modules); i++)
		if (!strcmp(module->name, modules[i])) {
			mutex_lock(&lock);
			take_module(&gone, module->name);
			mutex_unlock(&lock);
		}
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = module_event };

static int coverage_open(struct inode *inode, struct file *opened)
{
	struct store *store = kzalloc(sizeof(*store), GFP_KERNEL);
	unsigned int i;

	if (!store)
		return -ENOMEM;
	mutex_lock(&lock);
	append(store, gone.data, gone.len);
	for (i = 0; i < ARRAY_SIZE(modules); i++)
		take_module(store, modules[i]);
	mutex_unlock(&lock);
	opened->private_data = store;
	return 0;
}

static ssize_t coverage_read(struct file *opened, char __user *user, size_t count, loff_t *pos)
{
	const struct store *store = opened->private_data;

	return simple_read_from_buffer(user, count, pos, store->data, store->len);
}

static int coverage_release(struct inode *inode, struct file *opened)
{
	struct store *store = opened->private_data;

	vfree(store->data);
	kfree(store);
	return 0;
}

static const struct file_operations coverage_fops = {
	.owner = THIS_MODULE,
	.open = coverage_open,
	.read = coverage_read,
	.release = coverage_release,
};

static lookup_fn find_lookup(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	lookup_fn found;

	if (register_kprobe(&probe))
		return NULL;
	found = (lookup_fn)probe.addr;
	unregister_kprobe(&probe);
	return found;
}

static int __init coverage_init(void)
{
	int ret;

	lookup = find_lookup();
	if (!lookup)
		return -ENOENT;
	ret = register_module_notifier(&notifier);
	if (ret)
		return ret;
	file = debugfs_create_file("coverage", 0400, NULL, NULL, &coverage_fops);
	if (IS_ERR(file)) {
		unregister_module_notifier(&notifier);
		return PTR_ERR(file);
	}
	return 0;
}

static void __exit coverage_exit(void)
{
	debugfs_remove(file);
	unregister_module_notifier(&notifier);
	vfree(gone.data);
}

module_init(coverage_init);
module_exit(coverage_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Counters of modules that were built for coverage");

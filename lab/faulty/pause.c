// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pauses in functions of the kernel and its modules, for tests of races: what lies between
 * two steps takes so long that other CPUs get in between.
 *
 * /sys/kernel/debug/pause takes one command per write:
 *
 *	FUNCTION USEC		each call of FUNCTION waits USEC (up to 5000000) at its
 *	FUNCTION USEC return	beginning, or at its end
 *	release			pauses end now, and there are no more until the next command
 *	off			no function pauses
 *
 * Reading gives "pauses N", how many were over since the last command, and "now N", how many there
 * are. So a test can wait for a pause, do what has to happen in it, and end it. The CPU waits
 * busily, since the function may hold a spinlock. Only one function at a time pauses.
 *
 * With KCSAN the longest pause, which is one that is to be released, is ten times as long, since
 * the other CPUs are so slow. The time is read from the clock itself: KCSAN would report each
 * update of the kernel's own time meanwhile.
 */
#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/timex.h>

#define PAUSE_MAX	5000000	/* us */
#define INSTANCES	64	/* calls of a function that pauses at its end */

static struct dentry *file;
static DEFINE_MUTEX(command_mutex);
static char function[80];
static unsigned int usecs;
static atomic_long_t pauses;
static atomic_t now;
static bool released;
static bool at_entry, at_return;

static u64 now_ns(void)
{
	return tod_to_ns(get_tod_clock_fast());
}

static void pause(void)
{
	u64 end = now_ns() + (u64)usecs * NSEC_PER_USEC;

	if (IS_ENABLED(CONFIG_KCSAN) && usecs == PAUSE_MAX)
		end += 9ULL * PAUSE_MAX * NSEC_PER_USEC;
	atomic_inc(&now);
	while (now_ns() < end && !READ_ONCE(released))
		cpu_relax();
	atomic_dec(&now);
	atomic_long_inc(&pauses);
}

static int pause_at_entry(struct kprobe *probe, struct pt_regs *regs)
{
	pause();
	return 0;
}

static int pause_at_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	pause();
	return 0;
}

static struct kprobe entry;
static struct kretprobe ret_probe;

static void pause_off(void)
{
	if (at_entry)
		unregister_kprobe(&entry);
	if (at_return)
		unregister_kretprobe(&ret_probe);
	at_entry = at_return = false;
}

static int pause_on(bool in_return)
{
	int ret;

	if (in_return) {
		ret_probe = (struct kretprobe) {
			.kp.symbol_name = function,
			.handler = pause_at_return,
			.maxactive = INSTANCES,
		};
		ret = register_kretprobe(&ret_probe);
		at_return = !ret;
	} else {
		entry = (struct kprobe) {
			.symbol_name = function,
			.pre_handler = pause_at_entry,
		};
		ret = register_kprobe(&entry);
		at_entry = !ret;
	}
	return ret;
}

static int run(char *text)
{
	char *name = strsep(&text, " "), *time = strsep(&text, " ");
	int ret;

	if (!strcmp(name, "release")) {
		WRITE_ONCE(released, true);
		return 0;
	}
	pause_off();
	atomic_long_set(&pauses, 0);
	WRITE_ONCE(released, false);
	if (!time)
		return strcmp(name, "off") ? -EINVAL : 0;
	ret = kstrtouint(time, 10, &usecs);
	if (ret)
		return ret;
	if (usecs > PAUSE_MAX || (text && strcmp(text, "return")) ||
	    strscpy(function, name, sizeof(function)) < 0)
		return -EINVAL;
	return pause_on(text);
}

static ssize_t pause_write(struct file *f, const char __user *user, size_t count, loff_t *pos)
{
	char text[120] = {};
	int ret;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, count))
		return -EFAULT;
	mutex_lock(&command_mutex);
	ret = run(strim(text));
	mutex_unlock(&command_mutex);
	return ret ?: count;
}

static ssize_t pause_read(struct file *f, char __user *user, size_t count, loff_t *pos)
{
	char text[60];
	int len = scnprintf(text, sizeof(text), "pauses %ld\nnow %d\n",
			    atomic_long_read(&pauses), atomic_read(&now));

	return simple_read_from_buffer(user, count, pos, text, len);
}

static const struct file_operations pause_fops = {
	.owner = THIS_MODULE,
	.read = pause_read,
	.write = pause_write,
};

static int __init pause_init(void)
{
	file = debugfs_create_file("pause", 0600, NULL, NULL, &pause_fops);
	return PTR_ERR_OR_ZERO(file);
}

static void __exit pause_exit(void)
{
	debugfs_remove(file);
	pause_off();
}

module_init(pause_init);
module_exit(pause_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Pauses in functions, for tests of races");

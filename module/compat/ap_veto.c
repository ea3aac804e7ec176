// SPDX-License-Identifier: GPL-2.0-only
/*
 * The veto against changes of apmask and aqmask, for an AP bus that does not ask its
 * drivers (before 5.18). It also works on a bus that does, as long as we register no
 * callbacks there.
 *
 * The two attributes are data of the bus. While the module is loaded, their store function
 * is ours. It computes which IDs the write would add to the mask and calls in_use(). Then it
 * calls the bus's own function, or refuses the write. Nothing else of the files changes. A
 * process can keep a file open while the module is loaded or unloaded.
 *
 * vap_compat_ap_veto_mutex is held from the call of in_use() until the bus's function has
 * returned. Assignments hold it too, so an APQN that in_use() found free stays free. The
 * bus's function can call probe and remove; they never take this mutex.
 *
 * Before anything is changed, each attribute is checked: its name, its mode, the names of
 * its functions, and that its content agrees with ap_perms.
 */
#include "ap/ap_bus.h"
#include "driver_core.h"
#include "ap/stand_in.h"

#include <linux/delay.h>
#include <linux/kallsyms.h>
#include <linux/kernfs.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/wait.h>

typedef ssize_t (*store_fn)(vap_compat_bus *bus, const char *buf, size_t count);

DEFINE_MUTEX(vap_compat_ap_veto_mutex);

struct guarded {
	const char *name;
	unsigned long *mask;		/* VAP_AP_MUTEX */
	store_fn guard;
	struct kernfs_node *node;	/* with a reference, while the module is loaded */
	struct bus_attribute *attr;
	store_fn store;			/* the bus's own */
};

static ssize_t store_apmask(vap_compat_bus *bus, const char *buf, size_t count);
static ssize_t store_aqmask(vap_compat_bus *bus, const char *buf, size_t count);

enum { ADAPTERS, DOMAINS, NR_GUARDED };

static struct guarded guarded[NR_GUARDED] = {
	[ADAPTERS] = { "apmask", ap_perms.apm, store_apmask },
	[DOMAINS] = { "aqmask", ap_perms.aqm, store_aqmask },
};

static const struct vap_ap_driver *the_driver;

/* Number of writers in our functions; vap_compat_ap_veto_stop() waits for 0. */
static atomic_t nr_inside;
static DECLARE_WAIT_QUEUE_HEAD(left);

/* --- a write --- */

/*
 * Compute the IDs that the write would add to the mask. False if there are none, also if
 * the text is not valid: then the bus's own function returns the error.
 */
static bool would_gain(const struct guarded *g, const char *buf, unsigned long *gained)
{
	DECLARE_BITMAP(now, AP_DEVICES);
	DECLARE_BITMAP(next, AP_DEVICES);
	static DEFINE_MUTEX(scratch);

	mutex_lock(&VAP_AP_MUTEX);
	bitmap_copy(now, g->mask, AP_DEVICES);
	mutex_unlock(&VAP_AP_MUTEX);
	bitmap_copy(next, now, AP_DEVICES);
	if (ap_parse_mask_str(buf, next, AP_DEVICES, &scratch))
		return false;
	return bitmap_andnot(gained, next, now, AP_DEVICES);
}

static ssize_t guarded_store(unsigned int which, vap_compat_bus *bus,
			     const char *buf, size_t count)
{
	DECLARE_BITMAP(gained, AP_DEVICES);
	DECLARE_BITMAP(other, AP_DEVICES);
	struct guarded *g = &guarded[which];
	ssize_t ret = 0;

	if (mutex_lock_interruptible(&vap_compat_ap_veto_mutex))
		return -ERESTARTSYS;
	if (would_gain(g, buf, gained)) {
		mutex_lock(&VAP_AP_MUTEX);
		bitmap_copy(other, guarded[!which].mask, AP_DEVICES);
		mutex_unlock(&VAP_AP_MUTEX);
		if (which == ADAPTERS)
			ret = the_driver->in_use(gained, other);
		else
			ret = the_driver->in_use(other, gained);
		if (ret)
			ret = -EBUSY;
	}
	if (!ret)
		ret = g->store(bus, buf, count);
	mutex_unlock(&vap_compat_ap_veto_mutex);
	return ret;
}

static ssize_t counted_store(unsigned int which, vap_compat_bus *bus,
			     const char *buf, size_t count)
{
	ssize_t ret;

	atomic_inc(&nr_inside);
	ret = guarded_store(which, bus, buf, count);
	if (atomic_dec_and_test(&nr_inside))
		wake_up_all(&left);
	return ret;
}

static ssize_t store_apmask(vap_compat_bus *bus, const char *buf, size_t count)
{
	return counted_store(ADAPTERS, bus, buf, count);
}

static ssize_t store_aqmask(vap_compat_bus *bus, const char *buf, size_t count)
{
	return counted_store(DOMAINS, bus, buf, count);
}

/* --- the attributes --- */

static bool is_function(const void *function, const char *name, const char *suffix)
{
	char is[KSYM_SYMBOL_LEN], wanted[32];

	snprintf(is, sizeof(is), "%ps", function);
	snprintf(wanted, sizeof(wanted), "%s_%s", name, suffix);
	return !strcmp(is, wanted);
}

/* Format the mask as the bus does. */
static void mask_text(const struct guarded *g, char *text, size_t size)
{
	mutex_lock(&VAP_AP_MUTEX);
	snprintf(text, size, "0x%016lx%016lx%016lx%016lx\n",
		 g->mask[0], g->mask[1], g->mask[2], g->mask[3]);
	mutex_unlock(&VAP_AP_MUTEX);
}

/*
 * Does the attribute show this mask? 1 if so, 0 if not, or -ENOMEM. Its show function
 * takes the mutex itself, so the mask can change before or after the call. In this case,
 * try again.
 */
static int shows_mask(struct guarded *g, vap_compat_bus *bus)
{
	char before[80], after[80], *shown;
	bool same = false;
	int len;

	shown = (char *)get_zeroed_page(GFP_KERNEL);
	if (!shown)
		return -ENOMEM;
	do {
		mask_text(g, before, sizeof(before));
		len = g->attr->show(bus, shown);
		mask_text(g, after, sizeof(after));
		same = len > 0 && !strcmp(shown, after);
	} while (!same && strcmp(before, after) && !signal_pending(current));
	free_page((unsigned long)shown);
	return same;
}

static int refuse(const struct guarded *g, const char *why, const void *what)
{
	pr_err("vfio_ap: AP bus attribute %s is not as expected, not loading: %s (%ps)\n",
	       g->name, why, what);
	return -ENOEXEC;
}

/* Check that the attribute is the expected one. 0, -ENOEXEC or -ENOMEM. */
static int identify(struct guarded *g, vap_compat_bus *bus)
{
	struct attribute *attr;
	int shows;

	attr = kernfs_type(g->node) == KERNFS_FILE ? g->node->priv : NULL;
	if (!attr || !attr->name || strcmp(attr->name, g->name) ||
	    attr->mode != 0644)
		return refuse(g, "name or mode differ", attr);

	g->attr = container_of(attr, struct bus_attribute, attr);
	if (!is_function(g->attr->show, g->name, "show"))
		return refuse(g, "show function differs", g->attr->show);
	if (!is_function(g->attr->store, g->name, "store"))
		return refuse(g, "store function differs", g->attr->store);
	shows = shows_mask(g, bus);
	if (shows < 0)
		return shows;
	if (!shows)
		return refuse(g, "its content is not that of ap_perms", g->mask);
	return 0;
}

static void forget_nodes(void)
{
	unsigned int i;

	for (i = 0; i < NR_GUARDED; i++) {
		kernfs_put(guarded[i].node);	/* Pairs with the get in find_nodes() */
		guarded[i].node = NULL;
	}
}

static int find_nodes(vap_compat_bus *bus)
{
	struct kernfs_node *dir = bus_get_kset(bus)->kobj.sd;
	unsigned int i;
	int ret;

	for (i = 0; i < NR_GUARDED; i++) {
		guarded[i].node = kernfs_find_and_get_ns(dir, guarded[i].name, NULL);
		ret = guarded[i].node ? identify(&guarded[i], bus) :
			refuse(&guarded[i], "no such file", NULL);
		if (ret) {
			forget_nodes();
			return ret;
		}
	}
	return 0;
}

/*
 * A write that began before the store function was replaced continues in the bus's own
 * function, without the veto. Wait for the end of such writes, because callers rely on the
 * veto afterwards. kernfs counts the active operations of a file. An operation that begins
 * after the count was 0 uses our function.
 */
static int wait_for_unasked(const struct guarded *g)
{
	smp_mb();	/* Pairs with the atomic operation that kernfs counts with */
	while (atomic_read(&g->node->active)) {
		if (msleep_interruptible(1))
			return -EINTR;
	}
	return 0;
}

int vap_compat_ap_veto_start(const struct vap_ap_driver *drv, vap_compat_bus *bus)
{
	unsigned int i;
	int ret;

	/* vap_compat_ap_veto_stop() needs RCU-tasks grace periods before the module is unloaded */
	if (IS_ENABLED(CONFIG_PREEMPTION) && !IS_ENABLED(CONFIG_TASKS_RCU)) {
		pr_err("vfio_ap: the AP bus has no callbacks, and this kernel is preemptible but has no CONFIG_TASKS_RCU, not loading\n");
		return -ENOEXEC;
	}
	ret = find_nodes(bus);
	if (ret)
		return ret;
	the_driver = drv;
	for (i = 0; i < NR_GUARDED; i++) {
		guarded[i].store = guarded[i].attr->store;
		/* After .store, which our function reads: a writer may call it immediately */
		smp_store_release(&guarded[i].attr->store, guarded[i].guard);
	}
	for (i = 0; i < NR_GUARDED && !ret; i++)
		ret = wait_for_unasked(&guarded[i]);
	if (ret)
		vap_compat_ap_veto_stop();
	return ret;
}

/*
 * Restore the bus's own store function. If another module has replaced our function with
 * its own, that function calls ours, so ours has to stay until the other module is unloaded.
 * An exit function cannot fail, so it waits. It waits in TASK_IDLE, because the detection of
 * hung tasks ignores this state.
 */
static void put_back(struct guarded *g)
{
	bool told = false;

	while (cmpxchg(&g->attr->store, g->guard, g->store) != g->guard) {
		if (!told)
			pr_err("vfio_ap: AP bus attribute %s was changed by %ps, waiting for that to be undone\n",
			       g->name, READ_ONCE(g->attr->store));
		told = true;
		schedule_timeout_idle(HZ);
	}
}

/*
 * No task may be in our functions when the module's text is freed. A writer that
 * has read the old pointer does not sleep before it increments nr_inside, and
 * not after it decrements it. The first grace period covers the code before the
 * increment, the wait for 0 covers the code between, and the second grace period
 * covers the code after the decrement.
 */
void vap_compat_ap_veto_stop(void)
{
	unsigned int i;

	for (i = 0; i < NR_GUARDED; i++)
		put_back(&guarded[i]);
	synchronize_rcu_tasks();
	wait_event(left, !atomic_read(&nr_inside));
	synchronize_rcu_tasks();
	the_driver = NULL;
	forget_nodes();
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/debug/aphwsim/. The tests depend on the formats; see README.md.
 *
 * State is copied under sim_lock and printed without it, so that interrupts are
 * not disabled for long.
 */
#include <linux/debugfs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "control.h"
#include "control_show.h"
#include "debugfs.h"
#include "hw.h"
#include "lock.h"
#include "log.h"
#include "oracle.h"
#include "selftest.h"

#define MAX_CONTROL	(1024 * 1024)
#define MAX_GUESTS	256

static struct dentry *dir;

/* ---- control ---- */

static int control_show(struct seq_file *m, void *unused)
{
	int ret;

	mutex_lock(&sim_control_mutex);
	ret = sim_control_show(m);
	mutex_unlock(&sim_control_mutex);
	return ret;
}

static ssize_t control_write(struct file *file, const char __user *user,
			     size_t count, loff_t *pos)
{
	char *text;
	int ret;

	if (count > MAX_CONTROL)
		return -E2BIG;
	text = memdup_user_nul(user, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	mutex_lock(&sim_control_mutex);
	ret = sim_control_run(text);
	mutex_unlock(&sim_control_mutex);
	kfree(text);
	return ret ?: count;
}

/* ---- queues ---- */

static const char *queue_state(const struct sim_queue *queue)
{
	switch (sim_queue_gate(queue)) {
	case SIM_RC_DECONFIGURED:
		return "deconfig";
	case SIM_RC_CHECKSTOPPED:
		return "chkstop";
	case SIM_RC_BUSY:
		return "busy";
	case SIM_RC_RESETTING:
		return "reset";
	default:
		return "ok";
	}
}

static void show_queue(struct seq_file *m, const struct sim_queue *queue,
		       u32 owner)
{
	const struct sim_card *card = queue->card;
	const char *irq = "off";
	char taint[SIM_OWNER_LEN];

	if (queue->irq.enabled)
		irq = queue->irq.guest ? "guest" : "host";
	sim_owner_name(taint, sizeof(taint), owner);
	seq_printf(m, "%02x.%04x type=%s mode=%s state=%s pending=%u ready=%u irq=%s taint=%s",
		   SIM_APID(queue->apqn), SIM_APQI(queue->apqn),
		   sim_type_name(card->type), sim_mode_name(card->mode),
		   queue_state(queue), queue->held - queue->nr_ready,
		   queue->nr_ready, irq, taint);
	if (queue->irq.enabled)
		seq_printf(m, " isc=%u gisc=%u nib=0x%llx gisa=0x%llx",
			   queue->irq.isc, queue->irq.gisc, queue->irq.nib,
			   queue->irq.gisa);
	if (queue->set.stuck)
		seq_puts(m, " stuck");
	seq_putc(m, '\n');
}

static int queues_show(struct seq_file *m, void *unused)
{
	const struct sim_queue *queue;
	struct sim_queue copy;
	struct sim_card card;
	unsigned long flags;
	unsigned int apqn;
	u32 taint = 0;

	for (apqn = sim_hw_next(0); apqn < SIM_MAX_APQNS; apqn = sim_hw_next(apqn + 1)) {
		raw_spin_lock_irqsave(&sim_lock, flags);
		queue = sim_hw_queue(apqn);
		if (queue) {
			copy = *queue;
			card = *queue->card;
			copy.card = &card;
			taint = sim_oracle_taint(&sim_oracle, apqn);
		}
		raw_spin_unlock_irqrestore(&sim_lock, flags);
		if (queue)
			show_queue(m, &copy, taint);
	}
	return 0;
}

/* ---- counters ---- */

static bool counted(const u64 counts[SIM_NR_FC])
{
	int fc;

	for (fc = 0; fc < SIM_NR_FC; fc++)
		if (counts[fc])
			return true;
	return false;
}

static int counters_show(struct seq_file *m, void *unused)
{
	u64 counts[SIM_NR_FC], entries, creates;
	unsigned long flags;
	unsigned int apqn;
	int fc;

	raw_spin_lock_irqsave(&sim_lock, flags);
	memcpy(counts, sim_counts, sizeof(counts));
	entries = sim_sie_entries;
	creates = sim_uv_creates;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	for (fc = 0; fc < SIM_NR_FC; fc++)
		if (fc != SIM_FC6)
			seq_printf(m, "%s%s %llu\n",
				   fc < SIM_NR_PQAP ? "pqap." : "",
				   sim_fc_names[fc], counts[fc]);
	seq_printf(m, "sie.entries %llu\nuvc.create %llu\n", entries, creates);

	for (apqn = 0; apqn < SIM_MAX_APQNS; apqn++) {
		if (!READ_ONCE(sim_hw.queues[apqn]))
			continue;
		memset(counts, 0, sizeof(counts));
		raw_spin_lock_irqsave(&sim_lock, flags);
		if (sim_hw.queues[apqn])
			memcpy(counts, sim_hw.queues[apqn]->counts,
			       sizeof(counts));
		raw_spin_unlock_irqrestore(&sim_lock, flags);
		if (!counted(counts))
			continue;
		seq_printf(m, "%02x.%04x", SIM_APID(apqn), SIM_APQI(apqn));
		for (fc = 0; fc < SIM_NR_FC; fc++)
			if (fc != SIM_QCI && fc != SIM_FC6)
				seq_printf(m, " %s=%llu", sim_fc_names[fc],
					   counts[fc]);
		seq_putc(m, '\n');
	}
	return 0;
}

/* Calls @fn under sim_lock if the word written is @want */
static ssize_t write_word(const char __user *user, size_t count,
			  const char *want, void (*fn)(void))
{
	unsigned long flags;
	char word[16] = {};

	if (count >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, user, count))
		return -EFAULT;
	if (strcmp(strim(word), want))
		return -EINVAL;
	raw_spin_lock_irqsave(&sim_lock, flags);
	fn();
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return count;
}

static ssize_t counters_write(struct file *file, const char __user *user,
			      size_t count, loff_t *pos)
{
	return write_word(user, count, "reset", sim_hw_reset_counts);
}

/* ---- log ---- */

static void show_log_entry(struct seq_file *m, const struct sim_log_entry *e)
{
	char who[SIM_OWNER_LEN];

	sim_owner_name(who, sizeof(who), e->owner);
	seq_printf(m, "%llu %llu %s ", e->seq, e->time_ns, who);
	if (e->fc < SIM_NR_PQAP)
		seq_printf(m, "pqap[%s%s]", sim_fc_names[e->fc],
			   e->tbit ? ",t" : "");
	else
		seq_puts(m, sim_fc_names[e->fc]);
	if (e->fc == SIM_QCI)
		seq_puts(m, " -");
	else
		seq_printf(m, " %02x.%04x", SIM_APID(e->apqn),
			   SIM_APQI(e->apqn));
	if (e->pgm)
		seq_printf(m, " pgm=%02x", e->pgm);
	else
		seq_printf(m, " rc=%02x cc=%u", e->rc, e->cc);
	seq_printf(m, " gr1=%016llx\n", e->gr1);
}

static int log_show(struct seq_file *m, void *unused)
{
	struct sim_log_entry *entries;
	unsigned long flags;
	u32 nr, i;

	entries = vmalloc(array_size(SIM_LOG_ENTRIES, sizeof(*entries)));
	if (!entries)
		return -ENOMEM;
	raw_spin_lock_irqsave(&sim_lock, flags);
	nr = sim_log_snapshot(entries, SIM_LOG_ENTRIES);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	for (i = 0; i < nr; i++)
		show_log_entry(m, &entries[i]);
	vfree(entries);
	return 0;
}

static ssize_t log_write(struct file *file, const char __user *user,
			 size_t count, loff_t *pos)
{
	return write_word(user, count, "clear", sim_log_clear);
}

/* ---- oracle ---- */

static void show_finding(struct seq_file *m, const struct sim_finding *f)
{
	static const char * const words[SIM_NR_KINDS] = {
		[SIM_LEAK] = "leak", [SIM_SHARING] = "sharing",
		[SIM_UNCLEAN] = "unclean", [SIM_UNBOUND] = "unbound",
		[SIM_TRESPASS] = "trespass", [SIM_STALE] = "stale",
		[SIM_INTERRUPT] = "interrupt", [SIM_BUS] = "bus",
	};
	char owner[SIM_OWNER_LEN], other[SIM_OWNER_LEN];

	sim_owner_name(owner, sizeof(owner), f->owner);
	sim_owner_name(other, sizeof(other), f->other);
	seq_printf(m, "%s %02x.%04x ", words[f->kind], SIM_APID(f->apqn),
		   SIM_APQI(f->apqn));
	switch (f->kind) {
	case SIM_LEAK:
		seq_printf(m, "%s by=%s tainted=%s", sim_fc_names[f->fc], owner,
			   other);
		break;
	case SIM_SHARING:
		seq_printf(m, "apqns=%u %s %s", f->nr_apqns, owner, other);
		break;
	case SIM_UNCLEAN:
		seq_printf(m, "apqns=%u to=%s tainted=%s", f->nr_apqns, owner,
			   other);
		break;
	case SIM_UNBOUND:
		seq_printf(m, "apqns=%u in=%s", f->nr_apqns, owner);
		break;
	case SIM_TRESPASS:
	case SIM_BUS:
		seq_printf(m, "%s by=%s in=%s", sim_fc_names[f->fc], owner,
			   other);
		break;
	case SIM_STALE:
		seq_printf(m, "%s by=%s",
			   f->fc < SIM_NR_FC ? sim_fc_names[f->fc] : "sie",
			   owner);
		break;
	case SIM_INTERRUPT:
	case SIM_NR_KINDS:
		seq_printf(m, "%s of=%s for=%s", f->why, owner, other);
		break;
	}
	seq_printf(m, " time=%llu\n", f->time_ns);
}

static int oracle_show(struct seq_file *m, void *unused)
{
	struct sim_oracle *copy = vmalloc(sizeof(*copy));
	unsigned long flags;
	u64 sum = 0;
	u32 i;

	if (!copy)
		return -ENOMEM;
	raw_spin_lock_irqsave(&sim_lock, flags);
	*copy = sim_oracle;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	seq_printf(m, "entries %llu\ninstructions %llu\ntransfers %llu\n",
		   copy->entries, copy->instructions, copy->transfers);
	for (i = 0; i < SIM_NR_KINDS; i++) {
		seq_printf(m, "%s %llu\n", sim_kind_names[i], copy->nr[i]);
		if (i != SIM_BUS)
			sum += copy->nr[i];
	}
	seq_printf(m, "findings %llu\n", sum);
	for (i = 0; i < copy->nr_findings; i++)
		show_finding(m, &copy->findings[i]);
	vfree(copy);
	return 0;
}

static void clear_oracle(void)
{
	sim_oracle_clear(&sim_oracle);
}

static ssize_t oracle_write(struct file *file, const char __user *user,
			    size_t count, loff_t *pos)
{
	return write_word(user, count, "clear", clear_oracle);
}

/* ---- guests ---- */

static void show_mask(struct seq_file *m, const char *name, const u64 mask[4])
{
	seq_printf(m, " %s=0x%016llx%016llx%016llx%016llx", name, mask[0],
		   mask[1], mask[2], mask[3]);
}

static int guests_show(struct seq_file *m, void *unused)
{
	struct sim_guest *copies, *guest;
	unsigned long flags;
	u32 nr = 0, i;

	copies = kvcalloc(MAX_GUESTS, sizeof(*copies), GFP_KERNEL);
	if (!copies)
		return -ENOMEM;
	raw_spin_lock_irqsave(&sim_lock, flags);
	list_for_each_entry(guest, &sim_oracle.guests, list)
		if (nr < MAX_GUESTS)
			copies[nr++] = *guest;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	for (i = 0; i < nr; i++) {
		guest = &copies[i];
		seq_printf(m, "%u pid=%d", guest->id, guest->pid);
		show_mask(m, "apm", guest->masks.apm);
		show_mask(m, "aqm", guest->masks.aqm);
		show_mask(m, "adm", guest->masks.adm);
		seq_printf(m, " entries=%llu gisa=0x%llx apie=%u\n",
			   guest->entries, guest->gisa, guest->crycb.apie);
	}
	kvfree(copies);
	return 0;
}

/* ---- selftest ---- */

static int selftest_show(struct seq_file *m, void *unused)
{
	return sim_selftest(m);
}

/* ---- files ---- */

#define SIM_FILE(name, write_fn)					\
static int name##_open(struct inode *inode, struct file *file)		\
{									\
	return single_open(file, name##_show, NULL);			\
}									\
static const struct file_operations name##_fops = {			\
	.owner = THIS_MODULE,						\
	.open = name##_open,						\
	.read = seq_read,						\
	.write = write_fn,						\
	.llseek = seq_lseek,						\
	.release = single_release,					\
}

SIM_FILE(control, control_write);
SIM_FILE(queues, NULL);
SIM_FILE(counters, counters_write);
SIM_FILE(log, log_write);
SIM_FILE(oracle, oracle_write);
SIM_FILE(guests, NULL);
SIM_FILE(selftest, NULL);

int sim_debugfs_init(void)
{
	static const struct {
		const char *name;
		umode_t mode;
		const struct file_operations *fops;
	} files[] = {
		{ "control", 0600, &control_fops },
		{ "queues", 0400, &queues_fops },
		{ "counters", 0600, &counters_fops },
		{ "log", 0600, &log_fops },
		{ "oracle", 0600, &oracle_fops },
		{ "guests", 0400, &guests_fops },
		{ "selftest", 0400, &selftest_fops },
	};
	unsigned int i;

	dir = debugfs_create_dir("aphwsim", NULL);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		debugfs_create_file(files[i].name, files[i].mode, dir, NULL,
				    files[i].fops);
	return 0;
}

void sim_debugfs_exit(void)
{
	debugfs_remove_recursive(dir);
}

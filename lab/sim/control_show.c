// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints the present configuration as the commands that make it.
 */
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "control_show.h"
#include "hw.h"
#include "lock.h"

static void show_ids(struct seq_file *m, const char *command, const u64 ids[4])
{
	const char *separator = " ";
	unsigned int first, last;

	if (!(ids[0] | ids[1] | ids[2] | ids[3]))
		return;
	seq_puts(m, command);
	for (first = 0; first < 256; first = last + 1) {
		last = first;
		if (!sim_mask_test(ids, first))
			continue;
		while (last < 255 && sim_mask_test(ids, last + 1))
			last++;
		seq_printf(m, "%s0x%02x", separator, first);
		if (last > first)
			seq_printf(m, "-0x%02x", last);
		separator = ",";
	}
	seq_putc(m, '\n');
}

static void show_card(struct seq_file *m, unsigned int apid)
{
	const struct sim_card *card = &sim_hw.cards[apid];

	seq_printf(m, "card add 0x%02x type=%s mode=%s depth=%u", apid,
		   sim_type_name(card->type), sim_mode_name(card->mode),
		   card->depth);
	if (card->facilities_given)
		seq_printf(m, " facilities=0x%08x", card->facilities);
	seq_putc(m, '\n');
	if (card->config != SIM_CONFIG_ON)
		seq_printf(m, "card config 0x%02x %s\n", apid,
			   sim_config_name(card->config));
	if (card->checkstop)
		seq_printf(m, "card checkstop 0x%02x on\n", apid);
}

static void show_inject(struct seq_file *m, u16 apqn, const char *fc,
			const struct sim_inject *inject)
{
	if (inject->rc)
		seq_printf(m, "inject %02x.%04x fc=%s rc=%02x after=%u count=%u%s\n",
			   SIM_APID(apqn), SIM_APQI(apqn), fc, inject->rc,
			   inject->after, inject->forever ? 0 : inject->count,
			   inject->until_reset ? " until=reset" : "");
}

/* Settings that are mostly the same for all queues */
struct setting {
	const char *command;
	bool is_flag;
	u32 (*get)(const struct sim_settings *set);
};

static u32 get_latency(const struct sim_settings *set)
{
	return set->reply_latency;
}

static u32 get_reset_latency(const struct sim_settings *set)
{
	return set->reset_latency;
}

static u32 get_irq_latency(const struct sim_settings *set)
{
	return set->irq_latency;
}

static u32 get_drain_latency(const struct sim_settings *set)
{
	return set->drain_latency;
}

static u32 get_insn_latency(const struct sim_settings *set)
{
	return set->insn_latency;
}

static u32 get_busy(const struct sim_settings *set)
{
	return set->busy;
}

static u32 get_stuck(const struct sim_settings *set)
{
	return set->stuck;
}

static const struct setting settings[] = {
	{ "latency", false, get_latency },
	{ "reset-latency", false, get_reset_latency },
	{ "irq-latency", false, get_irq_latency },
	{ "drain-latency", false, get_drain_latency },
	{ "insn-latency", false, get_insn_latency },
	{ "busy", true, get_busy },
	{ "stuck", true, get_stuck },
};

static void show_setting(struct seq_file *m, const struct setting *setting,
			 const char *name, u32 value)
{
	if (value == setting->get(&sim_default_settings))
		return;
	seq_printf(m, "queue %s %s ", setting->command, name);
	if (setting->is_flag)
		seq_puts(m, value ? "on\n" : "off\n");
	else
		seq_printf(m, "%u\n", value);
}

static void show_settings(struct seq_file *m, const struct setting *setting)
{
	unsigned int first = sim_hw_next_queue(0), apqn = first;
	char name[8];
	u32 value;

	if (first == SIM_MAX_APQNS)
		return;
	value = setting->get(&sim_hw.queues[first]->set);
	while (apqn < SIM_MAX_APQNS && setting->get(&sim_hw.queues[apqn]->set) == value)
		apqn = sim_hw_next_queue(apqn + 1);
	if (apqn == SIM_MAX_APQNS) {
		show_setting(m, setting, "*", value);
		return;
	}
	for (apqn = first; apqn < SIM_MAX_APQNS; apqn = sim_hw_next_queue(apqn + 1)) {
		snprintf(name, sizeof(name), "%02x.%04x", SIM_APID(apqn),
			 SIM_APQI(apqn));
		show_setting(m, setting, name,
			     setting->get(&sim_hw.queues[apqn]->set));
	}
}

static void show_faults(struct seq_file *m, u16 apqn)
{
	struct sim_inject inject[SIM_NR_FC], fail;
	u8 assoc_fail;
	unsigned long flags;
	int fc;

	raw_spin_lock_irqsave(&sim_lock, flags);
	memcpy(inject, sim_hw.queues[apqn]->set.inject, sizeof(inject));
	fail = sim_hw.queues[apqn]->set.reset_fail;
	assoc_fail = sim_hw.queues[apqn]->set.assoc_fail;
	raw_spin_unlock_irqrestore(&sim_lock, flags);

	if (fail.rc)
		seq_printf(m, "queue resetfail %02x.%04x %02x count=%u\n",
			   SIM_APID(apqn), SIM_APQI(apqn), fail.rc,
			   fail.forever ? 0 : fail.count);
	if (assoc_fail)
		seq_printf(m, "queue assocfail %02x.%04x %02x\n",
			   SIM_APID(apqn), SIM_APQI(apqn), assoc_fail);
	for (fc = 0; fc < SIM_NR_FC; fc++)
		show_inject(m, apqn, sim_fc_names[fc], &inject[fc]);
}

/* Caller holds sim_control_mutex */
int sim_control_show(struct seq_file *m)
{
	u64 not_control[4];
	unsigned int apid, apqn, i;

	lockdep_assert_held(&sim_control_mutex);

	if (!sim_hw.apxa)
		seq_puts(m, "apxa off\n");
	if (!sim_hw.qci)
		seq_puts(m, "qci off\n");
	seq_printf(m, "max adapter %u\nmax domain %u\n", sim_hw.max_adapter,
		   sim_hw.max_domain);
	for (apid = 0; apid < 256; apid++)
		if (sim_hw.cards[apid].present)
			show_card(m, apid);
	show_ids(m, "domain add", sim_hw.usage);
	show_ids(m, "control add", sim_hw.control);
	for (i = 0; i < 4; i++)
		not_control[i] = sim_hw.usage[i] & ~sim_hw.control[i];
	show_ids(m, "control del", not_control);
	for (i = 0; i < ARRAY_SIZE(settings); i++)
		show_settings(m, &settings[i]);
	for (apqn = sim_hw_next_queue(0); apqn < SIM_MAX_APQNS;
	     apqn = sim_hw_next_queue(apqn + 1))
		show_faults(m, apqn);
	if (sim_hw.apsb)
		seq_puts(m, "apsb on\n");
	if (sim_hw.intercept_tapq)
		seq_puts(m, "intercept tapq on\n");
	if (sim_hw.started)
		seq_puts(m, "start\n");
	return 0;
}

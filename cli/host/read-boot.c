// SPDX-License-Identifier: GPL-2.0-only
/* What happens at the next boot. See read-boot.h. */
#include <string.h>

#include "format/pool-rule.h"
#include "host/read-boot.h"
#include "lib/paths.h"

/* The udev rule by which mdevctl starts definitions, and the program that it runs. */
#define MDEVCTL_RULE	"/usr/lib/udev/rules.d/60-mdevctl.rules"
#define MDEVCTL_CALLED	"/usr/sbin/mdevctl"

static void read_rule(struct sysfs *fs, struct boot *boot)
{
	struct text text = { 0 };

	boot->has_rule = !sysfs_read(fs, UDEV_RULE_FILE, &text);
	if (boot->has_rule)
		pool_rule_parse(text_str(&text), &boot->rule);
	text_free(&text);
}

static bool mdevctl_starts(struct sysfs *fs)
{
	struct text rule = { 0 };
	bool starts = !sysfs_read(fs, MDEVCTL_RULE, &rule) &&
		      strstr(text_str(&rule), MDEVCTL_CALLED) &&
		      sysfs_exists(fs, MDEVCTL_CALLED);

	text_free(&rule);
	return starts;
}

void read_boot(struct sysfs *fs, struct snapshot *snap)
{
	struct boot *boot = &snap->boot;

	if (boot->known)
		return;
	boot->known = true;
	read_rule(fs, boot);
	boot->unit_enabled = sysfs_exists(fs, UNIT_WANTED);
	boot->unit_there = sysfs_exists(fs, UNIT_FILE);
	boot->mdevctl = mdevctl_starts(fs);
}

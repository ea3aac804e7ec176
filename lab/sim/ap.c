// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of functions, owners and queues, as they are printed and parsed.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "ap.h"

const char * const sim_fc_names[SIM_NR_FC] = {
	[SIM_TAPQ] = "tapq", [SIM_RAPQ] = "rapq", [SIM_ZAPQ] = "zapq",
	[SIM_AQIC] = "aqic", [SIM_QCI] = "qci", [SIM_QACT] = "qact",
	[SIM_FC6] = "fc6", [SIM_BAPQ] = "bapq", [SIM_AAPQ] = "aapq",
	[SIM_NQAP] = "nqap", [SIM_DQAP] = "dqap",
};

/* Prints "none", "host" or "guest:ID". Returns the length. */
int sim_owner_name(char *buf, size_t size, u32 owner)
{
	switch (owner) {
	case SIM_OWNER_NONE:
		return scnprintf(buf, size, "none");
	case SIM_OWNER_HOST:
		return scnprintf(buf, size, "host");
	default:
		return scnprintf(buf, size, "guest:%u", SIM_GUEST_ID(owner));
	}
}

/* A queue, and its device, is named 05.0004. The name of a card is refused. */
bool sim_parse_apqn(const char *name, u16 *apqn)
{
	unsigned int apid, apqi;
	int len = 0;

	if (sscanf(name, "%2x.%4x%n", &apid, &apqi, &len) != 2 || name[len] ||
	    apid > 255 || apqi > 255)
		return false;
	*apqn = SIM_APQN(apid, apqi);
	return true;
}

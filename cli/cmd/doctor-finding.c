// SPDX-License-Identifier: GPL-2.0-only
/* The words of what doctor finds. See doctor-finding.h. */
#include <stdarg.h>

#include "cmd/doctor-finding.h"

const struct help_term doctor_terms[FINDING_NR + 1] = {
	[FINDING_NO_AP_BUS] = { "no-ap-bus", "the kernel has no AP bus", true },
	[FINDING_NO_QCI] = { "no-qci",
		"QCI is not available: 64 adapters and 16 domains at most" },
	[FINDING_NO_CARDS] = { "no-cards", "this LPAR has no adapters or no domains", true },
	[FINDING_CARD_OFF] = { "card-off", "an adapter is deconfigured or checkstopped" },
	[FINDING_BUS_BUSY] = { "bus-busy", "the AP bus has not bound all queues" },
	[FINDING_NO_KVM] = { "no-kvm", "KVM is not available", true },
	[FINDING_NO_VFIO] = { "no-vfio", "VFIO is not available", true },
	[FINDING_NO_MODULE] = { "no-module", "vfio_ap is not loaded", true },
	[FINDING_MODULE_MISSING] = { "module-missing",
		"vfio_ap is not installed for this kernel", true },
	[FINDING_MODULE_REFUSED] = { "module-refused",
		"vfio_ap is not signed and the kernel is locked down", true },
	[FINDING_MODULE_IS] = { "module-is", "which vfio_ap is loaded" },
	[FINDING_MODULE_STALE] = { "module-stale",
		"the loaded vfio_ap is not the installed one", true },
	[FINDING_NO_HOTPLUG] = { "no-hotplug",
		"this vfio_ap cannot change a running guest", true },
	[FINDING_GUEST_UNSEEN] = { "guest-unseen",
		"this vfio_ap has no guest_matrix", true },
	[FINDING_REGIME] = { "regime", "how queues are given to guests: masks or overrides" },
	[FINDING_NO_POOL] = { "no-pool", "all queues are reserved for the host" },
	[FINDING_MASKS_AT_BOOT] = { "masks-at-boot",
		"the masks will change at the next boot" },
	[FINDING_REGIME_CLASH] = { "regime-clash",
		"a udev rule sets masks, but overrides are in use", true },
	[FINDING_UNBOUND] = { "queues-unbound", "queues without a driver" },
	[FINDING_HALF] = { "half-configured",
		"a matrix with only adapters or only domains" },
	[FINDING_MISSING] = { "queues-missing", "assigned queues that a guest lacks", true },
	[FINDING_DRIFT] = { "drift", "a matrix differs from its definition" },
	[FINDING_NOT_ACTIVE] = { "not-active",
		"a matrix that is started at boot is not active", true },
	[FINDING_DEFINITION] = { "definition-odd",
		"a definition has unknown attributes" },
	[FINDING_LOCK_HELD] = { "lock-held", "another tool holds the lock" },
	[FINDING_LOCK_STALE] = { "lock-stale", "the holder of the lock has ended" },
	[FINDING_LOCK_FOREIGN] = { "lock-foreign",
		"the lock file is not a regular file of root" },
	[FINDING_INTERRUPTED] = { "change-interrupted",
		"a change was killed before it was complete", true },
	[FINDING_LEFT_OVER] = { "left-over",
		"a temporary file of a change that was killed" },
	[FINDING_NO_RESTORE] = { "no-restore",
		"nothing starts definitions at boot", true },
	[FINDING_MDEVCTL_RULE] = { "mdevctl-rule",
		"the udev rule of mdevctl runs a missing program" },
	[FINDING_NOT_ROOT] = { "not-root", "not root: some checks are not possible" },
};

struct problem *doctor_found(struct doctor *doctor, enum finding finding,
			     const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vfinding(&doctor->apm->report.findings,
				   &doctor_terms[finding], format, args);
	va_end(args);
	return problem;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* What doctor can find; each part of it adds to apm->report.findings. */
#ifndef APM_DOCTOR_FINDING_H
#define APM_DOCTOR_FINDING_H

#include "context/context.h"
#include "core/term.h"
#include "host/kmodule.h"

struct doctor {
	struct apmatrix *apm;
	struct kmodule module;	/* vfio_ap */
};

/* X(name, word, sentence, is it a problem?) for each finding, in the order of the help. */
#define DOCTOR_FINDINGS(X)									\
	X(NO_AP_BUS, "no-ap-bus", "the kernel has no AP bus", true)				\
	X(NO_QCI, "no-qci", "QCI is not available: 64 adapters and 16 domains at most", false)	\
	X(NO_CARDS, "no-cards", "this LPAR has no adapters or no domains", true)		\
	X(CARD_OFF, "card-off", "an adapter is deconfigured or checkstopped", false)		\
	X(BUS_BUSY, "bus-busy", "the AP bus has not bound all queues", false)			\
	X(NO_KVM, "no-kvm", "KVM is not available", true)					\
	X(NO_VFIO, "no-vfio", "VFIO is not available", true)					\
	X(NO_MODULE, "no-module", "vfio_ap is not loaded", true)				\
	X(MODULE_MISSING, "module-missing", "vfio_ap is not installed for this kernel", true)	\
	X(MODULE_REFUSED, "module-refused",							\
	  "vfio_ap is not signed, but the kernel loads only signed modules", true)		\
	X(MODULE_IS, "module-is", "which vfio_ap is loaded", false)				\
	X(MODULE_STOCK, "module-stock",								\
	  "the loaded vfio_ap is not the one of this package", true)				\
	X(MODULE_STALE, "module-stale", "the loaded vfio_ap is not the installed one", true)	\
	X(NO_HOTPLUG, "no-hotplug", "this vfio_ap cannot change a running guest", true)		\
	X(GUEST_UNSEEN, "guest-unseen", "this vfio_ap has no guest_matrix", true)		\
	X(REGIME, "regime", "how queues are given to guests: masks or overrides", false)	\
	X(NO_POOL, "no-pool", "all queues are kept for the host", false)			\
	X(MASKS_AT_BOOT, "masks-at-boot", "the masks will change at the next boot", false)	\
	X(REGIME_CLASH, "regime-clash",								\
	  "a udev rule sets masks, but overrides are in use", true)				\
	X(UNBOUND, "queues-unbound", "queues without a driver", false)				\
	X(HALF, "half-configured", "a matrix with only adapters or only domains", false)	\
	X(MISSING, "queues-missing", "assigned queues that a guest lacks", true)		\
	X(DRIFT, "drift", "a matrix differs from its definition", false)			\
	X(NOT_ACTIVE, "not-active", "a matrix that is started at boot is not active", true)	\
	X(DEFINITION, "definition-odd", "a definition has unknown attributes", false)		\
	X(LOCK_HELD, "lock-held", "another tool holds the lock", false)				\
	X(LOCK_STALE, "lock-stale", "the holder of the lock has ended", false)			\
	X(LOCK_FOREIGN, "lock-foreign", "the lock file is not a regular file of root", false)	\
	X(INTERRUPTED, "change-interrupted",							\
	  "a change was killed before it was complete", true)					\
	X(LEFT_OVER, "left-over", "a temporary file of a change that was killed", false)	\
	X(NO_RESTORE, "no-restore", "nothing starts definitions at boot", true)			\
	X(MDEVCTL_RULE, "mdevctl-rule",								\
	  "the udev rule of mdevctl runs a missing program", false)				\
	X(NOT_ROOT, "not-root", "not root: some checks are not possible", false)

enum finding {
#define X(name, word, sentence, weighs)	FINDING_##name,
	DOCTOR_FINDINGS(X)
#undef X
	FINDING_NR
};

/* word and sentence of each, for help and man page */
extern const struct help_term doctor_terms[];

/* Adds one, with its word and weight. */
struct problem *doctor_found(struct doctor *doctor, enum finding finding,
			     const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif

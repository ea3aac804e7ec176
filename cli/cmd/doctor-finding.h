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

enum finding {
	FINDING_NO_AP_BUS,
	FINDING_NO_QCI,
	FINDING_NO_CARDS,
	FINDING_CARD_OFF,
	FINDING_BUS_BUSY,
	FINDING_NO_KVM,
	FINDING_NO_VFIO,

	FINDING_NO_MODULE,
	FINDING_MODULE_MISSING,
	FINDING_MODULE_REFUSED,
	FINDING_MODULE_IS,
	FINDING_MODULE_STALE,
	FINDING_NO_HOTPLUG,
	FINDING_GUEST_UNSEEN,

	FINDING_REGIME,
	FINDING_NO_POOL,
	FINDING_MASKS_AT_BOOT,
	FINDING_REGIME_CLASH,
	FINDING_UNBOUND,

	FINDING_HALF,
	FINDING_MISSING,
	FINDING_DRIFT,
	FINDING_NOT_ACTIVE,
	FINDING_DEFINITION,

	FINDING_LOCK_HELD,
	FINDING_LOCK_STALE,
	FINDING_LOCK_FOREIGN,
	FINDING_INTERRUPTED,
	FINDING_LEFT_OVER,
	FINDING_NO_RESTORE,
	FINDING_MDEVCTL_RULE,
	FINDING_NOT_ROOT,
	FINDING_NR
};

/* word and sentence of each, for help and man page */
extern const struct help_term doctor_terms[];

/* Adds one, with its word and weight. */
struct problem *doctor_found(struct doctor *doctor, enum finding finding,
			     const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif

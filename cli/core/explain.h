/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure room: why a queue is not in the guest, and what cures it. The reasons
 * come from model.h; this adds who is to blame and which command helps.
 */
#ifndef APM_EXPLAIN_H
#define APM_EXPLAIN_H

#include "core/model.h"
#include "lib/names.h"

/*
 * The domains whose queues on this adapter keep the whole adapter from the
 * guest: assigned, in the host, and not to be given for a reason of their own.
 */
void explain_blocking(const struct explainer *explainer, unsigned int apid,
		      struct apm_mask *domains);

/* What a reason means, for this queue: one sentence without a full stop. */
void explain_sentence(const struct explainer *explainer, unsigned int apid,
		      unsigned int apqi, const struct verdict *verdict,
		      const struct apm_mask *blocking, struct text *sentence);

/*
 * Commands that bring this queue into the guest, the best first; none if only
 * people at the hardware can help. Such as begin with "apmatrix" are ours.
 */
void explain_fixes(const struct explainer *explainer, unsigned int apid,
		   unsigned int apqi, const struct verdict *verdict,
		   const struct apm_mask *blocking, struct names *fixes);

/* unbound, other-driver and the like: has a cause in the queue itself */
bool verdict_is_own(const struct verdict *verdict);

#endif

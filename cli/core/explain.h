/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: why a queue is not in the guest, and how to fix it. The reasons come from
 * model.h; this file adds the blocking queues and the commands.
 */
#ifndef APM_EXPLAIN_H
#define APM_EXPLAIN_H

#include "core/model.h"
#include "lib/names.h"
#include "lib/text.h"

/*
 * The domains whose queues on this adapter withhold the whole adapter: assigned,
 * in the host, and unavailable for a reason of their own.
 */
void explain_blocking(const struct explainer *explainer, unsigned int apid,
		      struct apm_mask *domains);

/* The reason in words, for this queue, without a full stop. */
void explain_sentence(const struct explainer *explainer, unsigned int apid,
		      unsigned int apqi, const struct verdict *verdict,
		      const struct apm_mask *blocking, struct text *sentence);

/*
 * Commands that bring this queue into the guest, the best first; none if only a
 * change at the HMC or SE helps.
 */
void explain_fixes(const struct explainer *explainer, unsigned int apid,
		   unsigned int apqi, const struct verdict *verdict,
		   const struct apm_mask *blocking, struct names *fixes);

/* Is the cause in the queue itself (unbound, other-driver, ...)? */
bool verdict_is_own(const struct verdict *verdict);

#endif

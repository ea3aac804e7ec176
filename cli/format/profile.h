/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: another host's profile, as apmatrix host --json prints it. Unknown
 * keys are ignored: a newer program may have written them.
 */
#ifndef APM_PROFILE_H
#define APM_PROFILE_H

#include "core/model.h"

/*
 * A text of len bytes (not NUL-terminated) into the host and the cards of a
 * new snapshot. false and a complaint with line and column if it is no profile.
 */
bool profile_parse(const char *text, size_t len, struct snapshot *snap,
		   struct complaint *complaint);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* Why a queue is not in its guest. See reason.h. */
#include <assert.h>

#include "core/reason.h"

static_assert(REASON_NONE == (int)APM_REASON_NONE &&
	      REASON_STALE == (int)APM_REASON_NR, "the kernel's reasons come first");

const struct help_term reason_terms[] = {
#define X(name, text, meaning, cure)	{ text, meaning, .fix = cure },
	REASONS(X)
#undef X
	{ 0 }
};

const char *reason_word(enum reason reason)
{
	return reason == REASON_NONE ? "" : reason_terms[reason - 1].word;
}

const char *reason_meaning(enum reason reason)
{
	return reason == REASON_NONE ? "in the guest" :
				       reason_terms[reason - 1].help;
}

const char *reason_fix(enum reason reason)
{
	return reason == REASON_NONE ? "" : reason_terms[reason - 1].fix;
}

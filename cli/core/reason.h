/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a queue is not in its guest: the reasons of the kernel, which are the
 * module's own list, and two that only the tool can give.
 */
#ifndef APM_REASON_H
#define APM_REASON_H

#include "apm/apm.h"
#include "core/term.h"

/* X(name, word, meaning, fix), as in apm/reasons.h; "" if nothing helps */
#define REASONS(X)							\
	APM_REASONS(X)							\
	X(STALE, "stale-filter",					\
	  "available, but the kernel has not filtered the matrix again", \
	  "apmatrix refresh MATRIX")					\
	X(UNKNOWN, "unknown",						\
	  "this kernel does not report what the guest has", "")

/* Those of the kernel have the values of enum apm_reason. */
enum reason {
	REASON_NONE,
#define X(name, word, meaning, fix)	REASON_##name,
	REASONS(X)
#undef X
	REASON_NR
};

/* Word, meaning and fix of each; the first is that of REASON_NONE + 1. */
extern const struct help_term reason_terms[];

/* "" for REASON_NONE */
const char *reason_word(enum reason reason);
const char *reason_meaning(enum reason reason);
/* With MATRIX, ADAPTER, DOMAIN and APQN in it; "" if nothing helps. */
const char *reason_fix(enum reason reason);

#endif

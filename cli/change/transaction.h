/* SPDX-License-Identifier: GPL-2.0-only */
/* One change: lock, snapshot, check, write, compare, undo, persist. */
#ifndef APM_TRANSACTION_H
#define APM_TRANSACTION_H

#include <stdbool.h>

#include "context/context.h"
#include "core/plan.h"

/*
 * A whole changing command: takes the lock (not with --dry-run), reads the machine,
 * asks the command for targets, and applies them, or shows the difference with
 * --dry-run. Fills the report. After an error the machine is unchanged, or the
 * report says PARTIAL.
 */
void transaction(struct apmatrix *apm);
/* Its parts, for commands made of others. */
bool transaction_begin(struct apmatrix *apm);
bool transaction_run(struct apmatrix *apm, struct targets *targets);
/*
 * After the lines of a batch: one note on what they changed and what does not last
 * over a reboot. Frees lasting.
 */
void transaction_lasting(struct apmatrix *apm, struct targets *lasting);
/* What the command line allows. */
struct plan_rules transaction_rules(const struct apmatrix *apm);
void transaction_end(struct apmatrix *apm);
/*
 * Runs one of several independent changes; false if it failed, which does not block
 * the others. parts_end() reports all.
 */
struct parts {
	struct problems errors;
	bool changed;
	bool rolled_back;
	struct targets lasting;	/* what was changed, for the note on the next boot */
};
bool parts_run(struct parts *parts, struct apmatrix *apm,
	       struct targets *targets);
void parts_end(struct parts *parts, struct apmatrix *apm);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* From the record of a change to the targets that undo it, or that confirm it. */
#ifndef APM_REVERT_H
#define APM_REVERT_H

#include "change/journal.h"
#include "context/context.h"
#include "core/targets.h"

/*
 * The machine as it was before the change; with_files: its files, too. Within a
 * transaction. false and an error that says what has changed since.
 */
bool revert(struct apmatrix *apm, const struct journal_entry *entry, bool with_files,
	    struct targets *targets);
/*
 * The files of a change that waited for its confirmation. false and an error if
 * one has changed since.
 */
bool revert_confirm(struct apmatrix *apm, const struct journal_entry *entry,
		    struct targets *targets);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One record in the journal of systemd for each change: who, what, before, after,
 * result. Where there is no such journal, nothing is recorded and nothing said.
 */
#ifndef APM_RECORD_H
#define APM_RECORD_H

#include "context/context.h"
#include "core/targets.h"

/* MESSAGE_ID of a change, and of an event of monitor. */
#define RECORD_CHANGE_ID	"5d8b3a0e9a1f4c1cb8c9d4d1a7f3e620"
#define RECORD_EVENT_ID		"0c6f1d7d0a0b4b6d9f5e2a4c8b7d1e93"

struct record {
	char *before;
	char **titles;		/* of the targets */
	size_t first_change;	/* of the report */
};

/* Before the first write, with the snapshot that the change began with. */
void record_begin(struct record *record, const struct apmatrix *apm,
		  const struct targets *targets);
/* After the last write, with the snapshot that was read again. */
void record_end(struct record *record, const struct apmatrix *apm,
		const struct targets *targets, bool done);
/* An interrupted change of command that was completed or undone. */
void record_mended(const struct apmatrix *apm, const char *command, long pid,
		   const char *result);
/* A record about the user and the program, with a message; for others to add to. */
void record_start(struct text *text, int priority, const char *id, const char *message);

#endif

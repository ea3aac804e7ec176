/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who undoes a change that nobody confirms: a transient unit of systemd where it
 * runs, else a process in a session of its own. Both run
 * apmatrix undo --unconfirmed ID --timeout SECONDS.
 */
#ifndef APM_EXPIRY_H
#define APM_EXPIRY_H

#include "host/sysfs.h"

struct expiry {
	char *unit;		/* of systemd, or NULL */
	int pid;		/* of the process, or 0 */
};

/* Starts it, before the change is made. 0 or a negative errno value. */
int expiry_start(struct expiry *expiry, struct sysfs *fs, const char *id,
		 const char *seconds);
/* Ends it: there was no change. */
void expiry_cancel(struct expiry *expiry);
void expiry_free(struct expiry *expiry);
/*
 * Waits until the time is over. false if the change was confirmed or undone
 * meanwhile, or before.
 */
bool expiry_wait(struct sysfs *fs, const char *id, unsigned int wait_ms);

#endif

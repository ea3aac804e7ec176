/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lock that chzdev and the mdevctl callout of s390-tools also take: a file
 * with the holder's process id, made by linking a finished temporary file to
 * its name. A holder that does not exist any more does not hold it.
 */
#ifndef APM_LOCK_H
#define APM_LOCK_H

#include <stdbool.h>

#include "host/sysfs.h"

struct lock {
	char *path;		/* NULL while not held */
};

struct lock_holder {
	long pid;		/* 0: nobody, or the file has no number yet */
	char name[32];		/* of the process; "" if unknown */
	long age;		/* seconds */
	unsigned int uid;	/* who owns the file */
};

enum lock_state {
	LOCK_FREE,
	LOCK_HELD,
	LOCK_STALE,		/* its holder is gone */
	LOCK_FOREIGN,		/* what stands there is no lock: not root's, or no file */
};

/*
 * 0, -EBUSY after wait_ms (holder tells who has it), -EINTR as soon as a signal
 * is held back (see signals.h), or another errno value. What is no lock, or
 * whose holder is gone, is replaced.
 */
int lock_take(struct lock *lock, struct sysfs *fs, unsigned int wait_ms,
	      struct lock_holder *holder);
void lock_drop(struct lock *lock);
enum lock_state lock_look(struct sysfs *fs, struct lock_holder *holder);
/* "chzdev (process 12)", or "an unknown process" if the file has no number yet */
void lock_phrase(const struct lock_holder *holder, struct text *who);

#endif

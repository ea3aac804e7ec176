/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lock that chzdev and the mdevctl callout of s390-tools take, too: a file
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
};

/* 0, -EBUSY after wait_ms (holder tells who has it), or another errno value. */
int lock_take(struct lock *lock, const struct sysfs *fs, unsigned int wait_ms,
	      struct lock_holder *holder);
void lock_drop(struct lock *lock);
/* Who has it? false if nobody. */
bool lock_look(const struct sysfs *fs, struct lock_holder *holder);

#endif

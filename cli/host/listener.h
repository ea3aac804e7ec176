/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waits for changes of the host: uevents (by libnl), generations of guests, writes to attributes of
 * matrices and the AP bus, changes of definitions, openings of VFIO groups (by
 * inotify). It reports that something changed and where; the state is read
 * afterwards.
 *
 * Guarantees: a change after listener_open() wakes the next listener_wait(), so a
 * caller that reads the machine in between misses nothing.
 */
#ifndef APM_LISTENER_H
#define APM_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model.h"
#include "host/sysfs.h"

struct nl_sock;

/* What happened since the last listener_wait(). */
struct happened {
	bool kernel;		/* an AP uevent */
	bool files;		/* a file was written or replaced */
	bool overrun;		/* messages were lost: read everything */
	bool cards;
	/* the nr queues to read, or more than fit: read all */
	struct {
		uint8_t apid;
		uint8_t apqi;
	} queues[64];
	unsigned int nr_queues;
	bool all_queues;
};

/* An open attribute guest_generation. */
struct generation {
	char uuid[UUID_LEN + 1];
	int fd;
};

struct listener {
	const struct sysfs *fs;
	struct nl_sock *socket;	/* NULL: no uevents here */
	int inotify;		/* -1: none */
	int wake;		/* set by the caller: ends a wait when readable */
	int vfio[2];		/* the watches of VFIO's devices */
	int last_watch;		/* they are numbered upwards */
	bool complete;		/* everything is watched */
	struct generation *generations;	/* of matrices, where the kernel has them */
	size_t nr_generations;
	/* a group was opened or closed; its end is not reported */
	long long unsettled_until;
	struct happened happened;
};

/* Never fails: what cannot be watched is polled, see listener_polls(). */
void listener_open(struct listener *listener, const struct sysfs *fs);
void listener_close(struct listener *listener);
/*
 * Matrices come and go: call after each reading of the machine. If it returns
 * true, a new watch began: read again, since it may have changed before.
 */
bool listener_watch(struct listener *listener, const struct snapshot *snap);
/* The polling interval that is still needed, in milliseconds; 0: none. */
unsigned int listener_poll_ms(const struct listener *listener,
			      const struct snapshot *snap);
/*
 * Waits until something happens, or for at most wait_ms (-1: for ever), and
 * fills listener->happened. false if nothing happened.
 */
bool listener_wait(struct listener *listener, int wait_ms);

#endif

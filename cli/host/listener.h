/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting for something to happen to the host: messages of the kernel's about
 * devices (by libnl), writes to the attributes of matrices and bus, changes of
 * definitions, openings of VFIO groups (by inotify). It tells that something
 * happened and where to look, never what is true: that is read afterwards.
 *
 * Guarantees: what happens after listener_open() wakes the next listener_wait(),
 * so whoever reads the machine in between misses nothing.
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
	bool kernel;		/* the kernel said something of ours */
	bool files;		/* somebody wrote to, or replaced, a file */
	bool overrun;		/* messages were lost: look at everything */
	bool cards;
	/* the queues to look at, of them nr, or more than fit: look at all */
	struct {
		uint8_t apid;
		uint8_t apqi;
	} queues[64];
	unsigned int nr_queues;
	bool all_queues;
};

struct listener {
	const struct sysfs *fs;
	struct nl_sock *socket;	/* NULL: no messages of the kernel's here */
	int inotify;		/* -1: none */
	int wake;		/* whoever wants may set it: readable ends a wait */
	int vfio[2];		/* the watches of VFIO's devices */
	int last_watch;		/* they are numbered upwards */
	bool complete;		/* all that is to be watched could be */
	/* a group was opened or closed; the kernel does not say when it is done */
	long long unsettled_until;
	struct happened happened;
};

/* Never fails: what cannot be listened to has to be polled, see listener_polls(). */
void listener_open(struct listener *listener, const struct sysfs *fs);
void listener_close(struct listener *listener);
/*
 * Matrices come and go: call after each reading of the machine. If it returns
 * true, something is watched only now: read again, it may have changed since.
 */
bool listener_watch(struct listener *listener, const struct snapshot *snap);
/* How often to look in spite of it all, in milliseconds; 0: never. */
unsigned int listener_poll_ms(const struct listener *listener,
			      const struct snapshot *snap);
/*
 * Waits until something happens, or for at most wait_ms (-1: for ever), and
 * fills listener->happened. false if nothing happened.
 */
bool listener_wait(struct listener *listener, int wait_ms);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads the machine again after each change, for monitor and wait. apm->snap is the
 * present reading.
 */
#ifndef APM_FOLLOW_H
#define APM_FOLLOW_H

#include "host/listener.h"

struct apmatrix;

struct follower {
	struct apmatrix *apm;
	struct listener listener;
	bool devices;		/* cards and queues, too */
	bool poll_given;
	unsigned int poll_ms;	/* 0: never */
	struct snapshot *before;	/* the reading before this one, or NULL */
};

/* The source of the last change. */
const char *follow_teller(const struct follower *follower);

/* Listens, and reads for the first time. poll_ms as given, or -1. */
void follow_begin(struct follower *follower, struct apmatrix *apm, bool devices,
		  int poll_ms);
/* Does the kernel report all changes, so that nothing is polled? */
bool follow_told(const struct follower *follower);
/*
 * Waits until something may have changed, for at most wait_ms (-1: no limit), and
 * reads again. Returns false when the time is over, after a last reading.
 */
bool follow_next(struct follower *follower, long long wait_ms);
void follow_end(struct follower *follower);

#endif

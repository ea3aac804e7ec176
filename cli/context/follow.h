/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine, read again whenever something happened to it: what monitor and
 * wait have in common. apm->snap is always the present reading.
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

/* Who told of what happened last. */
const char *follow_teller(const struct follower *follower);

/* Listens, and reads for the first time. poll_ms as given, or -1. */
void follow_begin(struct follower *follower, struct apmatrix *apm, bool devices,
		  int poll_ms);
/* Does the kernel tell all, so that nothing is polled? */
bool follow_told(const struct follower *follower);
/*
 * Waits until something may have changed, for at most wait_ms (-1: for ever),
 * and reads again. false once the time is over; it has read then, too.
 */
bool follow_next(struct follower *follower, long long wait_ms);
void follow_end(struct follower *follower);

#endif

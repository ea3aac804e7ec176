// SPDX-License-Identifier: GPL-2.0-only
/* Reads the machine again after each change. See follow.h. */
#include <limits.h>
#include <string.h>

#include "context/follow.h"
#include "context/reading.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "lib/clock.h"

static void read_touched_queues(struct apmatrix *apm,
				const struct happened *happened)
{
	unsigned int i;

	for (i = 0; i < happened->nr_queues; i++) {
		struct apm_matrix one = { 0 };

		apm_mask_set(&one.dim[APM_DIM_ADAPTER], happened->queues[i].apid);
		apm_mask_set(&one.dim[APM_DIM_DOMAIN], happened->queues[i].apqi);
		memset(snapshot_queue(apm->snap, happened->queues[i].apid,
				      happened->queues[i].apqi),
		       0, sizeof(struct queue));
		read_queues(&apm->fs, apm->snap, &one);
	}
}

/* What was not reported is unchanged. */
static void read_devices(struct follower *follower, const struct snapshot *old)
{
	const struct happened *happened = &follower->listener.happened;
	struct apmatrix *apm = follower->apm;
	bool all = !old || !old->cards_known || happened->overrun ||
		   !follower->listener.socket;

	if (all || happened->cards)
		read_cards(&apm->fs, apm->snap);
	else
		snapshot_copy_cards(apm->snap, old);
	if (all || happened->all_queues) {
		read_queues(&apm->fs, apm->snap, NULL);
	} else {
		snapshot_copy_queues(apm->snap, old);
		read_touched_queues(apm, happened);
	}
}

/* As events of a queue that goes missing have them. */
static void read_all_reasons(struct apmatrix *apm)
{
	size_t i;

	for (i = 0; i < apm->snap->nr_matrices; i++) {
		if (matrix_missing(&apm->snap->matrices[i]) > 0)
			read_reasons(&apm->fs, apm->snap, &apm->snap->matrices[i]);
	}
}

static void read_once(struct follower *follower, const struct snapshot *old)
{
	struct apmatrix *apm = follower->apm;
	struct problems kept = apm->report.warnings;

	/* only after the first reading */
	if (old)
		apm->report.warnings = (struct problems){ 0 };
	snapshot_free(apm->snap);
	apm->snap = NULL;
	read_all(apm);
	if (follower->devices) {
		read_devices(follower, old);
		read_all_reasons(apm);
	}
	if (old) {
		problems_free(&apm->report.warnings);
		apm->report.warnings = kept;
	}
}

/* A guest that has lost its last queue still uses the matrix, as far as is known. */
static void keep_in_use(const struct snapshot *old, struct snapshot *now)
{
	size_t i;

	for (i = 0; old && i < now->nr_matrices; i++) {
		const struct matrix *was = snapshot_find(old, now->matrices[i].uuid);

		if (was && was->state == MATRIX_IN_USE &&
		    now->matrices[i].state == MATRIX_UNKNOWN)
			now->matrices[i].state = MATRIX_IN_USE;
	}
}

static void read_now(struct follower *follower)
{
	struct apmatrix *apm = follower->apm;
	struct snapshot *old = apm->snap;

	apm->snap = NULL;
	read_once(follower, old);
	/* what is newly watched may have changed during the reading */
	while (listener_watch(&follower->listener, apm->snap)) {
		if (!old)
			problems_free(&apm->report.warnings);
		read_once(follower, old);
	}
	keep_in_use(old, apm->snap);
	snapshot_free(follower->before);
	follower->before = old;
}

void follow_begin(struct follower *follower, struct apmatrix *apm, bool devices,
		  int poll_ms)
{
	*follower = (struct follower){ .apm = apm, .devices = devices };
	listener_open(&follower->listener, &apm->fs);
	snapshot_free(apm->snap);
	apm->snap = NULL;
	read_now(follower);
	follower->poll_given = poll_ms >= 0;
	follower->poll_ms = poll_ms >= 0 ? (unsigned int)poll_ms : 0;
}

static unsigned int poll_ms(const struct follower *follower)
{
	return follower->poll_given ? follower->poll_ms :
	       listener_poll_ms(&follower->listener, follower->apm->snap);
}

bool follow_told(const struct follower *follower)
{
	return !poll_ms(follower);
}

const char *follow_teller(const struct follower *follower)
{
	const struct happened *happened = &follower->listener.happened;

	return happened->kernel ? "kernel" : happened->files ? "files" : "poll";
}

bool follow_next(struct follower *follower, long long wait_ms)
{
	unsigned int every = poll_ms(follower);
	long long end = clock_ms() + wait_ms, next = wait_ms;

	if (every && (next < 0 || next > every))
		next = every;
	if (next > INT_MAX)
		next = INT_MAX;
	listener_wait(&follower->listener, (int)next);
	read_now(follower);
	return wait_ms < 0 || clock_ms() < end;
}

void follow_end(struct follower *follower)
{
	snapshot_free(follower->before);
	follower->before = NULL;
	listener_close(&follower->listener);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits during a change until guests have what was assigned. Where the kernel reports
 * changes it sleeps between them; a signal also wakes it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "change/wait-guest.h"
#include "context/error.h"
#include "context/lacking.h"
#include "host/listener.h"
#include "host/read-matrices.h"
#include "lib/clock.h"
#include "lib/signals.h"

/* The polling interval where the kernel reports nothing. */
#define LOOK_AGAIN_MS		50

/* The newly assigned queues that the guest lacks. */
static void list_lacking(struct apmatrix *apm, const struct target *target,
			 struct queue_list *lacking)
{
	const struct matrix *before = snapshot_find(apm->snap, target->uuid);
	struct matrix now = { .active = true, .assigned = target->assigned,
			      .assigned_known = true };
	unsigned int apid, apqi;
	bool known;

	memcpy(now.uuid, target->uuid, sizeof(now.uuid));
	known = read_guest(&apm->fs, apm->snap, &now) && now.guest_known;
	apm_mask_for_each(apid, apm_matrix_apm(&target->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&target->assigned)) {
			if ((!before || !before->active ||
			     !apm_matrix_has(&before->assigned, apid, apqi)) &&
			    (!known || !apm_matrix_has(&now.guest, apid, apqi)))
				queue_list_add(lacking, apid, apqi);
		}
	}
	matrix_clear(&now);
}

/* Names the queues, and why the guest lacks them. */
static void report_lacking(struct apmatrix *apm, const struct targets *targets,
			   const struct target *target)
{
	struct matrix now = { .active = true, .assigned = target->assigned,
			      .assigned_known = true };
	struct queue_list lacking = { 0 };
	struct text queues = { 0 };
	struct problem *problem;

	list_lacking(apm, target, &lacking);
	memcpy(now.uuid, target->uuid, sizeof(now.uuid));
	read_guest(&apm->fs, apm->snap, &now);
	phrase_lacking(apm, &now, &lacking, &queues);
	problem = report_error(apm, EXIT_CODE_TIMEOUT, 0,
			       "%s: timed out after %s s: the guest does not have %s",
			       targets_title(targets, apm->snap, target->uuid),
			       apm->value[OPT_WAIT_GUEST], text_str(&queues));
	problem_matrix(problem, target->uuid);
	if (lacking.nr)
		problem_apqn(problem, lacking.at[0].apid, lacking.at[0].apqi);
	text_free(&queues);
	free(lacking.at);
	matrix_clear(&now);
}

/* The first target whose guest does not; NULL if all do. */
static const struct target *find_waiting(struct apmatrix *apm,
					 const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		struct queue_list lacking = { 0 };

		if (targets->at[i].active)
			list_lacking(apm, &targets->at[i], &lacking);
		free(lacking.at);
		if (lacking.nr)
			return &targets->at[i];
	}
	return NULL;
}

static bool guests_are_told(struct apmatrix *apm, const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		if (!targets->at[i].active || guest_is_told(&apm->fs, targets->at[i].uuid))
			continue;
		report_untold_guest(apm, targets_title(targets, apm->snap, targets->at[i].uuid));
		return false;
	}
	return true;
}

/* Until a change, or for the polling interval. */
static void wait_once(struct listener *listener, const struct snapshot *snap,
		      long long end)
{
	long long left = clock_left(end);

	if (listener_poll_ms(listener, snap) && left > LOOK_AGAIN_MS)
		left = LOOK_AGAIN_MS;
	listener_wait(listener, (int)left);
}

bool wait_for_guests(struct apmatrix *apm, const struct targets *targets,
		     unsigned int wait_ms)
{
	const struct target *waiting;
	struct listener listener;
	long long end = clock_ms() + wait_ms;

	if (!guests_are_told(apm, targets))
		return false;
	listener_open(&listener, &apm->fs);
	listener_watch(&listener, apm->snap);
	listener.wake = signals_fd();
	while ((waiting = find_waiting(apm, targets)) && clock_left(end) &&
	       !signals_pending())
		wait_once(&listener, apm->snap, end);
	if (listener.wake >= 0)
		close(listener.wake);
	listener_close(&listener);
	if (waiting && signals_pending())
		report_error(apm, EXIT_CODE_FAILURE, EINTR, "interrupted");
	else if (waiting)
		report_lacking(apm, targets, waiting);
	return !waiting;
}

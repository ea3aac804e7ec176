// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits during a change until guests have what was assigned. Where the kernel reports
 * changes it sleeps between them; a signal also wakes it.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "change/wait-guest.h"
#include "context/error.h"
#include "core/phrase.h"
#include "host/listener.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"
#include "lib/clock.h"
#include "lib/signals.h"

/* The polling interval where the kernel reports nothing. */
#define LOOK_AGAIN_MS		50

/* The newly assigned queues that the guest lacks: how many, and the first. */
static unsigned int count_lacking(struct apmatrix *apm, const struct target *target,
				  unsigned int *first_apid, unsigned int *first_apqi)
{
	const struct matrix *before = snapshot_find(apm->snap, target->uuid);
	struct matrix now = { .active = true, .assigned = target->assigned,
			      .assigned_known = true };
	unsigned int apid, apqi, nr = 0;
	bool known;

	memcpy(now.uuid, target->uuid, sizeof(now.uuid));
	known = read_guest(&apm->fs, apm->snap, &now) && now.guest_known;
	apm_mask_for_each(apid, apm_matrix_apm(&target->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&target->assigned)) {
			if ((before && before->active &&
			     apm_matrix_has(&before->assigned, apid, apqi)) ||
			    (known && apm_matrix_has(&now.guest, apid, apqi)))
				continue;
			if (!nr++) {
				*first_apid = apid;
				*first_apqi = apqi;
			}
		}
	}
	matrix_clear(&now);
	return nr;
}

/* Names the first queue, and why the guest lacks it. */
static void report_lacking(struct apmatrix *apm, const struct targets *targets,
			   const struct target *target)
{
	unsigned int apid = 0, apqi = 0, nr = count_lacking(apm, target, &apid, &apqi);
	struct matrix now = { .active = true, .assigned = target->assigned,
			      .assigned_known = true };
	struct explainer explainer;
	struct text queues = { 0 };
	struct verdict verdict;
	struct problem *problem;

	memcpy(now.uuid, target->uuid, sizeof(now.uuid));
	read_guest(&apm->fs, apm->snap, &now);
	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, &now.assigned);
	read_reasons(&apm->fs, apm->snap, &now);
	explain_begin(&explainer, apm->snap, &now);
	verdict = explain_apqn(&explainer, apid, apqi);
	phrase_queues(&queues, apid, apqi, nr);
	problem = report_error(apm, EXIT_CODE_TIMEOUT, 0,
			       "%s: timed out after %s s: the guest does not have %s (%s)",
			       targets_title(targets, apm->snap, target->uuid),
			       apm->value[OPT_WAIT_GUEST], text_str(&queues),
			       *verdict.word ? verdict.word : "unknown");
	problem_apqn(problem_matrix(problem, target->uuid), apid, apqi);
	text_free(&queues);
	matrix_clear(&now);
}

/* The first target whose guest does not; NULL if all do. */
static const struct target *find_waiting(struct apmatrix *apm,
					 const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		unsigned int apid, apqi;

		if (targets->at[i].active &&
		    count_lacking(apm, &targets->at[i], &apid, &apqi))
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
		report_untold_guest(apm, targets->at[i].uuid);
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

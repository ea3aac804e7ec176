// SPDX-License-Identifier: GPL-2.0-only
/* Pure: the differences of two snapshots. See events.h. */
#include <stdio.h>
#include <string.h>

#include "core/events.h"
#include "lib/text.h"

static const char *const words[EVENT_NR] = {
	[EVENT_MODULE] = "module",
	[EVENT_MASK] = "mask-changed",
	[EVENT_CARD_ADDED] = "card-added",
	[EVENT_CARD_REMOVED] = "card-removed",
	[EVENT_CARD_CHANGED] = "card-changed",
	[EVENT_QUEUE_ADDED] = "queue-added",
	[EVENT_QUEUE_REMOVED] = "queue-removed",
	[EVENT_QUEUE_DRIVER] = "queue-driver",
	[EVENT_MATRIX_ADDED] = "matrix-added",
	[EVENT_MATRIX_REMOVED] = "matrix-removed",
	[EVENT_ASSIGNED] = "assigned-changed",
	[EVENT_GUEST] = "guest-changed",
	[EVENT_STATE] = "state-changed",
	[EVENT_QUEUE_MISSING] = "queue-missing",
	[EVENT_QUEUE_RETURNED] = "queue-returned",
	[EVENT_QUEUE_UNASSIGNED] = "queue-unassigned",
	[EVENT_DEFINED] = "defined",
	[EVENT_UNDEFINED] = "undefined",
	[EVENT_DEFINITION] = "definition-changed",
	[EVENT_NAME] = "name-changed",
	[EVENT_READY] = "ready",
	[EVENT_OVERRUN] = "overrun",
};

struct teller {
	const struct snapshot *old;
	const struct snapshot *now;
	event_fn tell;
	void *ctx;
};

const char *event_word(enum event_kind kind)
{
	return words[kind];
}

static void tell(const struct teller *teller, struct event event)
{
	teller->tell(teller->ctx, &event);
}

static bool same_text(const char *a, const char *b)
{
	return (!a && !b) || str_is(a, b);
}

/* host */

static void mask_changed(const struct teller *teller, const char *field,
			 const struct apm_mask *before, const struct apm_mask *after)
{
	char from[APM_MASK_TEXT_LEN + 1] = "", to[APM_MASK_TEXT_LEN + 1] = "";

	if (apm_mask_equal(before, after))
		return;
	apm_mask_format(before, from);
	apm_mask_format(after, to);
	tell(teller, (struct event){ .kind = EVENT_MASK, .apid = -1, .apqi = -1,
				     .field = field, .from = from, .to = to });
}

static void host_changed(const struct teller *teller)
{
	const struct host *old = &teller->old->host, *now = &teller->now->host;

	if (old->module != now->module)
		tell(teller, (struct event){
			.kind = EVENT_MODULE, .apid = -1, .apqi = -1,
			.from = old->module ? "loaded" : "not loaded",
			.to = now->module ? "loaded" : "not loaded" });
	if (!old->perm_known || !now->perm_known)
		return;
	mask_changed(teller, "apmask", &old->apmask, &now->apmask);
	mask_changed(teller, "aqmask", &old->aqmask, &now->aqmask);
}

/* cards and queues */

static void card_number(const struct teller *teller, unsigned int apid,
			const char *field, int before, int after)
{
	char from[16], to[16];

	if (before == after)
		return;
	snprintf(from, sizeof(from), "%d", before);
	snprintf(to, sizeof(to), "%d", after);
	tell(teller, (struct event){
		.kind = EVENT_CARD_CHANGED, .apid = (int)apid, .apqi = -1,
		.field = field, .from = before < 0 ? NULL : from,
		.to = after < 0 ? NULL : to });
}

static void card_changed(const struct teller *teller, unsigned int apid)
{
	const struct card *old = &teller->old->cards[apid];
	const struct card *now = &teller->now->cards[apid];

	if (old->present != now->present) {
		tell(teller, (struct event){
			.kind = now->present ? EVENT_CARD_ADDED : EVENT_CARD_REMOVED,
			.apid = (int)apid, .apqi = -1 });
		return;
	}
	if (!now->present)
		return;
	card_number(teller, apid, "config", old->config, now->config);
	card_number(teller, apid, "chkstop", old->chkstop, now->chkstop);
	card_number(teller, apid, "online", old->online, now->online);
}

static void queue_changed(const struct teller *teller, unsigned int apid,
			  unsigned int apqi)
{
	const struct queue *old = snapshot_queue(teller->old, apid, apqi);
	const struct queue *now = snapshot_queue(teller->now, apid, apqi);
	struct event event = { .apid = (int)apid, .apqi = (int)apqi };

	if (!old->present && !now->present)
		return;
	event.from = teller->old->drivers[old->driver];
	event.to = teller->now->drivers[now->driver];
	if (old->present && now->present) {
		if (same_text(event.from, event.to))
			return;
		event.kind = EVENT_QUEUE_DRIVER;
	} else if (now->present) {
		event.kind = EVENT_QUEUE_ADDED;
	} else {
		event.kind = EVENT_QUEUE_REMOVED;
	}
	tell(teller, event);
}

static void devices_changed(const struct teller *teller)
{
	unsigned int apid, apqi;

	if (teller->old->cards_known && teller->now->cards_known) {
		for (apid = 0; apid < APM_MATRIX_IDS; apid++)
			card_changed(teller, apid);
	}
	if (!teller->old->queues || !teller->now->queues)
		return;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++)
			queue_changed(teller, apid, apqi);
	}
}

/* matrices */

static void matrix_event(const struct teller *teller, enum event_kind kind,
			 const struct matrix *matrix, const char *from,
			 const char *to)
{
	tell(teller, (struct event){ .kind = kind, .matrix = matrix, .apid = -1,
				     .apqi = -1, .from = from, .to = to });
}

/* Reports a changed set; what is unknown on one side is no change. */
static void content_event(const struct teller *teller, enum event_kind kind,
			  const struct matrix *matrix,
			  const struct apm_matrix *before,
			  const struct apm_matrix *after, bool control_known)
{
	struct apm_matrix was = *before;

	if (!control_known)
		was.dim[APM_DIM_CONTROL_DOMAIN] = after->dim[APM_DIM_CONTROL_DOMAIN];
	if (apm_matrix_equal(&was, after))
		return;
	tell(teller, (struct event){
		.kind = kind, .matrix = matrix, .before = &was, .after = after,
		.control_known = control_known, .apid = -1, .apqi = -1 });
}

static bool is_missing(const struct matrix *matrix, unsigned int apid, unsigned int apqi)
{
	return matrix && apm_matrix_has(&matrix->assigned, apid, apqi) &&
	       !apm_matrix_has(&matrix->guest, apid, apqi);
}

/*
 * Each queue that is assigned and not in the guest any more, or now is. Needs
 * the kernel's reasons, or the queues.
 */
static void missing_changed(const struct teller *teller, const struct matrix *was,
			    const struct matrix *now)
{
	bool explained = now->reasons_known || teller->now->queues;
	struct explainer explainer;
	unsigned int apid, apqi;

	if (!now->assigned_known || !now->guest_known ||
	    (was && (!was->assigned_known || !was->guest_known)))
		return;
	if (explained)
		explain_begin(&explainer, teller->now, now);
	apm_mask_for_each(apid, apm_matrix_apm(&now->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&now->assigned)) {
			struct event event = {
				.matrix = now, .apid = (int)apid, .apqi = (int)apqi,
				.kind = EVENT_QUEUE_RETURNED,
			};

			if (is_missing(was, apid, apqi) == is_missing(now, apid, apqi))
				continue;
			if (is_missing(now, apid, apqi)) {
				event.kind = EVENT_QUEUE_MISSING;
				event.to = explained ?
					   explain_apqn(&explainer, apid, apqi).word : NULL;
			}
			tell(teller, event);
		}
	}
}

/*
 * Each queue that is not assigned any more, if a running guest had it or if it was
 * missing: whoever followed it sees how that ends.
 */
static void unassigned_changed(const struct teller *teller, const struct matrix *was,
			       const struct matrix *now)
{
	unsigned int apid, apqi;

	if (!was->assigned_known || !was->guest_known || !now->assigned_known)
		return;
	apm_mask_for_each(apid, apm_matrix_apm(&was->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&was->assigned)) {
			bool missing = is_missing(was, apid, apqi);

			if (apm_matrix_has(&now->assigned, apid, apqi) ||
			    (!missing && was->state != MATRIX_IN_USE))
				continue;
			tell(teller, (struct event){
				.kind = EVENT_QUEUE_UNASSIGNED, .matrix = now,
				.apid = (int)apid, .apqi = (int)apqi,
				.from = missing ? "missing" : "in-guest" });
		}
	}
}

static void active_changed(const struct teller *teller, const struct matrix *old,
			   const struct matrix *now)
{
	static const struct apm_matrix none;
	const struct matrix *was = old->active ? old : NULL;

	if (!old->active && !now->active)
		return;
	if (!now->active) {
		matrix_event(teller, EVENT_MATRIX_REMOVED, now, NULL, NULL);
		return;
	}
	if (!was)
		matrix_event(teller, EVENT_MATRIX_ADDED, now, NULL, NULL);
	if (now->assigned_known && (!was || was->assigned_known))
		content_event(teller, EVENT_ASSIGNED, now,
			      was ? &was->assigned : &none, &now->assigned, true);
	if (now->guest_known && (!was || was->guest_known))
		content_event(teller, EVENT_GUEST, now, was ? &was->guest : &none,
			      &now->guest,
			      now->guest_control_known &&
			      (!was || was->guest_control_known));
	missing_changed(teller, was, now);
	if (was)
		unassigned_changed(teller, was, now);
	if (was && was->state != now->state)
		matrix_event(teller, EVENT_STATE, now,
			     matrix_state_word(was->state),
			     matrix_state_word(now->state));
}

static void definition_changed(const struct teller *teller,
			       const struct matrix *old, const struct matrix *now)
{
	if (old->defined != now->defined)
		matrix_event(teller, now->defined ? EVENT_DEFINED : EVENT_UNDEFINED,
			     now, start_word(old->start), start_word(now->start));
	else if (now->defined && old->start != now->start)
		matrix_event(teller, EVENT_DEFINITION, now,
			     start_word(old->start), start_word(now->start));
	if (old->defined && now->defined)
		content_event(teller, EVENT_DEFINITION, now, &old->definition,
			      &now->definition, true);
}

static void matrix_changed(const struct teller *teller, const struct matrix *old,
			   const struct matrix *now)
{
	static const struct matrix none;
	struct matrix gone = none;

	if (!now) {
		/* under the name it had */
		memcpy(gone.uuid, old->uuid, sizeof(gone.uuid));
		gone.name = old->name;
		now = &gone;
	}
	if (!old)
		old = &none;
	active_changed(teller, old, now);
	definition_changed(teller, old, now);
	if (old != &none && now != &gone && !same_text(old->name, now->name))
		matrix_event(teller, EVENT_NAME, now, old->name, now->name);
}

static void matrices_changed(const struct teller *teller)
{
	const struct snapshot *old = teller->old, *now = teller->now;
	size_t i = 0, j = 0;

	/* both are sorted by uuid */
	while (i < old->nr_matrices || j < now->nr_matrices) {
		const struct matrix *was =
			i < old->nr_matrices ? &old->matrices[i] : NULL;
		const struct matrix *is =
			j < now->nr_matrices ? &now->matrices[j] : NULL;
		int order = !was ? 1 : !is ? -1 : strcmp(was->uuid, is->uuid);

		matrix_changed(teller, order <= 0 ? was : NULL,
			       order >= 0 ? is : NULL);
		i += order <= 0;
		j += order >= 0;
	}
}

void events_between(const struct snapshot *old, const struct snapshot *now,
		    event_fn fn, void *ctx)
{
	const struct teller teller = { old, now, fn, ctx };

	host_changed(&teller);
	devices_changed(&teller);
	matrices_changed(&teller);
}

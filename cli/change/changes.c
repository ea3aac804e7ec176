// SPDX-License-Identifier: GPL-2.0-only
/* What a change changes, for the report. See changes.h. */
#include <stdlib.h>
#include <string.h>

#include "change/changes.h"
#include "context/command.h"
#include "context/reading.h"
#include "core/phrase.h"
#include "core/plan.h"
#include "host/read-guests.h"
#include "host/read-queues.h"
#include "lib/paths.h"

static void report_words(struct apmatrix *apm, const char *uuid,
			 const char *field, const char *from, const char *to)
{
	struct change *change;

	if (from == to || str_is(from, to))
		return;
	change = report_change(&apm->report, uuid, field);
	change->from = xstrdup(from);
	change->to = xstrdup(to);
}

static void report_ids(struct apmatrix *apm, const char *uuid,
		       const char *const fields[APM_DIM_NR],
		       const struct apm_matrix *from, const struct apm_matrix *to)
{
	struct apm_matrix_diff diff;
	unsigned int dim;

	apm_matrix_diff(from, to, &diff);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		struct change *change;

		if (apm_mask_empty(&diff.added.dim[dim]) &&
		    apm_mask_empty(&diff.removed.dim[dim]))
			continue;
		change = report_change(&apm->report, uuid, fields[dim]);
		change->ids = true;
		change->added = diff.added.dim[dim];
		change->removed = diff.removed.dim[dim];
	}
}

void changes_of_target(struct apmatrix *apm, const struct target *target)
{
	static const char *const active_fields[] = {
		"adapters", "domains", "control_domains",
	};
	static const char *const defined_fields[] = {
		"defined_adapters", "defined_domains", "defined_control_domains",
	};
	static const struct matrix none;
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);
	const struct apm_matrix *now;

	if (!matrix)
		matrix = &none;
	now = &matrix->assigned;
	if (target->random_uuid)
		names_add(&apm->report.random, target->uuid);
	report_words(apm, target->uuid, "active",
		     matrix->active ? "yes" : "no", target->active ? "yes" : "no");
	if (target->active)
		report_ids(apm, target->uuid, active_fields, now,
			   &target->assigned);
	if (target->touch_definition) {
		report_words(apm, target->uuid, "start", start_word(matrix->start),
			     start_word(target->start));
		if (target->start != START_NONE)
			report_ids(apm, target->uuid, defined_fields,
				   &matrix->definition, &target->definition);
	}
	if (target->touch_name) {
		report_words(apm, target->uuid, "name", matrix->name, target->name);
		report_words(apm, target->uuid, "owner", matrix->owner, target->owner);
		report_words(apm, target->uuid, "comment", matrix->comment,
			     target->comment);
	}
}

/* Files of the host that undo brings back, or takes away. */
static void report_files(struct apmatrix *apm, const struct targets *targets)
{
	static const struct {
		const char *path, *field, *name;
	} known[] = {
		{ UNIT_WANTED, "unit", UNIT_NAME },
		{ PLAN_FILE, "host_plan", PLAN_FILE },
	};
	size_t i, j;

	for (i = 0; i < targets->nr_files; i++) {
		bool there = targets->files[i].text;

		for (j = 0; j < sizeof(known) / sizeof(*known); j++) {
			if (str_is(targets->files[i].path, known[j].path))
				report_words(apm, "", known[j].field,
					     there ? NULL : known[j].name,
					     there ? known[j].name : NULL);
		}
	}
}

/* The queues that the host gets back, and those that guests can have from now on. */
static void report_pool(struct apmatrix *apm, const struct host_target *host)
{
	struct text gets = { 0 }, gives = { 0 };
	unsigned int apid, apqi, nr_gets = 0, nr_gives = 0;
	struct snapshot *after;

	read_queues(&apm->fs, apm->snap, NULL);
	after = plan_snapshot_after(apm->snap, host);
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			bool before = host_reserves(apm->snap, apid, apqi);

			if (!snapshot_queue(apm->snap, apid, apqi)->present ||
			    before == host_reserves(after, apid, apqi))
				continue;
			if (before)
				phrase_listed(&gives, &nr_gives, apid, apqi);
			else
				phrase_listed(&gets, &nr_gets, apid, apqi);
		}
	}
	phrase_listed_end(&gets, nr_gets);
	phrase_listed_end(&gives, nr_gives);
	plan_snapshot_after_free(after);
	if (gets.len)
		apm->report.host_gets = text_steal(&gets);
	if (gives.len)
		apm->report.guests_can_have = text_steal(&gives);
}

void changes_of_host(struct apmatrix *apm, const struct targets *targets)
{
	const struct host_target *host = &targets->host;
	static const char *const fields[] = { "apmask", "aqmask" };
	const struct apm_mask *now[] = {
		&apm->snap->host.apmask, &apm->snap->host.aqmask,
	};
	const struct apm_mask *next[] = { &host->apmask, &host->aqmask };
	struct change *change;
	unsigned int i;
	size_t nr;

	for (i = 0; i < 2; i++) {
		if (!host->touch_masks || apm_mask_equal(now[i], next[i]))
			continue;
		change = report_change(&apm->report, "", fields[i]);
		change->ids = true;
		apm_mask_andnot(&change->added, next[i], now[i]);
		apm_mask_andnot(&change->removed, now[i], next[i]);
	}
	for (nr = 0; nr < host->nr_overrides; nr++) {
		change = report_change(&apm->report, "", "driver_override");
		change->queue = xasprintf("%02x.%04x", host->overrides[nr].apid,
					  host->overrides[nr].apqi);
		*(host->overrides[nr].reserve ? &change->to : &change->from) =
			xstrdup(*host->overrides[nr].other ? host->overrides[nr].other :
				"vfio_ap");
	}
	if (host->touch_masks)
		report_pool(apm, host);
	if (host->touch_rule)
		report_words(apm, "", "udev_rule", host->remove_rule ? UDEV_RULE_FILE : NULL,
			     host->remove_rule ? NULL : UDEV_RULE_FILE);
	if (targets->host_plan)
		report_words(apm, "", "host_plan", NULL, PLAN_FILE);
	if (targets->enable_unit)
		report_words(apm, "", "unit", NULL, UNIT_NAME);
	report_files(apm, targets);
	for (nr = 0; nr < host->nr_binds; nr++) {
		change = report_change(&apm->report, "", "driver");
		change->queue = xasprintf("%02x.%04x", host->binds[nr].apid,
					  host->binds[nr].apqi);
		change->to = xstrdup("vfio_ap");
	}
}

static struct guests guests_now(const struct apmatrix *apm,
				const struct targets *targets)
{
	struct guests guests = {
		.at = xcalloc(targets->nr, sizeof(*guests.at)),
		.known = xcalloc(targets->nr, sizeof(*guests.known)),
		.running = xcalloc(targets->nr, sizeof(*guests.running)),
	};
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, targets->at[i].uuid);

		guests.known[i] = !matrix || !matrix->active || matrix->guest_known;
		if (matrix && matrix->active)
			guests.at[i] = matrix->guest;
		guests.running[i] = matrix && matrix->state == MATRIX_IN_USE;
	}
	return guests;
}

static struct guests guests_predicted(const struct apmatrix *apm,
				      const struct targets *targets)
{
	struct snapshot *after = plan_snapshot_after(apm->snap, &targets->host);
	struct guests guests = guests_now(apm, targets);
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		memset(&guests.at[i], 0, sizeof(guests.at[i]));
		if (targets->at[i].active)
			snapshot_filter(after, &targets->at[i].assigned,
					&guests.at[i]);
	}
	plan_snapshot_after_free(after);
	return guests;
}

/*
 * The active matrices that the change leaves as they are. If the host's queues
 * change, their guests can get and lose queues too.
 */
static void find_others(struct apmatrix *apm, const struct targets *targets,
			struct targets *others)
{
	const struct host_target *host = &targets->host;
	size_t i;

	/* borrowed, for guests_predicted() */
	others->host = *host;
	if (!host->touch_masks && !host->nr_overrides && !host->nr_binds)
		return;
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if (matrix->active && !targets_find(targets, matrix->uuid))
			targets_add(others, matrix);
	}
	read_queues_of_targets(apm, others);
}

static void free_others(struct targets *others)
{
	others->host = (struct host_target){ 0 };
	targets_free(others);
}

/* Of the others, a preview shows only what the change of the host's queues does. */
static void keep_unchanged(const struct apmatrix *apm, const struct targets *others,
			   const struct guests *before, struct guests *after)
{
	struct apm_matrix now;
	size_t i;

	for (i = 0; i < others->nr; i++) {
		snapshot_filter(apm->snap, &others->at[i].assigned, &now);
		if (apm_matrix_equal(&now, &after->at[i]))
			after->at[i] = before->at[i];
	}
}

static void guests_free(struct guests *guests)
{
	free(guests->at);
	free(guests->known);
	free(guests->running);
}

/* The queues, and whose they are; the guest's name only where there is a guest. */
static void report_guest(struct apmatrix *apm, const struct target *target,
			 bool named, bool running, const struct apm_matrix *from,
			 const struct apm_matrix *to)
{
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);
	struct guest_change *guest = report_guest_change(&apm->report, target->uuid);

	guest->named = named;
	guest->running = running;
	if (running && matrix) {
		read_guests(&apm->fs, apm->snap);
		guest->name = xstrdup(matrix->guest_name);
	}
	guest->gone = !target->active;
	guest->before = *from;
	guest->after = *to;
}

/* Without control domains: only the module of this package reports the guest's. */
static void report_guests(struct apmatrix *apm, const struct targets *targets, bool named,
			  const struct guests *before, const struct guests *after)
{
	static const char *const fields[] = {
		"guest_adapters", "guest_domains", "guest_control_domains",
	};
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		struct apm_matrix from = before->at[i], to = after->at[i];

		if (!before->known[i] || !after->known[i])
			continue;
		/* adapters without a domain are no queues, and the other way round */
		if (!apm_matrix_apqns(&from))
			from = (struct apm_matrix){ 0 };
		if (!apm_matrix_apqns(&to))
			to = (struct apm_matrix){ 0 };
		from.dim[APM_DIM_CONTROL_DOMAIN] = to.dim[APM_DIM_CONTROL_DOMAIN];
		if (apm_matrix_equal(&from, &to))
			continue;
		report_ids(apm, targets->at[i].uuid, fields, &from, &to);
		/* without a queue, a matrix does not tell whether a guest uses it */
		report_guest(apm, &targets->at[i], named,
			     before->running[i] || after->running[i], &from, &to);
	}
}

void guest_changes_begin(struct guest_changes *changes, struct apmatrix *apm,
			 const struct targets *targets)
{
	changes->others = (struct targets){ 0 };
	find_others(apm, targets, &changes->others);
	changes->before = guests_now(apm, targets);
	changes->others_before = guests_now(apm, &changes->others);
}

void guest_changes_end(struct guest_changes *changes, struct apmatrix *apm,
		       const struct targets *targets)
{
	struct targets *others = &changes->others;
	struct guests after, others_after;

	if (apm->report.dry_run) {
		after = guests_predicted(apm, targets);
		others_after = guests_predicted(apm, others);
		keep_unchanged(apm, others, &changes->others_before, &others_after);
	} else {
		after = guests_now(apm, targets);
		others_after = guests_now(apm, others);
	}
	report_guests(apm, targets, true, &changes->before, &after);
	report_guests(apm, others, false, &changes->others_before, &others_after);
	guests_free(&changes->before);
	guests_free(&changes->others_before);
	guests_free(&after);
	guests_free(&others_after);
	free_others(others);
}

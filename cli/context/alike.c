// SPDX-License-Identifier: GPL-2.0-only
/* Likeness of queues on this machine. See alike.h. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "context/alike.h"
#include "context/error.h"
#include "core/likeness.h"
#include "core/plan.h"
#include "host/read-queues.h"
#include "lib/paths.h"
#include "lib/sysfs-names.h"

void alike_begin(struct alike *alike, struct apmatrix *apm)
{
	struct text text = { 0 };

	*alike = (struct alike){ .apm = apm, .cards = snapshot_new() };
	read_cards(&apm->fs, alike->cards);
	if (!sysfs_read(&apm->fs, MASTER_KEYS_FILE, &text))
		key_record_parse(text_str(&text), &alike->recorded);
	text_free(&text);
}

void alike_end(struct alike *alike)
{
	key_record_free(&alike->recorded);
	key_record_free(&alike->present);
	snapshot_free(alike->cards);
}

/* The patterns that zcrypt shows; NULL if it does not have the queue. Caller frees. */
static char *read_pattern(struct apmatrix *apm, unsigned int apid, unsigned int apqi)
{
	struct text text = { 0 };
	char path[96], *pattern = NULL;

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/mkvps", apid, apid, apqi);
	if (!sysfs_read(&apm->fs, path, &text))
		pattern = master_keys_pattern(text_str(&text));
	text_free(&text);
	return pattern;
}

static const char *serial_of(const struct alike *alike, unsigned int apid)
{
	const char *serial;

	read_card_serial(&alike->apm->fs, alike->cards, apid);
	serial = alike->cards->cards[apid].serial;
	return serial ? serial : "-";
}

static const char *keys_of(const void *ctx, unsigned int apid, unsigned int apqi)
{
	const struct alike *alike = ctx;
	const struct master_keys *keys = key_record_find(&alike->present, apid, apqi);

	if (keys)
		return keys->pattern;
	keys = key_record_find(&alike->recorded, apid, apqi);
	/* another adapter has other keys */
	return keys && str_is(keys->serial, serial_of(alike, apid)) ? keys->pattern : NULL;
}

static void read_present(struct alike *alike, const struct apm_matrix *matrix)
{
	unsigned int apid, apqi;

	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		if (!alike->cards->cards[apid].present)
			continue;
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix)) {
			char *pattern = read_pattern(alike->apm, apid, apqi);

			if (pattern)
				key_record_set(&alike->present, apid, apqi,
					       serial_of(alike, apid), "-", pattern);
			free(pattern);
		}
	}
}

bool alike_differs(struct alike *alike, const struct apm_matrix *matrix,
		   struct text *text)
{
	if (apm_matrix_apqns(matrix) < 2)
		return false;
	read_present(alike, matrix);
	return likeness_differs(matrix, alike->cards->cards, keys_of, alike, text);
}

static bool same_queues(const struct apm_matrix *a, const struct apm_matrix *b)
{
	return apm_mask_equal(apm_matrix_apm(a), apm_matrix_apm(b)) &&
	       apm_mask_equal(apm_matrix_aqm(a), apm_matrix_aqm(b));
}

/* The content whose queues a target changes, or NULL. */
static const struct apm_matrix *new_content(const struct apmatrix *apm,
					    const struct target *target)
{
	const struct matrix *now = snapshot_find(apm->snap, target->uuid);

	if (target->active && (!now || !now->active ||
			       !same_queues(&now->assigned, &target->assigned)))
		return &target->assigned;
	if (target->touch_definition && target->start != START_NONE &&
	    (!now || !now->defined || !same_queues(&now->definition, &target->definition)))
		return &target->definition;
	return NULL;
}

static void tell_unlike(struct apmatrix *apm, const struct targets *targets,
			const struct target *target, const char *how)
{
	const char *title = targets_title(targets, apm->snap, target->uuid);
	struct problem *problem;

	if (apm->given[OPT_STRICT]) {
		problem = report_error(apm, EXIT_CODE_CONFLICT, 0,
				       "%s: its queues would differ in %s", title, how);
		problem_hint(problem, "choose queues that are alike, or omit --strict");
	} else {
		problem = problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
				      "%s: its queues differ in %s", title, how);
	}
	problem_matrix(problem, target->uuid);
}

bool alike_check(struct apmatrix *apm, const struct targets *targets)
{
	size_t i, before = apm->report.errors.nr;
	struct alike alike = { 0 };

	for (i = 0; i < targets->nr; i++) {
		const struct apm_matrix *content = new_content(apm, &targets->at[i]);
		struct text how = { 0 };

		if (!content || apm_matrix_apqns(content) < 2)
			continue;
		if (!alike.apm)
			alike_begin(&alike, apm);
		if (alike_differs(&alike, content, &how))
			tell_unlike(apm, targets, &targets->at[i], text_str(&how));
		text_free(&how);
	}
	if (alike.apm)
		alike_end(&alike);
	return apm->report.errors.nr == before;
}

static void time_stamp(char stamp[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm utc;

	*stamp = '\0';
	if (gmtime_r(&now, &utc))
		strftime(stamp, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

bool alike_record(struct apmatrix *apm, const struct host_target *host,
		  struct text *text)
{
	struct snapshot *after;
	struct alike alike;
	unsigned int apid, apqi;
	bool changed = false;
	char stamp[32];

	if (!host->touch_masks && !host->nr_overrides)
		return false;
	alike_begin(&alike, apm);
	time_stamp(stamp);
	after = plan_snapshot_after(apm->snap, host);
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			char *pattern;

			if (!alike.cards->cards[apid].present ||
			    !host_reserves(apm->snap, apid, apqi) ||
			    host_reserves(after, apid, apqi))
				continue;
			pattern = read_pattern(apm, apid, apqi);
			if (pattern)
				changed |= key_record_set(&alike.recorded, apid, apqi,
							  serial_of(&alike, apid), stamp,
							  pattern);
			free(pattern);
		}
	}
	plan_snapshot_after_free(after);
	if (changed)
		key_record_format(&alike.recorded, text);
	alike_end(&alike);
	return changed;
}

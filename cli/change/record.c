// SPDX-License-Identifier: GPL-2.0-only
/* Changes in the journal of systemd. See record.h. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "change/record.h"
#include "context/command.h"
#include "core/phrase.h"
#include "format/json-write.h"
#include "host/journald.h"

#define CHANGES_SHOWN	8	/* in the message */
#define NO_LOGIN	4294967295ul

/* The user who has logged in, whatever the user is now. */
static unsigned long login_uid(void)
{
	unsigned long uid = NO_LOGIN;
	FILE *file = fopen("/proc/self/loginuid", "re");
	const char *sudo = getenv("SUDO_UID");

	if (file && fscanf(file, "%lu", &uid) != 1)
		uid = NO_LOGIN;
	if (file)
		fclose(file);
	if (uid == NO_LOGIN && sudo && *sudo)
		uid = strtoul(sudo, NULL, 10);
	return uid == NO_LOGIN ? getuid() : uid;
}

void record_start(struct text *text, int priority, const char *id, const char *message)
{
	char number[24];

	journald_field(text, "MESSAGE", message);
	snprintf(number, sizeof(number), "%d", priority);
	journald_field(text, "PRIORITY", number);
	journald_field(text, "MESSAGE_ID", id);
	journald_field(text, "SYSLOG_IDENTIFIER", "apmatrix");
	snprintf(number, sizeof(number), "%ld", (long)getpid());
	journald_field(text, "SYSLOG_PID", number);
}

static void add_user(struct text *text)
{
	unsigned long uid = login_uid();
	const struct passwd *user = getpwuid((uid_t)uid);
	char number[24];

	snprintf(number, sizeof(number), "%lu", uid);
	journald_field(text, "APMATRIX_UID", number);
	journald_field(text, "APMATRIX_USER", user ? user->pw_name : NULL);
}

static void add_arguments(struct text *text, const struct apmatrix *apm)
{
	struct text line = { 0 };

	command_line(apm, 1, &line);
	journald_field(text, "APMATRIX_ARGUMENTS", text_str(&line));
	text_free(&line);
}

/* the state of what is changed, as JSON */

static void put_matrix(struct jsonw *json, const char *uuid, const struct matrix *matrix)
{
	static const struct matrix none;
	const struct apm_matrix *assigned;
	unsigned int dim;

	if (!matrix)
		matrix = &none;
	assigned = &matrix->assigned;
	jsonw_object(json, NULL);
	jsonw_string(json, "uuid", uuid);
	jsonw_string(json, "name", matrix->name);
	jsonw_string(json, "owner", matrix->owner);
	jsonw_bool(json, "active", matrix->active);
	jsonw_string(json, "start", start_word(matrix->start));
	for (dim = 0; dim < APM_DIM_NR; dim++)
		jsonw_ids(json, dim_key(dim), &assigned->dim[dim]);
	if (matrix->active && matrix->guest_known) {
		jsonw_ids(json, "guest_adapters", apm_matrix_apm(&matrix->guest));
		jsonw_ids(json, "guest_domains", apm_matrix_aqm(&matrix->guest));
	}
	if (matrix->defined) {
		jsonw_object(json, "definition");
		for (dim = 0; dim < APM_DIM_NR; dim++)
			jsonw_ids(json, dim_key(dim), &matrix->definition.dim[dim]);
		jsonw_object_end(json);
	}
	jsonw_object_end(json);
}

static char *state_of(const struct snapshot *snap, const struct targets *targets)
{
	struct jsonw json;
	char *state = NULL;
	size_t i, len = 0;
	FILE *out = open_memstream(&state, &len);

	if (!out)
		return NULL;
	jsonw_begin(&json, out, true);
	if (!host_target_empty(&targets->host) && snap->host.perm_known) {
		jsonw_mask(&json, "apmask", &snap->host.apmask);
		jsonw_mask(&json, "aqmask", &snap->host.aqmask);
	}
	jsonw_array(&json, "matrices");
	for (i = 0; i < targets->nr; i++)
		put_matrix(&json, targets->at[i].uuid,
			   snapshot_find(snap, targets->at[i].uuid));
	jsonw_array_end(&json);
	jsonw_end(&json);
	fclose(out);
	if (len && state[len - 1] == '\n')
		state[len - 1] = '\0';
	return state;
}

void record_begin(struct record *record, const struct apmatrix *apm,
		  const struct targets *targets)
{
	size_t i;

	record->first_change = apm->report.nr_changes;
	record->before = state_of(apm->snap, targets);
	record->titles = xcalloc(targets->nr, sizeof(*record->titles));
	/* later, what was removed has no name any more */
	for (i = 0; i < targets->nr; i++)
		record->titles[i] = xstrdup(targets_title(targets, apm->snap,
							  targets->at[i].uuid));
}

/* the message */

static const char *title_of(const struct snapshot *snap, const struct record *record,
			    const struct targets *targets, const char *uuid)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		if (str_is(targets->at[i].uuid, uuid))
			return record->titles[i];
	}
	return *uuid ? targets_title(targets, snap, uuid) : "host";
}

static void phrase_change(struct text *text, const struct snapshot *snap,
			  const struct record *record,
			  const struct targets *targets, const struct change *change,
			  const char **last)
{
	if (!*last || !str_is(*last, change->uuid))
		text_addf(text, "%s%s: ", *last ? "; " : "",
			  title_of(snap, record, targets, change->uuid));
	else
		text_add(text, ", ");
	*last = change->uuid;
	text_addf(text, "%s%s%s", change->queue ? change->queue : "",
		  change->queue ? " " : "", change->field);
	if (change->ids && !apm_mask_empty(&change->added)) {
		text_add(text, " +");
		phrase_ids(text, &change->added);
	}
	if (change->ids && !apm_mask_empty(&change->removed)) {
		text_add(text, " -");
		phrase_ids(text, &change->removed);
	}
	if (!change->ids)
		text_addf(text, " %s%s%s", change->from ? change->from : "",
			  change->from ? " -> " : "", change->to ? change->to : "none");
}

static void phrase_changes(struct text *text, const struct apmatrix *apm,
			   const struct record *record, const struct targets *targets)
{
	const struct report *report = &apm->report;
	size_t i, from = record->first_change;
	const char *last = NULL;

	for (i = from; i < report->nr_changes && i < from + CHANGES_SHOWN; i++)
		phrase_change(text, apm->snap, record, targets, &report->changes[i], &last);
	if (i < report->nr_changes)
		text_addf(text, " and %zu more", report->nr_changes - i);
}

static const char *result_word(const struct report *report, bool done)
{
	if (done)
		return "done";
	if (problems_code(&report->errors) == EXIT_CODE_PARTIAL)
		return "partial";
	return report->rolled_back ? "rolled-back" : "failed";
}

static void add_targets(struct text *text, const struct record *record,
			const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		const char *uuid = targets->at[i].uuid;
		const char *title = record->titles[i];

		journald_field(text, "APMATRIX_MATRIX", uuid);
		if (!str_is(title, uuid))
			journald_field(text, "APMATRIX_NAME", title);
	}
}

static void record_free(struct record *record, const struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->nr; i++)
		free(record->titles[i]);
	free(record->titles);
	free(record->before);
}

void record_end(struct record *record, const struct apmatrix *apm,
		const struct targets *targets, bool done)
{
	const struct report *report = &apm->report;
	const struct problem *error = report->errors.nr ? &report->errors.at[0] : NULL;
	struct text message = { 0 }, text = { 0 };
	char *after;

	if (done && report->nr_changes == record->first_change) {
		record_free(record, targets);
		return;
	}
	after = state_of(apm->snap, targets);
	text_addf(&message, "%s: ", apm->command->name);
	if (!done)
		text_addf(&message, "%s: %s", result_word(report, done),
			  error ? error->message : "no reason known");
	else
		phrase_changes(&message, apm, record, targets);
	record_start(&text, done ? JOURNALD_NOTICE : JOURNALD_ERR, RECORD_CHANGE_ID,
		     text_str(&message));
	add_user(&text);
	journald_field(&text, "APMATRIX_COMMAND", apm->command->name);
	add_arguments(&text, apm);
	add_targets(&text, record, targets);
	journald_field(&text, "APMATRIX_BEFORE", record->before);
	journald_field(&text, "APMATRIX_AFTER", after);
	journald_field(&text, "APMATRIX_RESULT", result_word(report, done));
	journald_field(&text, "APMATRIX_STATUS",
		       exit_code_name(done ? EXIT_CODE_OK : problems_code(&report->errors)));
	journald_send(&apm->fs, &text);
	text_free(&text);
	text_free(&message);
	free(after);
	record_free(record, targets);
}

void record_mended(const struct apmatrix *apm, const char *command, long pid,
		   const char *result)
{
	char *message = xasprintf("%s: the change of process %ld, which was interrupted, was %s",
				  command, pid, result);
	struct text text = { 0 };

	record_start(&text, JOURNALD_WARNING, RECORD_CHANGE_ID, message);
	add_user(&text);
	journald_field(&text, "APMATRIX_COMMAND", command);
	journald_field(&text, "APMATRIX_RESULT", result);
	journald_send(&apm->fs, &text);
	text_free(&text);
	free(message);
}

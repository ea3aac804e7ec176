// SPDX-License-Identifier: GPL-2.0-only
/* monitor: one line for each change. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "change/record.h"
#include "context/command.h"
#include "context/error.h"
#include "context/follow.h"
#include "context/select.h"
#include "core/events.h"
#include "core/phrase.h"
#include "format/json-write.h"
#include "host/journald.h"
#include "lib/clock.h"
#include "lib/paths.h"

/* A text line names this many queues and counts the rest. */
#define QUEUES_SHOWN	8

struct monitor {
	struct apmatrix *apm;
	struct follower follower;
	unsigned long left;	/* events to print, 0: all */
	bool counted;		/* --count was given */
};

static void time_stamp(char stamp[40])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct timespec now = { 0 };
	struct tm utc;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &now);
	/* reproducible where it has to be, as other tools take it */
	if (epoch)
		now = (struct timespec){ .tv_sec = (time_t)strtoll(epoch, NULL, 10) };
	*stamp = '\0';
	if (!gmtime_r(&now.tv_sec, &utc))
		return;
	len = strftime(stamp, 32, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(stamp + len, 40 - len, ".%03ldZ", now.tv_nsec / 1000000);
}

/* JSON lines: every key always there */

static void put_lost(struct jsonw *json, const char *key,
		     const struct apm_matrix *from, const struct apm_matrix *to)
{
	unsigned int apid, apqi;

	jsonw_array(json, key);
	if (from && to) {
		apm_mask_for_each(apid, apm_matrix_apm(from)) {
			apm_mask_for_each(apqi, apm_matrix_aqm(from)) {
				if (!apm_matrix_has(to, apid, apqi))
					jsonw_apqn(json, NULL, apid, apqi);
			}
		}
	}
	jsonw_array_end(json);
}

static void put_control(struct jsonw *json, const char *key, bool known,
			const struct apm_matrix *from, const struct apm_matrix *to)
{
	struct apm_mask lost = { { 0 } };

	if (known)
		apm_mask_andnot(&lost, apm_matrix_adm(from), apm_matrix_adm(to));
	jsonw_ids(json, key, &lost);
}

static void put_json(const struct monitor *monitor, const struct event *event,
		     const char *teller)
{
	FILE *out = monitor->apm->out;
	struct jsonw json;
	char stamp[40];

	time_stamp(stamp);
	jsonw_begin(&json, out, true);
	jsonw_string(&json, "time", stamp);
	jsonw_string(&json, "event", event_word(event->kind));
	jsonw_string(&json, "matrix", event->matrix ? event->matrix->uuid : NULL);
	jsonw_string(&json, "name", event->matrix ? event->matrix->name : NULL);
	if (event->apqi >= 0)
		jsonw_apqn(&json, "apqn", (unsigned int)event->apid,
			   (unsigned int)event->apqi);
	else
		jsonw_null(&json, "apqn");
	if (event->apid >= 0)
		jsonw_int(&json, "adapter", event->apid);
	else
		jsonw_null(&json, "adapter");
	jsonw_string(&json, "field", event->field);
	jsonw_string(&json, "from", event->from);
	jsonw_string(&json, "to", event->to);
	put_lost(&json, "added", event->after, event->before);
	put_lost(&json, "removed", event->before, event->after);
	put_control(&json, "control_added", event->control_known, event->after,
		    event->before);
	put_control(&json, "control_removed", event->control_known,
		    event->before, event->after);
	jsonw_string(&json, "told_by", teller);
	jsonw_end(&json);
}

/* text */

static void add_lost(struct text *text, char sign, const struct apm_matrix *from,
		     const struct apm_matrix *to)
{
	unsigned int apid, apqi, nr = 0;

	apm_mask_for_each(apid, apm_matrix_apm(from)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(from)) {
			if (!apm_matrix_has(to, apid, apqi) && nr++ < QUEUES_SHOWN)
				text_addf(text, " %c%02x.%04x", sign, apid, apqi);
		}
	}
	if (nr > QUEUES_SHOWN)
		text_addf(text, " (%c%u in total)", sign, nr);
}

static void add_control(struct text *text, char sign,
			const struct apm_matrix *from, const struct apm_matrix *to)
{
	struct apm_mask lost;

	apm_mask_andnot(&lost, apm_matrix_adm(from), apm_matrix_adm(to));
	if (apm_mask_empty(&lost))
		return;
	text_addf(text, " %ccontrol ", sign);
	phrase_ids(text, &lost);
}

static void add_change(struct text *text, const struct event *event)
{
	if (!event->before)
		return;
	add_lost(text, '-', event->before, event->after);
	add_lost(text, '+', event->after, event->before);
	if (event->control_known) {
		add_control(text, '-', event->before, event->after);
		add_control(text, '+', event->after, event->before);
	}
}

static void phrase_event(struct text *text, const struct event *event)
{
	if (event->matrix)
		text_addf(text, "%s: ", matrix_title(event->matrix));
	else if (event->apqi >= 0)
		text_addf(text, "%02x.%04x: ", (unsigned int)event->apid,
			  (unsigned int)event->apqi);
	else if (event->apid >= 0)
		text_addf(text, "card 0x%02x: ", (unsigned int)event->apid);
	text_add(text, event_word(event->kind));
	if (event->matrix && event->apqi >= 0)
		text_addf(text, " %02x.%04x", (unsigned int)event->apid,
			  (unsigned int)event->apqi);
	if (event->field)
		text_addf(text, " %s", event->field);
	add_change(text, event);
	if (event->from && event->to)
		text_addf(text, " %s -> %s", event->from, event->to);
	else if (event->from || event->to)
		text_addf(text, " %s", event->to ? event->to : event->from);
}

/* One record of the journal: the line as message, and what it has as fields. */
static void put_record(const struct monitor *monitor, const struct event *event)
{
	struct text record = { 0 }, message = { 0 };
	bool lost = event->kind == EVENT_QUEUE_MISSING;

	phrase_event(&message, event);
	record_start(&record, lost ? JOURNALD_WARNING : JOURNALD_INFO, RECORD_EVENT_ID,
		     text_str(&message));
	journald_field(&record, "APMATRIX_EVENT", event_word(event->kind));
	journald_field(&record, "APMATRIX_MATRIX", event->matrix ? event->matrix->uuid : NULL);
	journald_field(&record, "APMATRIX_NAME", event->matrix ? event->matrix->name : NULL);
	if (event->apqi >= 0) {
		char *apqn = xasprintf("%02x.%04x", (unsigned int)event->apid,
				       (unsigned int)event->apqi);

		journald_field(&record, "APMATRIX_APQN", apqn);
		free(apqn);
	}
	if (lost)
		journald_field(&record, "APMATRIX_REASON", event->to);
	journald_send(&monitor->apm->fs, &record);
	text_free(&message);
	text_free(&record);
}

static void put_text(const struct monitor *monitor, const struct event *event)
{
	struct text text = { 0 };
	char stamp[40];

	if (monitor->apm->given[OPT_TIMESTAMPS]) {
		time_stamp(stamp);
		text_addf(&text, "%s ", stamp);
	}
	phrase_event(&text, event);
	fprintf(monitor->apm->out, "%s\n", text.at);
	text_free(&text);
}

static bool is_wanted(const struct apmatrix *apm, const struct event *event)
{
	size_t i;

	if (!apm->nr_operands)
		return true;
	for (i = 0; i < apm->nr_operands && event->matrix; i++) {
		if (str_is(apm->operands[i], event->matrix->uuid) ||
		    str_is(apm->operands[i], event->matrix->name))
			return true;
	}
	return false;
}

static void put(const struct monitor *monitor, const struct event *event,
		const char *teller)
{
	if (monitor->apm->given[OPT_JOURNAL]) {
		put_record(monitor, event);
		return;
	}
	if (monitor->apm->format == FORMAT_JSONL)
		put_json(monitor, event, teller);
	else
		put_text(monitor, event);
	/* readers want each line at once */
	if (fflush(monitor->apm->out))
		monitor->apm->output_error = errno;
}

static void tell(void *ctx, const struct event *event)
{
	struct monitor *monitor = ctx;

	if (!is_wanted(monitor->apm, event) ||
	    (monitor->counted && !monitor->left))
		return;
	put(monitor, event, follow_teller(&monitor->follower));
	if (monitor->counted)
		monitor->left--;
}

static void tell_of_itself(const struct monitor *monitor, enum event_kind kind)
{
	bool told = follow_told(&monitor->follower);
	const struct event event = {
		.kind = kind, .apid = -1, .apqi = -1,
		.to = kind != EVENT_READY ? NULL : told ? "kernel" : "poll",
	};

	put(monitor, &event, told ? "kernel" : "poll");
}

static void follow(struct monitor *monitor, long long end)
{
	struct follower *follower = &monitor->follower;
	bool more = true;

	tell_of_itself(monitor, EVENT_READY);
	while (more && !ferror(monitor->apm->out) &&
	       !(monitor->counted && !monitor->left)) {
		more = follow_next(follower, clock_left(end));
		if (follower->listener.happened.overrun)
			tell_of_itself(monitor, EVENT_OVERRUN);
		events_between(follower->before, monitor->apm->snap, tell, monitor);
	}
}

static bool select_count(struct monitor *monitor)
{
	const char *value = monitor->apm->value[OPT_COUNT];
	struct complaint complaint = { 0 };

	monitor->counted = value;
	if (!value || parse_count(value, 1, 1000000000, &monitor->left, &complaint))
		return true;
	report_error(monitor->apm, EXIT_CODE_USAGE, 0, "--count: %s",
		     complaint.message);
	complaint_free(&complaint);
	return false;
}

static int run(struct apmatrix *apm)
{
	struct monitor monitor = { .apm = apm };
	unsigned int time_ms, poll_ms;

	if (!select_count(&monitor) || !select_time(apm, OPT_TIMEOUT, 0, &time_ms) ||
	    !select_time(apm, OPT_POLL, 0, &poll_ms))
		return EXIT_CODE_USAGE;
	if (apm->given[OPT_JOURNAL] && !sysfs_exists(&apm->fs, JOURNALD_SOCKET)) {
		report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
			     "--journal: the journal of systemd does not run here");
		return EXIT_CODE_UNSUPPORTED;
	}
	follow_begin(&monitor.follower, apm, true,
		     apm->given[OPT_POLL] ? (int)poll_ms : -1);
	if (apm->nr_operands && !select_matrices(apm)) {
		follow_end(&monitor.follower);
		return EXIT_CODE_NOT_FOUND;
	}
	follow(&monitor, apm->given[OPT_TIMEOUT] ? clock_ms() + time_ms : -1);
	follow_end(&monitor.follower);
	return monitor.counted && monitor.left && !ferror(apm->out) ?
	       EXIT_CODE_TIMEOUT : EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_TIMESTAMPS, OPT_COUNT, OPT_POLL, OPT_JOURNAL, OPT_NR
};

const struct command cmd_monitor = {
	.name = "monitor",
	.group = GROUP_LOOK,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "print changes as they happen",
	.description =
"Prints one line for each change of matrices, guests, queues, drivers, adapters,\n"
"masks and definitions. Events for alerts: queue-missing (a guest lost a queue, or its\n"
"matrix lacks one), queue-returned, and queue-unassigned (somebody took it away);\n"
"--journal writes them to the journal. The first line says that it is ready, and\n"
"whether the kernel reports all changes or guests are polled. It ends on an\n"
"interrupt, after --count events, or after --timeout.",
	.options = options,
	.formats = "table|jsonl",
	.examples =
"  apmatrix monitor --timestamps\n"
"  apmatrix monitor web1 --format jsonl | while read -r event; do ...; done\n"
"  apmatrix monitor | grep --line-buffered queue-missing | while read -r line; do\n"
"      logger -p daemon.err \"$line\"; done\n"
"  systemctl enable --now apmatrix-monitor.service",
	.run = run,
};

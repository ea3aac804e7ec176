// SPDX-License-Identifier: GPL-2.0-only
/* What one run has to say. See report.h. */
#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "lib/text.h"

void report_show(struct report *report, const char *uuid)
{
	report->shown = xrealloc(report->shown, report->nr_shown + 1,
				 sizeof(*report->shown));
	memcpy(report->shown[report->nr_shown++], uuid, UUID_LEN + 1);
}

struct change *report_change(struct report *report, const char *uuid,
			     const char *field)
{
	struct change *change;

	report->changes = xrealloc(report->changes, report->nr_changes + 1,
				   sizeof(*report->changes));
	change = &report->changes[report->nr_changes++];
	memset(change, 0, sizeof(*change));
	memcpy(change->uuid, uuid, strlen(uuid));
	change->field = field;
	return change;
}

struct guest_change *report_guest_change(struct report *report, const char *uuid)
{
	struct guest_change *guest;

	report->guests = xrealloc(report->guests, report->nr_guests + 1,
				  sizeof(*report->guests));
	guest = &report->guests[report->nr_guests++];
	memset(guest, 0, sizeof(*guest));
	memcpy(guest->uuid, uuid, UUID_LEN);
	return guest;
}

void report_drop_changes(struct report *report, size_t number, size_t guests)
{
	while (report->nr_guests > guests)
		free(report->guests[--report->nr_guests].name);
	while (report->nr_changes > number) {
		struct change *change = &report->changes[--report->nr_changes];

		free(change->queue);
		free(change->from);
		free(change->to);
	}
}

void report_free(struct report *report)
{
	report_drop_changes(report, 0, 0);
	free(report->changes);
	free(report->guests);
	free(report->host_gets);
	free(report->guests_can_have);
	free(report->unconfirmed);
	free(report->shown);
	names_free(&report->random);
	free(report->plan);
	problems_free(&report->findings);
	problems_free(&report->warnings);
	problems_free(&report->errors);
}

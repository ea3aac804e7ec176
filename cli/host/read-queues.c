// SPDX-License-Identifier: GPL-2.0-only
/* Cards and queues, from sysfs into the snapshot. See read-queues.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/master-keys.h"
#include "host/read-queues.h"
#include "lib/sysfs-names.h"

static long card_number(struct sysfs *fs, unsigned int apid, const char *attr,
			int base)
{
	char path[96];

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%s", apid, attr);
	return sysfs_read_number(fs, path, base, -1);
}

static char *card_line(struct sysfs *fs, unsigned int apid, const char *attr)
{
	char path[96];
	char *line;

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%s", apid, attr);
	line = sysfs_read_line(fs, path);
	if (line && !*line) {
		free(line);
		return NULL;
	}
	return line;
}

static bool parse_card(const char *name, unsigned int *apid)
{
	char *end;
	unsigned long id;

	if (strncmp(name, "card", 4) || strlen(name) != 6)
		return false;
	id = strtoul(name + 4, &end, 16);
	*apid = (unsigned int)id;
	return !*end && id < APM_MATRIX_IDS;
}

void read_cards(struct sysfs *fs, struct snapshot *snap)
{
	struct names names;
	size_t i;

	if (snap->cards_known)
		return;
	sysfs_list(fs, DEVICES_AP, ENTRY_DIRECTORY, &names);
	for (i = 0; i < names.nr; i++) {
		struct card *card;
		unsigned int apid;
		long value;
		char *line;

		if (!parse_card(names.at[i], &apid))
			continue;
		card = &snap->cards[apid];
		card->present = true;
		value = card_number(fs, apid, "hwtype", 10);
		card->hwtype = value > 0 ? (int)value : 0;
		card->config = (int)card_number(fs, apid, "config", 10);
		card->chkstop = (int)card_number(fs, apid, "chkstop", 10);
		card->online = (int)card_number(fs, apid, "online", 10);
		line = card_line(fs, apid, "ap_functions");
		card->functions = line ? strtoul(line, NULL, 16) : 0;
		free(line);
		card->type = card_line(fs, apid, "type");
	}
	names_free(&names);
	snap->cards_known = true;
}

void read_card_serial(struct sysfs *fs, struct snapshot *snap, unsigned int apid)
{
	struct card *card = &snap->cards[apid];

	if (card->present && !card->serial)
		card->serial = card_line(fs, apid, "serialnr");
}

void read_serials(struct sysfs *fs, struct snapshot *snap)
{
	unsigned int apid;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++)
		read_card_serial(fs, snap, apid);
}

static void read_queue(struct sysfs *fs, struct snapshot *snap,
		       unsigned int apid, unsigned int apqi, bool present)
{
	struct queue *queue = snapshot_queue(snap, apid, apqi);
	char path[96], driver[64];

	if (queue->known)
		return;
	queue->known = true;
	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/driver",
		 apid, apid, apqi);
	if (!sysfs_link(fs, path, driver, sizeof(driver))) {
		queue->present = true;
		queue->driver = snapshot_driver(snap, driver);
		return;
	}
	*strrchr(path, '/') = '\0';
	queue->present = present || sysfs_exists(fs, path);
}

static void read_all_queues(struct sysfs *fs, struct snapshot *snap)
{
	struct names cards, queues;
	unsigned int apid, card, apqi;
	char path[64];
	size_t i, j;

	sysfs_list(fs, DEVICES_AP, ENTRY_DIRECTORY, &cards);
	for (i = 0; i < cards.nr; i++) {
		if (!parse_card(cards.at[i], &card))
			continue;
		snprintf(path, sizeof(path), DEVICES_AP "/%s", cards.at[i]);
		sysfs_list(fs, path, ENTRY_DIRECTORY, &queues);
		for (j = 0; j < queues.nr; j++) {
			if (!apm_parse_apqn(queues.at[j], strlen(queues.at[j]),
					   &apid, &apqi) && apid == card)
				read_queue(fs, snap, apid, apqi, true);
		}
		names_free(&queues);
	}
	names_free(&cards);
}

void read_queues(struct sysfs *fs, struct snapshot *snap,
		 const struct apm_matrix *of)
{
	unsigned int apid, apqi;

	if (!snap->queues)
		snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	if (!of) {
		read_all_queues(fs, snap);
		return;
	}
	apm_mask_for_each(apid, apm_matrix_apm(of)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(of))
			read_queue(fs, snap, apid, apqi, false);
	}
}

static long queue_number(struct sysfs *fs, unsigned int apid, unsigned int apqi,
			 const char *attr)
{
	char path[96];

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/%s", apid, apid, apqi,
		 attr);
	return sysfs_read_number(fs, path, 10, -1);
}

void read_queue_detail(struct sysfs *fs, struct snapshot *snap, unsigned int apid,
		       unsigned int apqi)
{
	struct queue_detail *detail;
	struct text text = { 0 };
	char path[96];
	long queued, waiting;

	if (!snap->details)
		snap->details = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->details));
	detail = &snap->details[apid * APM_MATRIX_IDS + apqi];
	detail->requests = queue_number(fs, apid, apqi, "request_count");
	queued = queue_number(fs, apid, apqi, "pendingq_count");
	waiting = queue_number(fs, apid, apqi, "requestq_count");
	detail->pending = queued < 0 || waiting < 0 ? -1 : queued + waiting;
	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/mkvps", apid, apid, apqi);
	if (!sysfs_read(fs, path, &text))
		detail->keys = master_keys_pattern(text_str(&text));
	text_free(&text);
}

void read_overrides(struct sysfs *fs, struct snapshot *snap)
{
	unsigned int apid, apqi;
	char path[96];

	if (!snap->host.has_override)
		return;
	read_queues(fs, snap, NULL);
	snap->host.overrides = 0;
	snap->nr_foreign = 0;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			struct queue *queue = snapshot_queue(snap, apid, apqi);
			char *line;

			if (!queue->present)
				continue;
			snprintf(path, sizeof(path),
				 DEVICES_AP "/card%02x/%02x.%04x/driver_override",
				 apid, apid, apqi);
			line = sysfs_read_line(fs, path);
			/* kernels print nothing or (null) if there is none */
			queue->override = line && *line && !str_is(line, "(null)");
			queue->foreign = queue->override && !str_is(line, "vfio_ap");
			snap->host.overrides += queue->override;
			if (queue->foreign)
				snapshot_add_foreign(snap, apid, apqi, line);
			free(line);
		}
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* What a user types: ids, queues, uuids, names, times, counts. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_ids(const char *text)
{
	static const struct apm_mask none;
	struct complaint complaint = { 0 };
	struct apm_mask all, result;
	unsigned int kind;
	struct ids ids;

	memset(&all, 0xff, sizeof(all));
	for (kind = IDS_SET; kind <= IDS_EDIT_NONE; kind++) {
		memset(&ids, 0, sizeof(ids));
		if (parse_ids(text, kind, "adapter", &ids, &complaint))
			ids_apply(&ids, &none, &all, &result);
		else if (!complaint.message)
			abort();	/* refused without a word */
		complaint_free(&complaint);
		memset(&complaint, 0, sizeof(complaint));
	}
}

static void try_words(const char *text)
{
	struct complaint complaint = { 0 };
	unsigned int apid, apqi, ms;
	char uuid[UUID_LEN + 1], again[UUID_LEN + 1];
	unsigned long count;

	if (parse_apqn(text, &apid, &apqi, &complaint) && (apid > 255 || apqi > 255))
		abort();
	complaint_free(&complaint);
	memset(&complaint, 0, sizeof(complaint));
	if (parse_uuid(text, uuid) && (!parse_uuid(uuid, again) || strcmp(uuid, again)))
		abort();
	if (parse_name(text, &complaint) && strlen(text) > NAME_LEN_MAX)
		abort();
	complaint_free(&complaint);
	memset(&complaint, 0, sizeof(complaint));
	if (parse_seconds(text, &ms, &complaint) && ms > 86400000)
		abort();
	complaint_free(&complaint);
	memset(&complaint, 0, sizeof(complaint));
	if (parse_count(text, 1, 100, &count, &complaint) && (count < 1 || count > 100))
		abort();
	complaint_free(&complaint);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	memcpy(text, data, size);
	text[size] = '\0';
	try_ids(text);
	try_words(text);
	free(text);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/* Master key verification patterns. See master-keys.h. */
#include <stdlib.h>
#include <string.h>

#include "apm/apm.h"
#include "format/master-keys.h"

/* "AES CUR: valid 0x..." gives "AES valid 0x..."; "-" is unknown. */
static void take_line(const char *line, size_t len, struct text *pattern)
{
	const char *current = memmem(line, len, " CUR: ", 6);
	const char *value = current ? current + 6 : NULL;

	if (!current || value >= line + len || *value == '-')
		return;
	text_addf(pattern, "%s%.*s %.*s", pattern->len ? " " : "", (int)(current - line), line,
		  (int)(line + len - value), value);
}

char *master_keys_pattern(const char *text)
{
	struct text pattern = { 0 };

	while (*text) {
		size_t len = strcspn(text, "\n");

		take_line(text, len, &pattern);
		text += len + (text[len] == '\n');
	}
	return pattern.len ? text_steal(&pattern) : NULL;
}

static size_t place_of(const struct key_record *record, unsigned int apid,
		       unsigned int apqi)
{
	size_t place = 0;

	while (place < record->nr &&
	       (record->at[place].apid < apid ||
		(record->at[place].apid == apid && record->at[place].apqi < apqi)))
		place++;
	return place;
}

const struct master_keys *key_record_find(const struct key_record *record,
					  unsigned int apid, unsigned int apqi)
{
	size_t place = place_of(record, apid, apqi);

	return place < record->nr && record->at[place].apid == apid &&
	       record->at[place].apqi == apqi ? &record->at[place] : NULL;
}

static void keys_clear(struct master_keys *keys)
{
	free(keys->serial);
	free(keys->time);
	free(keys->pattern);
}

bool key_record_set(struct key_record *record, unsigned int apid, unsigned int apqi,
		    const char *serial, const char *time, const char *pattern)
{
	const struct master_keys *old = key_record_find(record, apid, apqi);
	size_t place = place_of(record, apid, apqi);
	struct master_keys *keys;

	if (old && str_is(old->serial, serial) && str_is(old->pattern, pattern))
		return false;
	if (old) {
		keys_clear(&record->at[place]);
	} else {
		record->at = xrealloc(record->at, record->nr + 1, sizeof(*record->at));
		memmove(&record->at[place + 1], &record->at[place],
			(record->nr - place) * sizeof(*record->at));
		record->nr++;
	}
	keys = &record->at[place];
	keys->apid = (uint8_t)apid;
	keys->apqi = (uint8_t)apqi;
	keys->serial = xstrdup(serial);
	keys->time = xstrdup(time);
	keys->pattern = xstrdup(pattern);
	return true;
}

void key_record_parse(const char *text, struct key_record *record)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len), *rest = NULL;
		const char *apqn = strtok_r(line, " ", &rest);
		const char *serial = strtok_r(NULL, " ", &rest);
		const char *time = strtok_r(NULL, " ", &rest);
		unsigned int apid, apqi;

		if (apqn && serial && time && *rest &&
		    !apm_parse_apqn(apqn, strlen(apqn), &apid, &apqi))
			key_record_set(record, apid, apqi, serial, time, rest);
		free(line);
		text += len + (text[len] == '\n');
	}
}

void key_record_format(const struct key_record *record, struct text *text)
{
	size_t i;

	text_add(text, "# Master key verification patterns of queues when the host last had "
		 "them; written by apmatrix.\n");
	for (i = 0; i < record->nr; i++)
		text_addf(text, "%02x.%04x %s %s %s\n", record->at[i].apid, record->at[i].apqi,
			  record->at[i].serial, record->at[i].time, record->at[i].pattern);
}

void key_record_free(struct key_record *record)
{
	size_t i;

	for (i = 0; i < record->nr; i++)
		keys_clear(&record->at[i]);
	free(record->at);
	*record = (struct key_record){ 0 };
}

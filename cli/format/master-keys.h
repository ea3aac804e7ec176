/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: master key verification patterns, as zcrypt shows them in the attribute
 * mkvps, and the file that records them for queues that zcrypt no longer has.
 */
#ifndef APM_MASTER_KEYS_H
#define APM_MASTER_KEYS_H

#include <stdint.h>

#include "lib/text.h"

/* The patterns of one queue. */
struct master_keys {
	uint8_t apid;
	uint8_t apqi;
	char *serial;		/* of the adapter, or "-" */
	char *time;		/* when they were read */
	char *pattern;		/* "AES valid 0x... APKA valid 0x..." */
};

struct key_record {
	struct master_keys *at;	/* sorted by APQN */
	size_t nr;
};

/*
 * The present keys of the text of mkvps, without new and old ones; NULL if it has
 * none. Caller frees.
 */
char *master_keys_pattern(const char *text);

/* A line for each queue: APQN, serial, time, pattern. Other lines are skipped. */
void key_record_parse(const char *text, struct key_record *record);
void key_record_format(const struct key_record *record, struct text *text);
/* NULL if there is none. */
const struct master_keys *key_record_find(const struct key_record *record,
					  unsigned int apid, unsigned int apqi);
/* Sets, or replaces, the patterns of a queue. true if they are new. */
bool key_record_set(struct key_record *record, unsigned int apid, unsigned int apqi,
		    const char *serial, const char *time, const char *pattern);
void key_record_free(struct key_record *record);

#endif

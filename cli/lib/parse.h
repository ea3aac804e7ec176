/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: text from the user into values, with a message if it is not valid.
 *
 * The grammar of ids is the pure core's (module/apm/apm.h); what is added here
 * is the words "all" and "none", the diagnosis, and uuids and names.
 */
#ifndef APM_PARSE_H
#define APM_PARSE_H

#include <stdbool.h>

#include "apm/apm.h"

#define UUID_LEN	36
#define NAME_LEN_MAX	64
#define LABEL_LEN_MAX	1024

/* What is wrong with a text, and a hint or NULL. */
struct complaint {
	char *message;
	char *hint;
};

void complaint_free(struct complaint *complaint);

/* A list of ids as given: a set, an edit of one (+3,-5), or a word. */
struct ids {
	bool given;
	bool all;		/* the word "all" */
	bool edit;		/* +/- items; add and remove hold the outcome */
	struct apm_mask set;	/* not edit, not all */
	struct apm_mask add;
	struct apm_mask remove;
};

/* The word for all IDs. */
#define IDS_ALL		"all"

enum ids_kind {
	IDS_SET,	/* 1,3-5,0x10 or all */
	IDS_SET_NONE,	/* the same or none */
	IDS_EDIT_NONE,	/* the same, or none, or +3,-5 */
};

/*
 * what names the kind of id in messages ("adapter"). Returns false and fills
 * complaint if the text is wrong; ids is unchanged then.
 */
bool parse_ids(const char *text, enum ids_kind kind, const char *what,
	       struct ids *ids, struct complaint *complaint);

/* The mask that ids make of current; all is what the word "all" stands for. */
void ids_apply(const struct ids *ids, const struct apm_mask *current,
	       const struct apm_mask *all, struct apm_mask *result);

/* 05.00ab, hexadecimal as the kernel prints it. */
bool parse_apqn(const char *text, unsigned int *apid, unsigned int *apqi,
		struct complaint *complaint);

/* Lower case is made of it; uuid has room for UUID_LEN + 1. */
bool parse_uuid(const char *text, char *uuid);

/* A name of ours: letters, digits, ".", "_", "-", no uuid, no reserved word. */
bool parse_name(const char *text, struct complaint *complaint);

/*
 * An owner or a comment: UTF-8 of at most LABEL_LEN_MAX bytes without control
 * characters, so that it can be stored, and printed on a terminal.
 */
bool parse_label(const char *text, const char *what, struct complaint *complaint);
/* The same of a text that is there already: what is not allowed becomes "?". */
char *label_printable(const char *text);

/* Seconds with up to three decimals, as milliseconds; at most a day. */
bool parse_seconds(const char *text, unsigned int *milliseconds,
		   struct complaint *complaint);

/* A whole number from min to max. */
bool parse_count(const char *text, unsigned long min, unsigned long max,
		 unsigned long *count, struct complaint *complaint);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The context of one run: the command line, the snapshot, the report. There is no
 * other state. A command reads, decides and fills the report;
 * ui/run.c prints it.
 */
#ifndef APM_CONTEXT_H
#define APM_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "context/option.h"
#include "core/report.h"
#include "host/lock.h"

struct command;
struct plan_file;
struct snapshot;

enum format {
	FORMAT_TABLE,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_PAIRS,
	FORMAT_CSV,
	FORMAT_MASK,
	FORMAT_SVG,
	FORMAT_NR
};

struct apmatrix {
	const struct command *const *commands;	/* all, the last is NULL */
	const struct command *command;
	bool given[OPT_NR];
	char *value[OPT_NR];
	int argc;			/* the command line, for the record of the change */
	char **argv;
	int command_word;		/* the number of the command in argv */
	struct apmatrix *whole;		/* of a line of a batch: the batch */
	struct targets *lasting;	/* what the note on the next boot is about, if it waits */
	char **operands;
	size_t nr_operands;
	struct names guests;		/* the UUIDs of guest:NAME operands */
	struct ids ids[APM_DIM_NR];	/* filled by select_ids() */
	struct plan_file *file;		/* of plan and apply */
	struct snapshot *imports;	/* definitions from files, of import */

	enum format format;
	bool color;
	unsigned int width;		/* of the terminal; 0: none, or unknown */
	FILE *out;
	int output_error;		/* errno of the first write to it that failed */
	const struct sysfs_ops *ops;
	struct sysfs fs;
	struct snapshot *snap;
	struct lock lock;
	char record[UUID_LEN + 1];	/* of what this run has changed; "": nothing yet */
	struct report report;
};

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The context of one run: what was asked for, what was found, what to say.
 * There is no other state. A command reads, decides and fills the report;
 * main.c renders it.
 */
#ifndef APM_APMATRIX_H
#define APM_APMATRIX_H

#include <stdio.h>

#include "change/apply.h"
#include "context/command.h"
#include "core/model.h"
#include "core/plan.h"
#include "core/problem.h"
#include "format/definition.h"
#include "format/plan-file.h"
#include "host/lock.h"
#include "host/read-definitions.h"
#include "host/read-sysfs.h"
#include "host/sysfs.h"
#include "version.h"

#define APMATRIX_VERSION	VAP_VERSION
#define APMATRIX_API_LEVEL	1

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

/* One thing that changed (or would): ids of a matrix, or a word. */
struct change {
	char uuid[UUID_LEN + 1];	/* "" for the host's masks */
	const char *field;		/* adapters, active, start, apmask, ... */
	char *queue;			/* of driver and driver_override, or NULL */
	bool ids;			/* added and removed count, else from and to */
	struct apm_mask added;
	struct apm_mask removed;
	char *from;
	char *to;
};

struct report {
	bool changed;
	bool dry_run;
	bool rolled_back;
	bool partial;			/* some of it was done, and some could not be */
	struct change *changes;
	size_t nr_changes;
	char (*shown)[UUID_LEN + 1];	/* the matrices to show, by uuid */
	size_t nr_shown;
	bool queues;			/* with the queues */
	bool host;			/* with the host's profile */
	char *plan;			/* what identifies a plan, or NULL */
	struct problems findings;	/* of check and doctor */
	struct problems warnings;
	struct problems errors;
	bool different;			/* --exit-code applies */
};

struct apmatrix {
	const struct command *command;
	bool given[OPT_NR];
	char *value[OPT_NR];
	char **operands;
	size_t nr_operands;
	struct names guests;		/* the uuids that operands meant by guest:NAME */
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
	struct report report;
};

/* main.c: the whole program, with a back end for sysfs */
int apmatrix_main(int argc, char **argv, const struct sysfs_ops *ops);

/* run.c, for one line of a batch: what was typed, what it does, the end of it */
bool run_arguments(struct apmatrix *apm, int argc, char **argv);
enum exit_code run_command(struct apmatrix *apm);
void run_free(struct apmatrix *apm);

/* select.c: from what was typed to matrices */

/* Operands that name a matrix by its guest become uuids; false after an error. */
bool select_guests(struct apmatrix *apm);
/* By uuid or name; NULL and an error if there is none, or more than one. */
struct matrix *select_matrix(struct apmatrix *apm, const char *text);
/* The operands, or all if there is none or it is "all". false after an error. */
bool select_matrices(struct apmatrix *apm);
/*
 * The target of an operand: one that is wanted already, or a matrix as it is.
 * NULL after an error. Good until the next target is added.
 */
struct target *select_target(struct apmatrix *apm, struct targets *targets,
			     const char *operand);
/* --adapters, --domains, --control-domains into apm->ids; false after an error. */
bool select_ids(struct apmatrix *apm, enum ids_kind kind);
/* The same, and at least one must have been given. */
bool select_some_ids(struct apmatrix *apm, enum ids_kind kind);
/*
 * The host's own plan into apm->file, which stays NULL if there is none. 0, a
 * complaint and -EINVAL, or another errno value.
 */
int select_host_plan(struct apmatrix *apm, struct complaint *complaint);
/* At most one of these options (the list ends with OPT_NR). */
bool select_one_of(struct apmatrix *apm, const enum option *options);
/* A time option in milliseconds, or none if it was not given. */
bool select_time(struct apmatrix *apm, enum option option, unsigned int none,
		 unsigned int *milliseconds);

/* report.c */
void report_show(struct report *report, const char *uuid);
struct change *report_change(struct report *report, const char *uuid,
			     const char *field);
/* Forgets the changes from number on: they were undone. */
void report_drop_changes(struct report *report, size_t number);
/* An error that begins with the command's name and a subject. */
struct problem *report_error(struct apmatrix *apm, enum exit_code code, int err,
			     const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* A complaint about subject (or NULL) as such an error; it is empty afterwards. */
void report_complaint(struct apmatrix *apm, const char *subject,
		      struct complaint *complaint);
/* A file that input_read() cannot read; ret is what it returned. */
void report_unreadable(struct apmatrix *apm, const char *name, int ret);
/* What the guest of a matrix has cannot be waited for. */
void report_untold_guest(struct apmatrix *apm, const char *title);
/* There is no vfio_ap to make a matrix with. */
void report_no_module(struct apmatrix *apm);
void report_free(struct report *report);

/* transaction.c: lock, snapshot, preflight, write, compare, undo, persist */

/*
 * The whole of a changing command: takes the lock (not with --dry-run), reads
 * the machine, asks the command what should be, and makes it so, or shows the
 * difference with --dry-run. Fills the report. After an error the machine is
 * as it was, or the report says PARTIAL.
 */
void transaction(struct apmatrix *apm);
/* Its parts, for commands made of others. */
bool transaction_begin(struct apmatrix *apm);
bool transaction_run(struct apmatrix *apm, struct targets *targets);
/* What the command line allows. */
struct plan_rules transaction_rules(const struct apmatrix *apm);
void transaction_end(struct apmatrix *apm);
/*
 * Once for each of several changes that do not need each other: false if it
 * could not be done, which keeps no other one out. parts_end() tells of all.
 */
struct parts {
	struct problems errors;
	bool changed;
	bool rolled_back;
};
bool parts_run(struct parts *parts, struct apmatrix *apm,
	       struct targets *targets);
void parts_end(struct parts *parts, struct apmatrix *apm);
/*
 * wait-guest.c: whether the guests get all that targets assign anew, and if
 * not, an error: UNSUPPORTED at once where the kernel does not tell. apm->snap
 * is the machine before.
 */
bool wait_for_guests(struct apmatrix *apm, const struct targets *targets,
		     unsigned int wait_ms);

/* snapshot as commands need it: host, matrices, definitions */
void read_all(struct apmatrix *apm);
/* the queues of a matrix, assigned, defined and wanted */
void read_queues_of(struct apmatrix *apm, const struct matrix *matrix);
/* what plan_check() has to know: the queues that targets have and will have */
void read_queues_of_targets(struct apmatrix *apm, const struct targets *targets);
/* what pool_plan() has to know: cards, all queues, driver overrides */
void read_pool(struct apmatrix *apm);

/* render-json.c, and the parts of it that belong to one command */
struct jsonw;
void render_json(struct apmatrix *apm, FILE *out);
void render_json_queues(struct apmatrix *apm, struct jsonw *json);
void render_json_host(struct apmatrix *apm, struct jsonw *json);
/* render-text.c */
void render_list(struct apmatrix *apm, FILE *out);
void render_show(struct apmatrix *apm, FILE *out);
void render_changes(struct apmatrix *apm, FILE *out);


#endif

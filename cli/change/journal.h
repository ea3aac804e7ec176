/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a change is about to do, written before it does it, so that whoever comes
 * after a process that was killed can tell and put it right: until the machine
 * is as it is to be, the change is undone; from then on, its files are put in
 * their places. A change of one write has none.
 */
#ifndef APM_JOURNAL_H
#define APM_JOURNAL_H

#include "change/staged.h"
#include "core/plan.h"
#include "host/sysfs.h"

struct journal {
	char *prepared;		/* paths; NULL if there is none */
	char *committed;
};

/* Of one matrix: what it was and what it is to be. */
struct journal_matrix {
	char uuid[UUID_LEN + 1];
	bool was_active, to_be_active;
	struct apm_matrix was, to_be;
};

struct journal_file {
	char *path;
	char *staged;		/* NULL: to be deleted */
	/* of a record: its content before and after, NULL: no file */
	char *was;
	char *is;
	bool link;		/* a symbolic link: was and is are where it leads */
	bool opaque;		/* the content was not valid UTF-8, and is not in the record */
};

/* A journal that was found. */
struct journal_entry {
	bool committed;
	char *command;
	char *line;		/* with its arguments, if they are known */
	char *id;		/* of a record */
	long long time;		/* of a record: seconds since 1970 */
	unsigned int seconds;	/* of a record: the time for its confirmation, 0: none */
	long pid;
	bool masks;
	struct apm_mask was_apmask, was_aqmask, to_be_apmask, to_be_aqmask;
	struct override *overrides;	/* reserve is what they are to be */
	size_t nr_overrides;
	struct override *binds;	/* of a record */
	size_t nr_binds;
	struct journal_matrix *matrices;
	size_t nr_matrices;
	struct journal_file *files;
	size_t nr_files;
};

/*
 * Writes it, unless one write is all there is to do. 0 or a negative errno
 * value.
 */
int journal_begin(struct journal *journal, const struct snapshot *snap,
		  const struct targets *targets, const struct plan *plan,
		  const struct staged *staged, const char *command);
/* The machine is as it is to be; files come next. */
int journal_commit(struct journal *journal);
/* Back to before that: the files could not be put in their places. */
int journal_revoke(struct journal *journal);
/* There is nothing left to do. */
void journal_end(struct journal *journal);

/*
 * What the change does, with the contents of its files, as text: for undo. earlier
 * is the record of what this run has changed before, or NULL: both become one. line
 * is the command with its arguments. Caller frees.
 */
char *journal_record(const struct snapshot *snap, const struct targets *targets,
		     const struct staged *staged, const char *command, const char *line,
		     const char *id, unsigned int seconds, const char *earlier);
/* 0, -ENOENT if there is none, -EINVAL if it is none, or another errno value. */
int journal_read_record(struct sysfs *fs, const char *path, struct journal_entry *entry);
/*
 * Was it called with this queue before? Of several overrides of a queue in a record, the first
 * tells what was, the last what is to be.
 */
bool journal_queue_seen(struct apm_mask seen[APM_MATRIX_IDS], const struct override *override);
/* Is the kernel's part of a change in effect? The other matrix, or NULL, in *other. */
bool journal_is_done(const struct snapshot *snap, const struct journal_entry *entry,
		     const char **other);

/* false if there is none. One that cannot be read has no command. */
bool journal_find(struct sysfs *fs, struct journal_entry *entry);
void journal_entry_free(struct journal_entry *entry);

#endif

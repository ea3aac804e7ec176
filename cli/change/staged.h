/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that change together or not at all. Everything that can fail for lack of
 * space is done when a change is staged, before the machine is changed; a commit
 * consists of renames and removals.
 *
 * Staged files are in a directory of the tool: mdevctl and udev, which read the
 * directories of the files, never see them, even if this process is killed.
 */
#ifndef APM_STAGED_H
#define APM_STAGED_H

#include <stdbool.h>
#include <stddef.h>

struct staged_file {
	char *path;
	char *temporary;	/* NULL: the file is to be deleted */
	char *backup;		/* a second name of the old file, for its return */
	bool committed;
};

struct staged {
	const char *root;	/* as of struct sysfs; not a copy */
	struct staged_file *at;
	size_t nr;
};

/*
 * Both return 0 or a negative errno value. The path is below the root; missing
 * directories are made. What is written goes where a link leads, and a file that
 * exists keeps its mode and owner; what is deleted may be a link itself.
 */
int staged_write(struct staged *staged, const char *path, const char *content,
		 size_t len);
/* A link to target; there must be nothing at the path, or a link, which it replaces. */
int staged_link(struct staged *staged, const char *path, const char *target);
int staged_delete(struct staged *staged, const char *path);

/* Commits all; if one fails, the previous ones are restored. */
int staged_commit(struct staged *staged);
/* Restores what was committed; 0 or the first negative errno value. */
int staged_undo(struct staged *staged);
/* Ends it; what was not committed is discarded. */
void staged_end(struct staged *staged);

/* The directories of a path, as far as they are not there. */
int make_parents(const char *path);

/* Removes what a killed process left in the directories of the tool. */
void staged_clean(const char *root);
/* Is there something left in them? */
bool staged_left_over(const char *root);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that change together or not at all. Everything that can fail for lack of
 * space is done when a change is staged, before the machine is changed; a commit
 * consists of renames and removals.
 */
#ifndef APM_STAGED_H
#define APM_STAGED_H

#include <stdbool.h>
#include <stddef.h>

struct staged_file {
	char *path;
	char *temporary;	/* NULL: the file is to be deleted */
	char *backup;		/* a second name of the old file, once committed */
	bool committed;
};

struct staged {
	struct staged_file *at;
	size_t nr;
};

/*
 * Both return 0 or a negative errno value. The path is the real one, root and
 * all; missing directories are made. A file that exists keeps its mode.
 */
int staged_write(struct staged *staged, const char *path, const char *content,
		 size_t len);
int staged_delete(struct staged *staged, const char *path);

/* Commits all; if one fails, the previous ones are restored. */
int staged_commit(struct staged *staged);
/* Ends it; what was not committed is discarded. */
void staged_end(struct staged *staged);

#endif

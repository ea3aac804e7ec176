/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * All access to the file system below a root directory.
 *
 * Paths start with / and are taken below the root ("" for the real one). What
 * lies behind is a table of functions, so that tests can put a kernel's
 * behaviour there. libsysfs is used through its path-based calls only: the
 * others demand a mounted sysfs, cache what they read, and skip writes that
 * look superfluous. Writing is one write(2) of the whole value.
 *
 * Functions return 0 or a negative errno value.
 */
#ifndef APM_SYSFS_H
#define APM_SYSFS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/names.h"
#include "lib/text.h"

/* Longest root: the deepest path below it must fit what libsysfs can hold. */
#define SYSFS_ROOT_MAX	120
/* No file that is read is longer: -EFBIG. */
#define SYSFS_READ_MAX	(64u << 20)

enum entry_kind {
	ENTRY_DIRECTORY,
	ENTRY_LINK,
	ENTRY_FILE,
	ENTRY_OTHER,
};

struct sysfs;

struct sysfs_ops {
	/* Names of the directories (or links, or files) in a directory. */
	int (*list)(struct sysfs *fs, const char *path, enum entry_kind kind,
		    struct names *names);
	/* The whole text of a regular file, appended to value. */
	int (*read)(struct sysfs *fs, const char *path, struct text *value);
	/* The last component of what a link points to. */
	int (*link)(struct sysfs *fs, const char *path, char *name, size_t size);
	/* enum entry_kind, not following links. */
	int (*kind)(struct sysfs *fs, const char *path);
	/* One write(2) of the whole value. */
	int (*write)(struct sysfs *fs, const char *path, const char *value,
		     size_t len);
};

struct sysfs {
	const struct sysfs_ops *ops;
	char *root;		/* "" or an absolute or relative directory */
	int root_fd;		/* of that directory; -1: the machine itself */
	bool verbose;		/* each write is printed on stderr */
	void *private;		/* the back end's */
};

extern const struct sysfs_ops sysfs_real_ops;

/* root may be NULL or "/" for the machine itself. -ENAMETOOLONG, -ENOTDIR, ... */
int sysfs_open(struct sysfs *fs, const char *root, const struct sysfs_ops *ops);
void sysfs_close(struct sysfs *fs);
/* Is it the machine itself, not a tree elsewhere? */
bool sysfs_is_live(const struct sysfs *fs);
/*
 * For kernels without openat2(): opens a path below the root (without / at its
 * beginning) in steps that follow no link out of it, as strictly.
 */
int sysfs_open_by_steps(const struct sysfs *fs, const char *path, int flags);

int sysfs_list(struct sysfs *fs, const char *path, enum entry_kind kind,
	       struct names *names);
int sysfs_read(struct sysfs *fs, const char *path, struct text *value);
/* Without the newline at the end; NULL if it cannot be read. Caller frees. */
char *sysfs_read_line(struct sysfs *fs, const char *path);
/* The number in a file, or none if there is no number. */
long sysfs_read_number(struct sysfs *fs, const char *path, int base, long none);
int sysfs_link(struct sysfs *fs, const char *path, char *name, size_t size);
bool sysfs_exists(struct sysfs *fs, const char *path);
int sysfs_write(struct sysfs *fs, const char *path, const char *value);
/*
 * Root and path in one, for files that are not sysfs: links are followed as if
 * root were /, none leads out of it. What does not exist stays as it is. root is
 * "" for the machine itself. Caller frees.
 */
char *sysfs_resolve(const char *root, const char *path);
/* The same, but the last component is not followed if it is a link. */
char *sysfs_resolve_place(const char *root, const char *path);
/* The same as sysfs_resolve(), but on the machine itself links are left to the kernel. */
char *sysfs_path(const struct sysfs *fs, const char *path);

#endif

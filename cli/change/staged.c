// SPDX-License-Identifier: GPL-2.0-only
/* Files that change together or not at all. See staged.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "change/staged.h"
#include "host/sysfs.h"
#include "lib/paths.h"

int make_parents(const char *path)
{
	char *dir = xstrdup(path);
	char *at;
	int ret = 0;

	for (at = strchr(dir + 1, '/'); at && !ret; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(dir, 0755) && errno != EEXIST)
			ret = -errno;
		*at = '/';
	}
	free(dir);
	return ret;
}

static int write_all(int fd, const char *content, size_t len)
{
	while (len) {
		ssize_t written = write(fd, content, len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		content += written;
		len -= (size_t)written;
	}
	return 0;
}

static struct staged_file *add_file(struct staged *staged, const char *path)
{
	struct staged_file *file;

	staged->at = xrealloc(staged->at, staged->nr + 1, sizeof(*staged->at));
	file = &staged->at[staged->nr++];
	*file = (struct staged_file){ .path = xstrdup(path) };
	return file;
}

/* The directory of ours that is on the file system of a path, usually. */
static char *staging_directory(const struct staged *staged, const char *path)
{
	const char *below = path + strlen(staged->root);

	return sysfs_resolve(staged->root, strncmp(below, "/run/", 5) ?
			     CHANGE_DIR : CHANGE_RUN_DIR);
}

static bool on_same_device(const char *dir, const char *path)
{
	char *parent = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	struct stat a, b;
	bool same = !stat(dir, &a) && !stat(*parent ? parent : "/", &b) &&
		    a.st_dev == b.st_dev;

	free(parent);
	return same;
}

/*
 * A name for something of a file: in our directory, or beside the file if a link
 * or a mount put that elsewhere.
 */
static int make_name(const struct staged *staged, const char *path,
		     const char *suffix, char **name)
{
	char *dir = staging_directory(staged, path);
	char *ours = xasprintf("%s/%zu%s", dir, staged->nr, suffix);
	int ret = make_parents(ours);

	*name = NULL;
	if (!ret && on_same_device(dir, path)) {
		*name = ours;
		ours = NULL;
		/* nobody else is here: whoever left it was killed */
		if (unlink(*name) && errno != ENOENT)
			ret = -errno;
	} else if (!ret) {
		*name = xasprintf("%s.apmatrix%s~", path, suffix);
		if (unlink(*name) && errno != ENOENT)
			ret = -errno;
	}
	free(ours);
	free(dir);
	return ret;
}

static int copy_owner(int fd, const char *path)
{
	struct stat old, fresh;

	if (stat(path, &old))
		return fchmod(fd, 0644) ? -errno : 0;
	if (fstat(fd, &fresh))
		return -errno;
	if ((old.st_uid != fresh.st_uid || old.st_gid != fresh.st_gid) &&
	    fchown(fd, old.st_uid, old.st_gid))
		return -errno;
	return fchmod(fd, old.st_mode & 07777) ? -errno : 0;
}

static int write_file(const char *name, const char *path, const char *content,
		      size_t len)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int ret;

	if (fd < 0)
		return -errno;
	ret = write_all(fd, content, len);
	if (!ret)
		ret = copy_owner(fd, path);
	if (!ret && fsync(fd))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (ret)
		unlink(name);
	return ret;
}

static int write_link(const char *name, const char *place, const char *target, size_t len)
{
	(void)place;
	(void)len;
	return symlink(target, name) ? -errno : 0;
}

/* Makes what is to be at a place, under another name. Frees the place. */
static int stage(struct staged *staged, char *place,
		 int (*make)(const char *name, const char *place, const char *content,
			     size_t len),
		 const char *content, size_t len)
{
	char *temporary = NULL, *backup = NULL;
	int ret = make_parents(place);

	if (!ret)
		ret = make_name(staged, place, "", &temporary);
	if (!ret)
		ret = make_name(staged, place, ".old", &backup);
	if (!ret)
		ret = make(temporary, place, content, len);
	if (!ret) {
		struct staged_file *file = add_file(staged, place);

		file->temporary = temporary;
		file->backup = backup;
		temporary = backup = NULL;
	}
	free(temporary);
	free(backup);
	free(place);
	return ret;
}

int staged_write(struct staged *staged, const char *path, const char *content,
		 size_t len)
{
	return stage(staged, sysfs_resolve(staged->root, path), write_file, content, len);
}

int staged_link(struct staged *staged, const char *path, const char *target)
{
	return stage(staged, sysfs_resolve_place(staged->root, path), write_link, target, 0);
}

int staged_delete(struct staged *staged, const char *path)
{
	char *full = sysfs_resolve_place(staged->root, path), *backup = NULL;
	struct stat info;
	int ret = 0;

	if (!lstat(full, &info)) {
		ret = make_name(staged, full, ".old", &backup);
		if (!ret) {
			add_file(staged, full)->backup = backup;
			backup = NULL;
		}
	} else if (errno != ENOENT && errno != ENOTDIR) {
		ret = -errno;
	}
	free(backup);
	free(full);
	return ret;
}

static int sync_directory(const char *path)
{
	char *dir = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret = 0;

	free(dir);
	if (fd < 0)
		return -errno;
	if (fsync(fd))
		ret = -errno;
	close(fd);
	return ret;
}

static int commit_file(struct staged_file *file)
{
	bool had = true;

	/* a second name keeps the old content until all is done */
	if (link(file->path, file->backup)) {
		if (errno != ENOENT)
			return -errno;
		had = false;
	}
	if (file->temporary ? rename(file->temporary, file->path) :
			      unlink(file->path))
		return -errno;
	free(file->temporary);
	file->temporary = NULL;
	if (!had) {
		free(file->backup);
		file->backup = NULL;
	}
	file->committed = true;
	return sync_directory(file->path);
}

static int put_back(struct staged_file *file)
{
	int ret = 0;

	if (!file->committed)
		return 0;
	if (file->backup ? rename(file->backup, file->path) : unlink(file->path))
		ret = -errno;
	file->committed = false;
	return ret ? ret : sync_directory(file->path);
}

int staged_undo(struct staged *staged)
{
	size_t i = staged->nr;
	int ret = 0;

	while (i--) {
		int failed = put_back(&staged->at[i]);

		if (!ret)
			ret = failed;
	}
	return ret;
}

int staged_commit(struct staged *staged)
{
	int ret = 0, failed;
	size_t i;

	for (i = 0; i < staged->nr && !ret; i++)
		ret = commit_file(&staged->at[i]);
	if (!ret)
		return 0;
	failed = staged_undo(staged);
	return failed ? -ENOTRECOVERABLE : ret;
}

/* Our directories as far as they are empty, and the one they are in. */
static void remove_directories(const char *root)
{
	static const char *const dirs[] = { CHANGE_DIR, CHANGE_RUN_DIR };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		char *dir = sysfs_resolve(root, dirs[i]);

		if (!rmdir(dir)) {
			*strrchr(dir, '/') = '\0';
			rmdir(dir);
		}
		free(dir);
	}
}

void staged_end(struct staged *staged)
{
	size_t i;

	for (i = 0; i < staged->nr; i++) {
		struct staged_file *file = &staged->at[i];

		if (file->temporary)
			unlink(file->temporary);
		if (file->backup)
			unlink(file->backup);
		free(file->temporary);
		free(file->backup);
		free(file->path);
	}
	if (staged->root)
		remove_directories(staged->root);
	free(staged->at);
	*staged = (struct staged){ 0 };
}

/* Calls with each name in our directories. */
static void for_each_left_over(const char *root,
			       void (*call)(void *ctx, const char *path), void *ctx)
{
	static const char *const dirs[] = { CHANGE_DIR, CHANGE_RUN_DIR };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		char *path = sysfs_resolve(root, dirs[i]);
		DIR *dir = opendir(path);
		struct dirent *entry;

		while (dir && (entry = readdir(dir))) {
			char *file;

			if (str_is(entry->d_name, ".") || str_is(entry->d_name, ".."))
				continue;
			file = xasprintf("%s/%s", path, entry->d_name);
			call(ctx, file);
			free(file);
		}
		if (dir)
			closedir(dir);
		free(path);
	}
}

static void remove_one(void *ctx, const char *path)
{
	(void)ctx;
	unlink(path);
}

static void note_one(void *ctx, const char *path)
{
	(void)path;
	*(bool *)ctx = true;
}

void staged_clean(const char *root)
{
	for_each_left_over(root, remove_one, NULL);
	remove_directories(root);
}

bool staged_left_over(const char *root)
{
	bool any = false;

	for_each_left_over(root, note_one, &any);
	return any;
}

// SPDX-License-Identifier: GPL-2.0-only
/* Files that change together or not at all. See staged.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "change/staged.h"
#include "lib/text.h"

static int make_parents(const char *path)
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

int staged_write(struct staged *staged, const char *path, const char *content,
		 size_t len)
{
	char *temporary = xasprintf("%s.XXXXXX", path);
	struct stat old;
	int ret, fd;

	ret = make_parents(path);
	if (ret)
		goto failed;
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		ret = -errno;
		goto failed;
	}
	ret = write_all(fd, content, len);
	if (!ret && fchmod(fd, stat(path, &old) ? 0644 : old.st_mode & 07777))
		ret = -errno;
	if (!ret && fsync(fd))
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (ret) {
		unlink(temporary);
		goto failed;
	}
	add_file(staged, path)->temporary = temporary;
	return 0;
failed:
	free(temporary);
	return ret;
}

int staged_delete(struct staged *staged, const char *path)
{
	if (access(path, F_OK))
		return errno == ENOENT ? 0 : -errno;
	add_file(staged, path);
	return 0;
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
	char *backup = xasprintf("%s.old~", file->path);

	/* a second name keeps the old content until all is done */
	unlink(backup);
	if (link(file->path, backup)) {
		int err = errno;

		free(backup);
		if (err != ENOENT)
			return -err;
	} else {
		file->backup = backup;
	}
	if (file->temporary ? rename(file->temporary, file->path) :
			      unlink(file->path))
		return -errno;
	free(file->temporary);
	file->temporary = NULL;
	file->committed = true;
	return sync_directory(file->path);
}

static void put_back(struct staged_file *file)
{
	if (!file->committed)
		return;
	if (file->backup)
		rename(file->backup, file->path);
	else
		unlink(file->path);
	free(file->backup);
	file->backup = NULL;
	file->committed = false;
}

int staged_commit(struct staged *staged)
{
	size_t i;
	int ret;

	for (i = 0; i < staged->nr; i++) {
		ret = commit_file(&staged->at[i]);
		if (!ret)
			continue;
		do {
			put_back(&staged->at[i]);
		} while (i--);
		return ret;
	}
	return 0;
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
	free(staged->at);
	*staged = (struct staged){ 0 };
}

// SPDX-License-Identifier: GPL-2.0-only
/* All access to the file system below a root. See sysfs.h. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sysfs/dlist.h>
#include <sysfs/libsysfs.h>

#include "host/sysfs.h"

/* libsysfs reads at most one page of this size, without an error if there is more. */
#define ONE_PAGE	4096

/* the part of dlist that is needed, with types */
static void take_list(struct dlist *list, struct names *names)
{
	char *name;

	dlist_for_each_data(list, name, char)
		names_add(names, name);
	sysfs_close_list(list);
}

static int real_list(struct sysfs *fs, const char *path, enum entry_kind kind,
		     struct names *names)
{
	struct dlist *list;
	struct stat info;

	(void)fs;
	if (stat(path, &info))
		return -errno;
	if (!S_ISDIR(info.st_mode))
		return -ENOTDIR;
	if (access(path, R_OK | X_OK))
		return -errno;
	/* libsysfs has no answer of its own for an empty directory but NULL */
	list = kind == ENTRY_LINK ? sysfs_open_link_list(path) :
				    sysfs_open_directory_list(path);
	if (list)
		take_list(list, names);
	return 0;
}

static int read_by_read(const char *path, struct text *value)
{
	char chunk[8192];
	ssize_t len;
	int fd, ret = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while ((len = read(fd, chunk, sizeof(chunk)))) {
		if (len < 0) {
			if (errno == EINTR)
				continue;
			ret = -errno;
			break;
		}
		text_addn(value, chunk, (size_t)len);
	}
	close(fd);
	return ret;
}

static int real_read(struct sysfs *fs, const char *path, struct text *value)
{
	struct sysfs_attribute *attr;
	struct stat info;
	int ret = 0;

	(void)fs;
	if (stat(path, &info))
		return -errno;
	/* binary attributes and plain files may be longer than a page */
	if (!S_ISREG(info.st_mode) || !info.st_size || info.st_size > ONE_PAGE)
		return read_by_read(path, value);

	attr = sysfs_open_attribute(path);
	if (!attr)
		return errno ? -errno : -EIO;
	errno = 0;
	if (sysfs_read_attribute(attr) || !attr->value)
		ret = errno ? -errno : -EIO;
	else if (attr->len >= ONE_PAGE)
		ret = read_by_read(path, value);
	else
		text_addn(value, attr->value, attr->len);
	sysfs_close_attribute(attr);
	return ret;
}

/*
 * Not sysfs_get_link(): it looks at the link three times and makes the target
 * absolute, where one call gives the name that is wanted, 65,536 times.
 */
static int real_link(struct sysfs *fs, const char *path, char *name, size_t size)
{
	char target[SYSFS_PATH_MAX];
	const char *last;
	ssize_t len;

	(void)fs;
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	target[len] = '\0';
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	if (strlen(last) >= size)
		return -ENAMETOOLONG;
	strcpy(name, last);
	return 0;
}

static int real_kind(struct sysfs *fs, const char *path)
{
	struct stat info;

	(void)fs;
	if (lstat(path, &info))
		return -errno;
	if (S_ISDIR(info.st_mode))
		return ENTRY_DIRECTORY;
	if (S_ISLNK(info.st_mode))
		return ENTRY_LINK;
	return S_ISREG(info.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

static int real_write(struct sysfs *fs, const char *path, const char *value,
		      size_t len)
{
	ssize_t written;
	int fd, ret = 0;

	(void)fs;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	do {
		written = write(fd, value, len);
	} while (written < 0 && errno == EINTR);
	if (written < 0)
		ret = -errno;
	else if ((size_t)written != len)
		ret = -EIO;
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

const struct sysfs_ops sysfs_real_ops = {
	.list = real_list,
	.read = real_read,
	.link = real_link,
	.kind = real_kind,
	.write = real_write,
};

int sysfs_open(struct sysfs *fs, const char *root, const struct sysfs_ops *ops)
{
	size_t len = root ? strlen(root) : 0;
	struct stat info;

	*fs = (struct sysfs){ .ops = ops };
	while (len && root[len - 1] == '/')
		len--;
	if (len > SYSFS_ROOT_MAX)
		return -ENAMETOOLONG;
	if (len && stat(root, &info))
		return -errno;
	if (len && !S_ISDIR(info.st_mode))
		return -ENOTDIR;
	fs->root = len ? xstrndup(root, len) : xstrdup("");
	return 0;
}

void sysfs_close(struct sysfs *fs)
{
	free(fs->root);
	fs->root = NULL;
}

bool sysfs_is_live(const struct sysfs *fs)
{
	return fs->root && !*fs->root;
}

/* Root and path, or -ENAMETOOLONG. */
static int full_path(const struct sysfs *fs, const char *path,
		     char full[SYSFS_PATH_MAX])
{
	size_t root_len = strlen(fs->root), len = strlen(path);

	if (root_len + len >= SYSFS_PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(full, fs->root, root_len);
	memcpy(full + root_len, path, len + 1);
	return 0;
}

int sysfs_list(struct sysfs *fs, const char *path, enum entry_kind kind,
	       struct names *names)
{
	char full[SYSFS_PATH_MAX];
	int ret = full_path(fs, path, full);

	*names = (struct names){ 0 };
	if (!ret)
		ret = fs->ops->list(fs, full, kind, names);
	names_sort(names);
	return ret;
}

int sysfs_read(struct sysfs *fs, const char *path, struct text *value)
{
	char full[SYSFS_PATH_MAX];
	int ret = full_path(fs, path, full);

	return ret ? ret : fs->ops->read(fs, full, value);
}

char *sysfs_read_line(struct sysfs *fs, const char *path)
{
	struct text value = { 0 };

	if (sysfs_read(fs, path, &value)) {
		text_free(&value);
		return NULL;
	}
	while (value.len && (value.at[value.len - 1] == '\n' ||
			     value.at[value.len - 1] == '\0'))
		value.at[--value.len] = '\0';
	return text_steal(&value);
}

int sysfs_link(struct sysfs *fs, const char *path, char *name, size_t size)
{
	char full[SYSFS_PATH_MAX];
	int ret = full_path(fs, path, full);

	return ret ? ret : fs->ops->link(fs, full, name, size);
}

bool sysfs_exists(struct sysfs *fs, const char *path)
{
	char full[SYSFS_PATH_MAX];

	return !full_path(fs, path, full) && fs->ops->kind(fs, full) >= 0;
}

int sysfs_write(struct sysfs *fs, const char *path, const char *value)
{
	char full[SYSFS_PATH_MAX];
	int ret = full_path(fs, path, full);

	if (fs->verbose)
		fprintf(stderr, "apmatrix: write %s: %.*s\n", path,
			(int)strcspn(value, "\n"), value);
	return ret ? ret : fs->ops->write(fs, full, value, strlen(value));
}

char *sysfs_path(const struct sysfs *fs, const char *path)
{
	return xasprintf("%s%s", fs->root, path);
}

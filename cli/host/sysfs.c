// SPDX-License-Identifier: GPL-2.0-only
/* All access to the file system below a root. See sysfs.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <sysfs/dlist.h>
#include <sysfs/libsysfs.h>

#include "host/sysfs.h"

/* libsysfs reads at most one page of this size, without an error if there is more. */
#define ONE_PAGE	4096

/* As many as the kernel follows. */
#define LINKS_MAX	40

/* the part of dlist that is needed, with types */
static void take_list(struct dlist *list, struct names *names)
{
	char *name;

	dlist_for_each_data(list, name, char)
		names_add(names, name);
	sysfs_close_list(list);
}

/* below a root */

/* What is below the root in a full path; "." for the root itself. */
static const char *below(const struct sysfs *fs, const char *full)
{
	full += strlen(fs->root);
	full += strspn(full, "/");
	return *full ? full : ".";
}

/* Each component by itself and never a link: what became one meanwhile is ELOOP. */
int sysfs_open_by_steps(const struct sysfs *fs, const char *path, int flags)
{
	bool last_link = flags & O_NOFOLLOW;
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char *dir = xstrndup(path, (size_t)(name - path));
	char *clean = last_link ? xasprintf("/%s", dir) : xasprintf("/%s", path);
	char *resolved = sysfs_resolve(fs->root, clean);
	char *walk = last_link ? xasprintf("%s/%s", resolved, name) : xstrdup(resolved);
	char *at = walk + strlen(fs->root), *rest = NULL, *word, *next;
	int fd = dup(fs->root_fd), err = 0;

	for (word = strtok_r(at, "/", &rest); word && fd >= 0; word = next) {
		int parent = fd;

		next = strtok_r(NULL, "/", &rest);
		fd = openat(parent, word, next ? O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC :
			    flags | O_NOFOLLOW | O_CLOEXEC);
		err = errno;
		close(parent);
	}
	if (fd >= 0 && (!*at || !strcmp(path, "."))) {
		close(fd);
		fd = openat(fs->root_fd, ".", flags | O_CLOEXEC);
		err = errno;
	}
	free(walk);
	free(resolved);
	free(clean);
	free(dir);
	return fd < 0 ? -err : fd;
}

/* A descriptor, or a negative errno value. No link leads out of the root. */
static int open_file(const struct sysfs *fs, const char *full, int flags)
{
	struct open_how how = {
		.flags = (unsigned int)flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT,
	};
	int fd;

	if (fs->root_fd < 0) {
		fd = open(full, flags | O_CLOEXEC);
		return fd < 0 ? -errno : fd;
	}
	fd = (int)syscall(SYS_openat2, fs->root_fd, below(fs, full), &how, sizeof(how));
	if (fd < 0 && (errno == ENOSYS || errno == EPERM || errno == EAGAIN))
		return sysfs_open_by_steps(fs, below(fs, full), flags);
	return fd < 0 ? -errno : fd;
}

static bool is_kind(mode_t mode, enum entry_kind kind)
{
	return kind == ENTRY_FILE ? S_ISREG(mode) :
	       kind == ENTRY_LINK ? S_ISLNK(mode) : S_ISDIR(mode);
}

static int list_by_reading(struct sysfs *fs, const char *path, enum entry_kind kind,
			   struct names *names)
{
	int fd = open_file(fs, path, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	struct stat info;

	if (fd < 0)
		return fd;
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	while ((entry = readdir(dir))) {
		if (str_is(entry->d_name, ".") || str_is(entry->d_name, ".."))
			continue;
		if (!fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) &&
		    is_kind(info.st_mode, kind))
			names_add(names, entry->d_name);
	}
	closedir(dir);
	return 0;
}

static int real_list(struct sysfs *fs, const char *path, enum entry_kind kind,
		     struct names *names)
{
	struct dlist *list;
	struct stat info;

	if (fs->root_fd >= 0 || kind == ENTRY_FILE)
		return list_by_reading(fs, path, kind, names);
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

/* Waits for nobody: what is no regular file is not read. */
static int read_by_read(struct sysfs *fs, const char *path, struct text *value)
{
	int fd = open_file(fs, path, O_RDONLY | O_NONBLOCK | O_NOCTTY), ret = 0;
	char chunk[8192];
	struct stat info;
	ssize_t len;

	if (fd < 0)
		return fd;
	if (fstat(fd, &info))
		ret = -errno;
	else if (!S_ISREG(info.st_mode))
		ret = S_ISDIR(info.st_mode) ? -EISDIR : -EINVAL;
	while (!ret && (len = read(fd, chunk, sizeof(chunk)))) {
		if (len < 0 && errno != EINTR)
			ret = -errno;
		else if (value->len > SYSFS_READ_MAX)
			ret = -EFBIG;
		else if (len > 0)
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

	if (fs->root_fd >= 0)
		return read_by_read(fs, path, value);
	if (stat(path, &info))
		return -errno;
	/* binary attributes and plain files may be longer than a page */
	if (!S_ISREG(info.st_mode) || !info.st_size || info.st_size > ONE_PAGE)
		return read_by_read(fs, path, value);

	attr = sysfs_open_attribute(path);
	if (!attr)
		return errno ? -errno : -EIO;
	errno = 0;
	if (sysfs_read_attribute(attr) || !attr->value)
		ret = errno ? -errno : -EIO;
	else if (attr->len >= ONE_PAGE)
		ret = read_by_read(fs, path, value);
	else
		text_addn(value, attr->value, attr->len);
	sysfs_close_attribute(attr);
	return ret;
}

static ssize_t read_link(struct sysfs *fs, const char *path, char *target,
			 size_t size)
{
	ssize_t len;
	int fd;

	if (fs->root_fd < 0) {
		len = readlink(path, target, size);
		return len < 0 ? -errno : len;
	}
	fd = open_file(fs, path, O_PATH | O_NOFOLLOW);
	if (fd < 0)
		return fd;
	len = readlinkat(fd, "", target, size);
	if (len < 0)
		len = errno == ENOENT ? -EINVAL : -errno;
	close(fd);
	return len;
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

	len = read_link(fs, path, target, sizeof(target) - 1);
	if (len < 0)
		return (int)len;
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
	int fd, ret = 0;

	if (fs->root_fd < 0) {
		if (lstat(path, &info))
			return -errno;
	} else {
		fd = open_file(fs, path, O_PATH | O_NOFOLLOW);
		if (fd < 0)
			return fd;
		if (fstat(fd, &info))
			ret = -errno;
		close(fd);
		if (ret)
			return ret;
	}
	if (S_ISDIR(info.st_mode))
		return ENTRY_DIRECTORY;
	if (S_ISLNK(info.st_mode))
		return ENTRY_LINK;
	return S_ISREG(info.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

static int real_write(struct sysfs *fs, const char *path, const char *value,
		      size_t len)
{
	int fd = open_file(fs, path, O_WRONLY | O_NONBLOCK), ret = 0;
	ssize_t written;

	if (fd < 0)
		return fd;
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

	*fs = (struct sysfs){ .ops = ops, .root_fd = -1 };
	while (len && root[len - 1] == '/')
		len--;
	if (len > SYSFS_ROOT_MAX)
		return -ENAMETOOLONG;
	if (len && stat(root, &info))
		return -errno;
	if (len && !S_ISDIR(info.st_mode))
		return -ENOTDIR;
	if (len) {
		fs->root_fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (fs->root_fd < 0)
			return -errno;
	}
	fs->root = len ? xstrndup(root, len) : xstrdup("");
	return 0;
}

void sysfs_close(struct sysfs *fs)
{
	if (fs->root && fs->root_fd >= 0)
		close(fs->root_fd);
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

/* Without its last component; "" stays "". */
static void cut_last(struct text *path)
{
	while (path->len && path->at[path->len - 1] != '/')
		path->at[--path->len] = '\0';
	if (path->len)
		path->at[--path->len] = '\0';
}

/* Where a link leads, and what comes behind it; NULL if it is none. */
static char *follow(const char *root, const struct text *done, const char *rest)
{
	char *full = xasprintf("%s%s", root, text_str(done)), *next = NULL;
	char target[PATH_MAX];
	ssize_t len = readlink(full, target, sizeof(target) - 1);

	free(full);
	if (len >= 0) {
		target[len] = '\0';
		next = xasprintf("%s/%s", target, rest);
	}
	return next;
}

char *sysfs_resolve(const char *root, const char *path)
{
	char *pending = xstrdup(path), *at = pending, *next;
	struct text done = { 0 };
	unsigned int links = 0;

	while (*at) {
		size_t len = strcspn(at, "/");
		const char *name = at;

		at += len;
		at += strspn(at, "/");
		if (!len || (len == 1 && *name == '.'))
			continue;
		if (len == 2 && !strncmp(name, "..", 2)) {
			cut_last(&done);
			continue;
		}
		text_add(&done, "/");
		text_addn(&done, name, len);
		next = follow(root, &done, at);
		if (!next)
			continue;
		if (++links > LINKS_MAX) {
			/* a path that cannot be: ENAMETOOLONG */
			free(next);
			free(pending);
			text_free(&done);
			return xasprintf("%s/%0*d", root, NAME_MAX + 1, 0);
		}
		cut_last(&done);
		if (*next == '/')
			text_free(&done);
		free(pending);
		pending = at = next;
	}
	free(pending);
	next = xasprintf("%s%s", root, text_str(&done));
	text_free(&done);
	return next;
}

char *sysfs_resolve_place(const char *root, const char *path)
{
	const char *name = strrchr(path, '/');
	char *dir = xstrndup(path, (size_t)(name - path));
	char *resolved = sysfs_resolve(root, dir);
	char *place = xasprintf("%s%s", resolved, name);

	free(resolved);
	free(dir);
	return place;
}

char *sysfs_path(const struct sysfs *fs, const char *path)
{
	return *fs->root ? sysfs_resolve(fs->root, path) : xstrdup(path);
}

long sysfs_read_number(struct sysfs *fs, const char *path, int base, long none)
{
	char *line = sysfs_read_line(fs, path);
	char *end = line;
	long value = none;

	if (line)
		value = strtol(line, &end, base);
	if (!line || end == line || *end)
		value = none;
	free(line);
	return value;
}

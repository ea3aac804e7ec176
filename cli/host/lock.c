// SPDX-License-Identifier: GPL-2.0-only
/* The lock shared with s390-tools. See lock.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host/lock.h"
#include "lib/clock.h"
#include "lib/paths.h"
#include "lib/signals.h"

/* A file without a number is of a holder that died while writing it: after this. */
#define EMPTY_IS_STALE_S	120
/* Look again at least this often: the end of a process is no event of the file. */
#define LOOK_AGAIN_MS		200

static void read_name(struct lock_holder *holder)
{
	char path[64];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/comm", holder->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	len = read(fd, holder->name, sizeof(holder->name) - 1);
	close(fd);
	holder->name[len > 0 ? len : 0] = '\0';
	holder->name[strcspn(holder->name, "\n")] = '\0';
}

/*
 * Everybody can write to the lock's directory. A lock is a regular file of
 * root's, or of this process's user, who could change nothing otherwise.
 */
static bool is_lock(const struct stat *info)
{
	return S_ISREG(info->st_mode) &&
	       (!info->st_uid || info->st_uid == geteuid());
}

/* Opens no device, follows no link and waits for nobody. */
static enum lock_state look(const char *path, struct lock_holder *holder)
{
	char text[32] = "";
	struct stat info;
	ssize_t len = 0;
	int fd;

	*holder = (struct lock_holder){ 0 };
	if (lstat(path, &info))
		return LOCK_FREE;
	holder->uid = info.st_uid;
	if (!is_lock(&info))
		return LOCK_FOREIGN;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return LOCK_FREE;
	if (fd >= 0) {
		if (!fstat(fd, &info) && is_lock(&info))
			len = read(fd, text, sizeof(text) - 1);
		else
			holder->uid = info.st_uid;
		close(fd);
		if (!is_lock(&info))
			return LOCK_FOREIGN;
	}
	holder->age = (long)(time(NULL) - info.st_mtime);
	holder->pid = len > 0 ? strtol(text, NULL, 10) : 0;
	if (holder->pid <= 0) {
		holder->pid = 0;
		return holder->age < EMPTY_IS_STALE_S ? LOCK_HELD : LOCK_STALE;
	}
	if (kill((pid_t)holder->pid, 0) && errno == ESRCH)
		return LOCK_STALE;
	read_name(holder);
	return LOCK_HELD;
}

enum lock_state lock_look(struct sysfs *fs, struct lock_holder *holder)
{
	char *path = sysfs_resolve_place(fs->root, LOCK_FILE);
	enum lock_state state = look(path, holder);

	free(path);
	return state;
}

/* Our number into an empty file, and closes it. */
static int fill(int fd)
{
	char number[32];
	int len = snprintf(number, sizeof(number), "%ld\n", (long)getpid());
	int ret = 0;

	errno = 0;
	if (write(fd, number, (size_t)len) != len)
		ret = errno ? -errno : -EIO;
	if (fchmod(fd, 0644) && !ret)
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

/* A temporary file beside the lock, with our number in it. */
static int make_temporary(const char *path, char **temporary)
{
	char *name = xasprintf("%s.XXXXXX", path);
	int fd = mkostemp(name, O_CLOEXEC);
	int ret = fd < 0 ? -errno : fill(fd);

	if (fd >= 0 && ret)
		unlink(name);
	if (ret)
		free(name);
	else
		*temporary = name;
	return ret;
}

/* The same under a name that is ours already. */
static int remake_temporary(const char *temporary)
{
	int fd;

	unlink(temporary);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return fd < 0 ? -errno : fill(fd);
}

void lock_phrase(const struct lock_holder *holder, struct text *who)
{
	if (*holder->name)
		text_addf(who, "%s (process %ld)", holder->name, holder->pid);
	else if (holder->pid)
		text_addf(who, "process %ld", holder->pid);
	else
		text_add(who, "an unknown process");
}

static void discard(const char *path)
{
	/* somebody may have put a directory there; a full one stays, out of the way */
	if (unlink(path) && errno == EISDIR)
		rmdir(path);
}

/*
 * Puts our finished file in the place of what is no lock, or none any more, in
 * one step, so that nobody gets in between. Whoever else saw it may have
 * replaced it by then: what comes out is looked at again, and put back if it is
 * alive. 0, -EAGAIN to look again, or another errno value.
 */
static int replace(const char *path, const char *temporary)
{
	struct lock_holder holder;
	int ret;

	if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_EXCHANGE))
		return errno == ENOENT ? -EAGAIN : -errno;
	if (look(temporary, &holder) != LOCK_HELD) {
		discard(temporary);
		return 0;
	}
	if (!renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_EXCHANGE))
		return -EAGAIN;
	if (errno != ENOENT)
		return -errno;
	/* its holder has dropped what stood there, which was ours */
	ret = remake_temporary(temporary);
	return ret ? ret : -EAGAIN;
}

static int make_directory(const char *path)
{
	char *dir = xstrdup(path);
	int ret = 0;
	char *at;

	for (at = strchr(dir + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(dir, 0755) && errno != EEXIST)
			ret = -errno;
		*at = '/';
	}
	free(dir);
	return ret;
}

/* Returns when the directory of the lock changed, or after a while. */
static void wait_for_change(int watch, int wake, long long deadline)
{
	struct pollfd fds[] = {
		{ .fd = watch, .events = POLLIN }, { .fd = wake, .events = POLLIN },
	};
	long long left = clock_left(deadline);
	char events[4096];

	if (left > LOOK_AGAIN_MS)
		left = LOOK_AGAIN_MS;
	if (poll(fds, 2, (int)left) > 0 && fds[0].revents &&
	    read(watch, events, sizeof(events)) < 0)
		return;
}

static int watch_directory(const char *path)
{
	char *dir = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	int watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (watch >= 0)
		inotify_add_watch(watch, dir, IN_DELETE | IN_MOVED_FROM);
	free(dir);
	return watch;
}

/* One attempt: 0, -EBUSY if it is held, -EAGAIN, or another errno value. */
static int try_lock(const char *path, const char *temporary,
		    struct lock_holder *holder)
{
	if (!link(temporary, path))
		return 0;
	if (errno != EEXIST)
		return -errno;
	switch (look(path, holder)) {
	case LOCK_HELD:
		return -EBUSY;
	case LOCK_STALE:
	case LOCK_FOREIGN:
		return replace(path, temporary);
	case LOCK_FREE:
		break;
	}
	return -EAGAIN;
}

/* Temporary files of those that were killed while they waited. */
static void remove_left_over(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	char *dir_path = xstrndup(path, (size_t)(name - path));
	size_t len = strlen(name);
	struct lock_holder holder;
	struct dirent *entry;
	DIR *dir = opendir(dir_path);

	while (dir && (entry = readdir(dir))) {
		char *file;

		if (strncmp(entry->d_name, name, len) || entry->d_name[len] != '.' ||
		    strlen(entry->d_name) != len + strlen(".XXXXXX"))
			continue;
		file = xasprintf("%s%s", dir_path, entry->d_name);
		if (look(file, &holder) == LOCK_STALE)
			unlink(file);
		free(file);
	}
	if (dir)
		closedir(dir);
	free(dir_path);
}

int lock_take(struct lock *lock, struct sysfs *fs, unsigned int wait_ms,
	      struct lock_holder *holder)
{
	char *path = sysfs_resolve_place(fs->root, LOCK_FILE), *temporary = NULL;
	long long deadline = clock_ms() + wait_ms;
	int ret, watch = -1, wake = signals_fd();

	*holder = (struct lock_holder){ 0 };
	ret = make_temporary(path, &temporary);
	if (ret == -ENOENT) {
		make_directory(path);
		ret = make_temporary(path, &temporary);
	}
	if (ret)
		goto out;
	for (;;) {
		ret = try_lock(path, temporary, holder);
		if (ret != -EBUSY && ret != -EAGAIN)
			break;
		if (signals_pending()) {
			ret = -EINTR;
			break;
		}
		if (clock_ms() >= deadline) {
			ret = -EBUSY;
			break;
		}
		/* what happened before it was watched is looked for once more */
		if (watch < 0 && (watch = watch_directory(path)) >= 0)
			continue;
		if (ret == -EBUSY)
			wait_for_change(watch, wake, deadline);
	}
	unlink(temporary);
	if (!ret) {
		remove_left_over(path);
		lock->path = path;
		path = NULL;
	}
out:
	if (watch >= 0)
		close(watch);
	if (wake >= 0)
		close(wake);
	free(temporary);
	free(path);
	return ret;
}

void lock_drop(struct lock *lock)
{
	if (!lock->path)
		return;
	unlink(lock->path);
	free(lock->path);
	lock->path = NULL;
}

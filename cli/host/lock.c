// SPDX-License-Identifier: GPL-2.0-only
/* The lock shared with s390-tools. See lock.h. */
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
#include "lib/kernel-abi.h"

/* A file without a number is of a holder that died while writing it: after this. */
#define EMPTY_IS_STALE_S	120
/* Look again at least this often: the end of a process is no event of the file. */
#define LOOK_AGAIN_MS		200

static long read_pid(const char *path, long *age)
{
	char text[32] = "";
	struct stat info;
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	len = read(fd, text, sizeof(text) - 1);
	*age = fstat(fd, &info) ? 0 : (long)(time(NULL) - info.st_mtime);
	close(fd);
	return len > 0 ? strtol(text, NULL, 10) : 0;
}

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

/* Is the lock held by somebody who still exists? */
static bool look(const char *path, struct lock_holder *holder)
{
	long pid;

	*holder = (struct lock_holder){ 0 };
	pid = read_pid(path, &holder->age);
	if (pid < 0)
		return false;
	holder->pid = pid;
	if (!pid)
		return holder->age < EMPTY_IS_STALE_S;
	if (kill((pid_t)pid, 0) && errno == ESRCH)
		return false;
	read_name(holder);
	return true;
}

bool lock_look(const struct sysfs *fs, struct lock_holder *holder)
{
	char *path = sysfs_path(fs, LOCK_FILE);
	bool held = look(path, holder);

	free(path);
	return held;
}

/* A temporary file beside the lock, with our number in it. */
static int make_temporary(const char *path, char **temporary)
{
	char *name = xasprintf("%s.XXXXXX", path);
	char number[32];
	int len = snprintf(number, sizeof(number), "%ld\n", (long)getpid());
	int fd = mkostemp(name, O_CLOEXEC), ret = 0;

	if (fd < 0) {
		ret = -errno;
		free(name);
		return ret;
	}
	if (write(fd, number, (size_t)len) != len)
		ret = errno ? -errno : -EIO;
	if (fchmod(fd, 0644) && !ret)
		ret = -errno;
	if (close(fd) && !ret)
		ret = -errno;
	if (ret) {
		unlink(name);
		free(name);
		return ret;
	}
	*temporary = name;
	return 0;
}

/*
 * A stale lock is moved aside before it is thrown away. Whoever else saw it
 * may have replaced it by then: what was moved is looked at again, and put
 * back if it is alive.
 */
static void break_stale(const char *path, const char *temporary)
{
	struct lock_holder holder;
	char *aside = xasprintf("%s.stale", temporary);

	if (!rename(path, aside)) {
		if (look(aside, &holder) && link(aside, path))
			fprintf(stderr, "apmatrix: a lock of process %ld got lost\n",
				holder.pid);
		unlink(aside);
	}
	free(aside);
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

/* Returns when something happened to the lock's directory, or after a while. */
static void wait_for_change(int watch, long long deadline)
{
	struct pollfd fd = { .fd = watch, .events = POLLIN };
	long long left = clock_left(deadline);
	char events[4096];

	if (!left)
		return;
	if (left > LOOK_AGAIN_MS)
		left = LOOK_AGAIN_MS;
	if (poll(&fd, watch >= 0, (int)left) > 0 &&
	    read(watch, events, sizeof(events)) < 0)
		return;
}

int lock_take(struct lock *lock, const struct sysfs *fs, unsigned int wait_ms,
	      struct lock_holder *holder)
{
	char *path = sysfs_path(fs, LOCK_FILE), *temporary = NULL, *dir;
	long long deadline = clock_ms() + wait_ms;
	int ret, watch = -1;

	*holder = (struct lock_holder){ 0 };
	ret = make_temporary(path, &temporary);
	if (ret == -ENOENT) {
		make_directory(path);
		ret = make_temporary(path, &temporary);
	}
	if (ret)
		goto out;
	for (;;) {
		if (!link(temporary, path)) {
			lock->path = path;
			path = NULL;
			ret = 0;
			break;
		}
		ret = -errno;
		if (ret != -EEXIST)
			break;
		if (!look(path, holder)) {
			break_stale(path, temporary);
			continue;
		}
		ret = -EBUSY;
		if (clock_ms() >= deadline)
			break;
		if (watch < 0) {
			watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
			dir = xstrndup(path, (size_t)(strrchr(path, '/') - path));
			if (watch >= 0)
				inotify_add_watch(watch, dir,
						  IN_DELETE | IN_MOVED_FROM);
			free(dir);
			continue;
		}
		wait_for_change(watch, deadline);
	}
	unlink(temporary);
	if (watch >= 0)
		close(watch);
out:
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

// SPDX-License-Identifier: GPL-2.0-only
/* The end of the time for a confirmation. See expiry.h. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include "change/expiry.h"
#include "change/journal.h"
#include "host/lock.h"
#include "lib/clock.h"
#include "lib/paths.h"
#include "lib/signals.h"

/* systemd is the first process, as sd_booted(3) finds out. */
#define SYSTEMD_RUNS	"/run/systemd/system"
/* Look again at least this often, for a file system that reports nothing. */
#define LOOK_AGAIN_MS	1000

/* The path of this program; NULL if it is not known any more. */
static char *own_path(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));

	return len > 0 && len < PATH_MAX ? xstrndup(path, (size_t)len) : NULL;
}

static void clean_process(void)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	/* whoever reads what the tool prints does not wait for this process */
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	close_range(3, ~0u, 0);
	signal(SIGHUP, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* 0 if it exited with 0. */
static int run_program(char *const *words)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (!pid) {
		clean_process();
		execvp(words[0], words);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

static int start_unit(struct expiry *expiry, const char *program, const char *id,
		      const char *seconds, const char *root)
{
	char *unit = xasprintf("--unit=apmatrix-confirm-%s", id);
	const char *const words[] = {
		"systemd-run", "--quiet", "--collect", unit,
		"--description=Undo a change of apmatrix that is not confirmed",
		/* it is not to be killed by chance; a refusal is no such end */
		"--property=Restart=on-abnormal", program, "undo", "--unconfirmed", id,
		"--timeout", seconds, "--root", root, NULL,
	};
	int ret = run_program((char *const *)words);

	if (!ret)
		expiry->unit = xasprintf("apmatrix-confirm-%s.service", id);
	free(unit);
	return ret;
}

static int start_process(struct expiry *expiry, const char *id, const char *seconds,
			 const char *root)
{
	const char *const words[] = {
		"apmatrix", "undo", "--unconfirmed", id, "--timeout", seconds, "--root",
		root, NULL,
	};
	pid_t pid;

	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		/* the end of the terminal's session is not its end */
		setsid();
		clean_process();
		if (chdir("/"))
			_exit(126);
		execv("/proc/self/exe", (char *const *)words);
		_exit(127);
	}
	expiry->pid = pid;
	return 0;
}

int expiry_start(struct expiry *expiry, struct sysfs *fs, const char *id,
		 const char *seconds)
{
	char *program, root[PATH_MAX] = "/";
	int ret = -ENOENT;

	*expiry = (struct expiry){ 0 };
	if (*fs->root && !realpath(fs->root, root))
		return -errno;
	program = own_path();
	if (program && sysfs_exists(fs, SYSTEMD_RUNS))
		ret = start_unit(expiry, program, id, seconds, root);
	if (ret)
		ret = start_process(expiry, id, seconds, root);
	free(program);
	return ret;
}

void expiry_cancel(struct expiry *expiry)
{
	const char *const words[] = { "systemctl", "stop", expiry->unit, NULL };

	if (expiry->unit)
		run_program((char *const *)words);
	if (expiry->pid && !kill(expiry->pid, SIGTERM))
		waitpid(expiry->pid, NULL, 0);
	expiry_free(expiry);
}

void expiry_free(struct expiry *expiry)
{
	free(expiry->unit);
	*expiry = (struct expiry){ 0 };
}

static bool is_there(struct sysfs *fs, const char *id)
{
	struct journal_entry entry;
	bool there = !journal_read_record(fs, UNCONFIRMED_FILE, &entry) &&
		     str_is(entry.id, id);

	journal_entry_free(&entry);
	return there;
}

/*
 * Who started this process holds the lock until the record is there. A lock whose holder is gone
 * counts: the next change completes that one, or undoes it.
 */
static bool is_being_made(struct sysfs *fs)
{
	struct lock_holder holder;

	return lock_look(fs, &holder) != LOCK_FREE;
}

bool expiry_wait(struct sysfs *fs, const char *id, unsigned int wait_ms)
{
	char *dir = sysfs_resolve(fs->root, RUN_DIR), events[4096];
	struct pollfd watch = { .fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK),
				.events = POLLIN };
	long long end = clock_ms() + wait_ms, left;
	bool seen = false, waits = true;

	if (watch.fd >= 0)
		inotify_add_watch(watch.fd, dir, IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
						 IN_DELETE_SELF);
	while (waits && (left = clock_left(end))) {
		/* in this order: once it is made, the record is there, or was */
		bool being_made = !seen && is_being_made(fs);
		bool there = is_there(fs, id);

		waits = there || being_made;
		seen = seen || there;
		if (waits && poll(&watch, 1, (int)(left < LOOK_AGAIN_MS ? left :
						    LOOK_AGAIN_MS)) > 0 &&
		    read(watch.fd, events, sizeof(events)) < 0)
			waits = errno == EAGAIN;
	}
	if (watch.fd >= 0)
		close(watch.fd);
	free(dir);
	return waits;
}

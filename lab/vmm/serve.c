// SPDX-License-Identifier: GPL-2.0-only
/*
 * A VMM in the background: a server on a Unix socket in a directory, with a
 * thread for each client, and the client.
 *
 * DIR/sock appears when the server listens (it is renamed into place), so a
 * client can wait for it with inotify. DIR/pid holds the server's process ID.
 */
#include <errno.h>
#include <limits.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "dispatch.h"
#include "serve.h"
#include "session.h"

#define SERVER_WAIT_MS	10000
#define INHERITED_MAX	64

static struct session session;

static int path_in(const char *dir, const char *name, struct sockaddr_un *addr)
{
	addr->sun_family = AF_UNIX;
	if (snprintf(addr->sun_path, sizeof(addr->sun_path), "%s/%s", dir, name) >=
	    (int)sizeof(addr->sun_path)) {
		fprintf(stderr, "apvmm: %s: path too long\n", dir);
		return -ENAMETOOLONG;
	}
	return 0;
}

static int print_error(const char *what)
{
	fprintf(stderr, "apvmm: %s: %s\n", what, strerror(errno));
	return 2;
}

/* Reads commands until the client closes or one of them is quit. */
static void *client_main(void *arg)
{
	int fd = (int)(intptr_t)arg;
	FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
	char *line = NULL;
	size_t size = 0;

	while (in && out && !session.quit && getline(&line, &size, in) > 0)
		session_command(&session, line, out);
	free(line);
	if (session.quit)
		exit(0);
	if (out)
		fclose(out);
	if (in)
		fclose(in);
	return NULL;
}

static void write_pid(const char *dir, pid_t pid)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/pid", dir);
	file = fopen(path, "w");
	if (!file)
		return;
	fprintf(file, "%d\n", pid);
	fclose(file);
}

/*
 * Closes the caller's output, because the caller may wait for its end, and what else it has
 * left open, which may be a lock.
 */
static void detach_from_caller(const char *dir, int keep)
{
	char path[PATH_MAX];

	for (int fd = STDERR_FILENO + 1; fd < INHERITED_MAX; fd++)
		if (fd != keep)
			close(fd);

	snprintf(path, sizeof(path), "%s/log", dir);
	if (!freopen("/dev/null", "r", stdin) || !freopen(path, "w", stdout) ||
	    dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		exit(print_error(path));
}

int serve(const char *dir, bool background)
{
	struct sockaddr_un addr = { }, temp = { };
	int fd, client;
	pthread_t thread;

	if (path_in(dir, "sock", &addr) || path_in(dir, ".new", &temp))
		return 2;
	if (mkdir(dir, 0700) && errno != EEXIST)
		return print_error(dir);
	unlink(addr.sun_path);
	unlink(temp.sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&temp, sizeof(temp)) || listen(fd, 16))
		return print_error(dir);
	/* Fork before threads exist: a fork does not copy them. */
	if (background) {
		pid_t pid = fork();

		if (pid < 0)
			return print_error("fork");
		if (pid) {
			/* The socket listens already. */
			write_pid(dir, pid);
			if (rename(temp.sun_path, addr.sun_path))
				return print_error(dir);
			return 0;
		}
		detach_from_caller(dir, fd);
	} else {
		write_pid(dir, getpid());
		if (rename(temp.sun_path, addr.sun_path))
			return print_error(dir);
	}
	session_init(&session);
	for (;;) {
		client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (client < 0)
			return print_error("accept");
		if (pthread_create(&thread, NULL, client_main, (void *)(intptr_t)client))
			close(client);
		else
			pthread_detach(thread);
	}
}

/*
 * Connects; waits for the server to appear if it does not exist yet. Only then is there an inotify
 * descriptor, since the kernel lets its close() wait for a grace period.
 */
static int connect_to(const char *dir)
{
	char parent[PATH_MAX];
	struct sockaddr_un addr = { };
	struct pollfd pfd = { .fd = -1, .events = POLLIN };
	char events[4096];
	int fd = -1, waited = 0;

	if (path_in(dir, "sock", &addr))
		return -1;
	snprintf(parent, sizeof(parent), "%s", dir);
	for (;;) {
		char copy[PATH_MAX];
		bool watched = pfd.fd >= 0;

		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (fd < 0 || !connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
			break;
		close(fd);
		fd = -1;
		/* Refused: the server has died. ENOENT: it has not started yet. */
		if (waited || errno != ENOENT)
			break;
		if (watched) {
			waited = poll(&pfd, 1, SERVER_WAIT_MS) <= 0;
			if (!waited && read(pfd.fd, events, sizeof(events)) < 0)
				break;
		} else {
			pfd.fd = inotify_init1(IN_CLOEXEC);
			if (pfd.fd < 0)
				break;
		}
		snprintf(copy, sizeof(copy), "%s", parent);
		inotify_add_watch(pfd.fd, dirname(copy), IN_CREATE | IN_MOVED_TO);
		inotify_add_watch(pfd.fd, dir, IN_CREATE | IN_MOVED_TO);
	}
	if (pfd.fd >= 0)
		close(pfd.fd);
	if (fd < 0)
		fprintf(stderr, "apvmm: no server at %s\n", dir);
	return fd;
}

int send_command(const char *dir, const char *command)
{
	int fd = connect_to(dir);
	char *line = NULL;
	size_t size = 0;
	bool ok = false, any = false;
	FILE *in;

	if (fd < 0)
		return 2;
	dprintf(fd, "%s\n", command);
	shutdown(fd, SHUT_WR);
	in = fdopen(fd, "r");
	while (getline(&line, &size, in) > 0) {
		fputs(line, stdout);
		any = true;
		ok = !strncmp(line, "ok", 2);
	}
	fclose(in);
	free(line);
	if (!any)
		fprintf(stderr, "apvmm: the server at %s has ended\n", dir);
	return ok ? 0 : any ? 1 : 2;
}

/* Until the server's process has ended, whoever its parent is. */
int wait_for_server(const char *dir)
{
	char path[PATH_MAX];
	struct pollfd pfd = { .events = POLLIN };
	FILE *file;
	int pid;

	snprintf(path, sizeof(path), "%s/pid", dir);
	file = fopen(path, "r");
	if (!file)
		return print_error(path);
	if (fscanf(file, "%d", &pid) != 1)
		pid = -1;
	fclose(file);
	pfd.fd = syscall(SYS_pidfd_open, pid, 0);
	if (pfd.fd < 0)
		return errno == ESRCH ? 0 : print_error("pidfd_open");
	while (poll(&pfd, 1, -1) < 0 && errno == EINTR)
		;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lab's agent in the guest: runs the command and transfers its streams to and from the host.
 *
 * All data is sent as frames (type, 32-bit big-endian length, payload) through one
 * virtio-serial port, which keeps their order: the exit frame arrives after all output of
 * the command. The command uses ordinary pipes, or a pseudo terminal with -t.
 *
 * to the host:   O stdout, E stderr, L a line about the bring-up, K kernel log,
 *                C counters of lab/coverage, X exit status (32 bits), F failure (exit
 *                status, text)
 * from the host: I stdin (empty: end of file), W terminal size (rows, columns: 16 bits)
 *
 * usage: agent PORT [-t] -- COMMAND...     run COMMAND, report its status
 *        agent PORT -l TEXT                report a line about the bring-up
 *        agent PORT -f STATUS TEXT         report that the bring-up failed
 *
 * If the agent is init, it powers the guest off on errors. After the last frame, X or F, the host
 * ends QEMU when it has read that frame. The guest must not power off before: frames may still wait
 * in the port's queue, and QEMU loses them when it ends.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEADER		5
#define PAYLOAD		(16 * 1024)
#define STATUS_NOT_RUN	126
#define STATUS_NOT_FOUND 127
#define PORT_RETRY_MS	10

static int port;
static unsigned char input[HEADER + PAYLOAD];
static size_t input_len;
static size_t fed;	/* bytes of the first frame in input already written to the command */

static void __attribute__((noreturn)) end(int status)
{
	if (getpid() == 1) {
		sync();
		reboot(RB_POWER_OFF);
		for (;;)
			pause();
	}
	exit(status);
}

/* After the last frame. As init, waits until the host ends QEMU or closes the port. */
static void __attribute__((noreturn)) end_with_host(int status)
{
	struct pollfd wait = { .fd = port };

	while (getpid() == 1 && !(wait.revents & POLLHUP))
		poll(&wait, 1, -1);
	end(status);
}

static void __attribute__((noreturn)) die(const char *what)
{
	fprintf(stderr, "agent: %s: %s\n", what, strerror(errno));
	end(1);
}

/* Blocks while the host does not read. The command then blocks too, as with a pipe. */
static void write_all(int fd, const void *data, size_t len)
{
	const char *next = data;
	ssize_t done;

	while (len) {
		done = write(fd, next, len);
		if (done < 0) {
			struct pollfd wait = { .fd = fd, .events = POLLOUT };

			if (errno != EINTR && errno != EAGAIN)
				die("port");
			poll(&wait, 1, -1);
			continue;
		}
		next += done;
		len -= done;
	}
}

static void send_frame(char type, const void *data, uint32_t len)
{
	unsigned char frame[HEADER + PAYLOAD];
	uint32_t wire = htobe32(len);

	frame[0] = type;
	memcpy(frame + 1, &wire, sizeof(wire));
	memcpy(frame + HEADER, data, len);
	write_all(port, frame, HEADER + len);
}

static void send_failure(int status, const char *text)
{
	char payload[1024];
	uint32_t wire = htobe32(status);
	int len;

	memcpy(payload, &wire, sizeof(wire));
	len = snprintf(payload + sizeof(wire), sizeof(payload) - sizeof(wire), "%s", text);
	if (len > (int)(sizeof(payload) - sizeof(wire) - 1))
		len = sizeof(payload) - sizeof(wire) - 1;
	send_frame('F', payload, sizeof(wire) + len);
}

/* Sends all records since boot. Unlike syslog(2), /dev/kmsg ignores an earlier dmesg -c. */
static void send_kernel_log(void)
{
	char record[8192];
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return;
	for (;;) {
		len = read(fd, record, sizeof(record));
		if (len > 0)
			send_frame('K', record, len);
		else if (len < 0 && errno == EPIPE)
			continue;	/* record overwritten: read the oldest remaining one */
		else
			break;
	}
	close(fd);
}

/* Sends the counters of modules, if they have any. */
static void send_coverage(void)
{
	char data[PAYLOAD];
	int fd = open("/sys/kernel/debug/coverage", O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return;
	while ((len = read(fd, data, sizeof(data))) > 0)
		send_frame('C', data, len);
	close(fd);
}

/* Sends available output of the command to the host. Returns false at end of file. */
static int forward(int fd, char type)
{
	char data[PAYLOAD];
	ssize_t len = read(fd, data, sizeof(data));

	if (len > 0)
		send_frame(type, data, len);
	else if (len == 0 || (errno != EAGAIN && errno != EINTR))
		return 0;
	return 1;
}

static void drain(int fd, char type)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	if (fd < 0)
		return;
	while (poll(&ready, 1, 0) > 0 && (ready.revents & (POLLIN | POLLHUP)))
		if (!forward(fd, type))
			break;
}

static void set_window(int fd, const unsigned char *payload)
{
	struct winsize window = { 0 };
	uint16_t size[2];

	memcpy(size, payload, sizeof(size));
	window.ws_row = be16toh(size[0]);
	window.ws_col = be16toh(size[1]);
	ioctl(fd, TIOCSWINSZ, &window);
}

/*
 * Writes the rest of the first input frame to the command. Returns 0 if all of it is written,
 * 1 if the command must read first, and -1 if the command accepts no more input.
 */
static int feed(int in_fd, const unsigned char *payload, size_t len)
{
	ssize_t done;

	while (fed < len) {
		done = write(in_fd, payload + fed, len - fed);
		if (done < 0 && errno == EAGAIN)
			return 1;
		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0)
			fed += done;
	}
	return 0;
}

/*
 * Processes the complete frames from the host. Stops and sets *stalled if the command must read
 * before a frame can be written to it. Returns the fd of the command's input, or -1 if closed.
 */
static int take_frames(int in_fd, int tty, int *stalled)
{
	uint32_t len;
	int ret;

	*stalled = 0;
	while (input_len >= HEADER) {
		memcpy(&len, input + 1, sizeof(len));
		len = be32toh(len);
		if (len > PAYLOAD)
			die("frame from the host");
		if (input_len < HEADER + len)
			break;
		if (input[0] == 'W' && tty && len == 4)
			set_window(in_fd, input + HEADER);
		if (input[0] == 'I' && in_fd >= 0) {
			ret = len || tty ? feed(in_fd, input + HEADER, len) : -1;
			if (ret > 0) {
				*stalled = 1;
				break;
			}
			/* end of input, or the command closed its input */
			if (ret < 0) {
				if (!tty)
					close(in_fd);
				in_fd = -1;
			}
		}
		fed = 0;
		input_len -= HEADER + len;
		memmove(input, input + HEADER + len, input_len);
	}
	return in_fd;
}

static int __attribute__((noreturn)) run_command(char **argv)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	execvp(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUN);
}

/* Starts the command. fds: our ends of its stdin, stdout and stderr (-1 with a terminal). */
static pid_t start(char **argv, int tty, int fds[3])
{
	int in[2], out[2], err[2];
	pid_t pid;

	if (tty) {
		pid = forkpty(&fds[0], NULL, NULL, NULL);
		if (pid < 0)
			die("forkpty");
		if (!pid)
			run_command(argv);
		fds[1] = fds[0];
		fds[2] = -1;
		return pid;
	}

	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
		die("pipe");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (!pid) {
		setsid();
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		run_command(argv);
	}
	close(in[0]);
	close(out[1]);
	close(err[1]);
	fds[0] = in[1];
	fds[1] = out[0];
	fds[2] = err[0];
	return pid;
}

/* Reaps all children, since we may be init. Returns true if the command was one of them. */
static int reap(pid_t command, int *status)
{
	int one, found = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &one, WNOHANG)) > 0) {
		if (pid != command)
			continue;
		*status = WIFEXITED(one) ? WEXITSTATUS(one) : 128 + WTERMSIG(one);
		found = 1;
	}
	return found;
}

static int serve(char **argv, int tty)
{
	enum { CHILD, PORT, IN, OUT, ERR, NR };
	struct pollfd wait[NR];
	int fds[3], status = 0, ended = 0, stalled = 0, gone = 0;
	sigset_t child;
	pid_t pid;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	signal(SIGPIPE, SIG_IGN);

	pid = start(argv, tty, fds);
	fcntl(fds[0], F_SETFL, fcntl(fds[0], F_GETFL) | O_NONBLOCK);
	wait[CHILD] = (struct pollfd){ signalfd(-1, &child, SFD_CLOEXEC), POLLIN, 0 };
	wait[PORT] = (struct pollfd){ port, POLLIN, 0 };
	wait[IN] = (struct pollfd){ -1, POLLOUT, 0 };
	wait[OUT] = (struct pollfd){ fds[1], POLLIN, 0 };
	wait[ERR] = (struct pollfd){ fds[2], POLLIN, 0 };

	while (!ended) {
		if (poll(wait, NR, -1) < 0) {
			if (errno == EINTR)
				continue;
			die("poll");
		}
		if (wait[OUT].revents && !forward(fds[1], 'O'))
			wait[OUT].fd = -1;
		if (wait[ERR].revents && !forward(fds[2], 'E'))
			wait[ERR].fd = -1;
		if (wait[PORT].revents & POLLIN) {
			ssize_t len = read(port, input + input_len, sizeof(input) - input_len);

			if (len > 0)
				input_len += len;
			fds[0] = take_frames(fds[0], tty, &stalled);
		} else if (wait[IN].revents) {
			fds[0] = take_frames(fds[0], tty, &stalled);
		} else if (wait[PORT].revents & POLLHUP) {
			gone = 1;	/* the host closed the port: wait for the command */
		}
		/* while the command does not read its input, do not read from the host */
		wait[PORT].fd = gone || stalled ? -1 : port;
		wait[IN].fd = stalled ? fds[0] : -1;
		if (wait[CHILD].revents) {
			struct signalfd_siginfo info;

			if (read(wait[CHILD].fd, &info, sizeof(info)) > 0)
				ended = reap(pid, &status);
		}
	}
	/* send what is in the pipes now; do not wait for children that are still running */
	drain(fds[1], 'O');
	drain(fds[2], 'E');
	return status;
}

/*
 * Opens the port. Waits until it appears, which may be after the start of the agent. The driver
 * makes the node before it knows the port: open() fails with ENXIO for a moment, and nothing in
 * /dev tells when that is over.
 */
static int open_port(const char *pattern)
{
	struct pollfd wait = { .fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), .events = POLLIN };
	char event[4096];
	glob_t found;
	int fd, known;

	if (wait.fd < 0 || inotify_add_watch(wait.fd, "/dev", IN_CREATE) < 0)
		die("inotify");
	for (;;) {
		known = !glob(pattern, 0, NULL, &found);
		if (known) {
			fd = open(found.gl_pathv[0], O_RDWR | O_CLOEXEC);
			if (fd < 0 && errno != ENXIO)
				die(found.gl_pathv[0]);
			globfree(&found);
			if (fd >= 0) {
				close(wait.fd);
				return fd;
			}
		}
		poll(&wait, 1, known ? PORT_RETRY_MS : -1);
		while (read(wait.fd, event, sizeof(event)) > 0)
			;
	}
}

int main(int argc, char **argv)
{
	uint32_t wire;
	int status, tty = 0, next = 2;

	if (argc < 4)
		return 2;
	port = open_port(argv[1]);

	if (!strcmp(argv[2], "-l")) {
		send_frame('L', argv[3], strnlen(argv[3], PAYLOAD));
		return 0;
	}
	if (!strcmp(argv[2], "-f")) {
		send_kernel_log();
		send_failure(atoi(argv[3]), argc > 4 ? argv[4] : "");
		end_with_host(1);
	}
	if (!strcmp(argv[next], "-t")) {
		tty = 1;
		next++;
	}
	if (!argv[next] || strcmp(argv[next], "--") || !argv[next + 1])
		return 2;

	status = serve(argv + next + 1, tty);
	send_kernel_log();
	send_coverage();
	wire = htobe32(status);
	send_frame('X', &wire, sizeof(wire));
	end_with_host(0);
}

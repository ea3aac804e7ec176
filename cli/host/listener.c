// SPDX-License-Identifier: GPL-2.0-only
/* Waits for changes of the host. See listener.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "format/uevent.h"
#include "host/listener.h"
#include "host/read-matrices.h"
#include "lib/clock.h"
#include "lib/defaults.h"
#include "lib/paths.h"
#include "lib/sysfs-names.h"

#define KERNEL_GROUP		1	/* udev sends to another one */
#define SOCKET_BUFFER		(1 << 20)
/* The interval and its duration while a VMM starts or ends. */
#define SETTLE_MS		100
#define UNSETTLED_MS		2000

/*
 * One cause has many messages. Messages that follow another within this time
 * belong to it, up to a maximum.
 */
#define QUIET_MS		20
#define BURST_MS		250

#define DEV_VFIO		"/dev/vfio"

static struct nl_sock *open_socket(void)
{
	struct nl_sock *socket = nl_socket_alloc();

	if (!socket)
		return NULL;
	/* these messages have no netlink header, so there is nothing to check */
	nl_socket_disable_seq_check(socket);
	nl_join_groups(socket, KERNEL_GROUP);
	if (nl_connect(socket, NETLINK_KOBJECT_UEVENT) ||
	    nl_socket_set_nonblocking(socket) ||
	    nl_socket_set_passcred(socket, 1)) {
		nl_socket_free(socket);
		return NULL;
	}
	nl_socket_set_buffer_size(socket, SOCKET_BUFFER, 0);
	return socket;
}

/* The watch, or a negative number. */
static int watch(struct listener *listener, const char *path, uint32_t mask)
{
	char *full = sysfs_path(listener->fs, path);
	/* two of ours may be one directory */
	int ret = inotify_add_watch(listener->inotify, full,
				    mask | IN_ONLYDIR | IN_MASK_ADD);

	free(full);
	if (ret > listener->last_watch)
		listener->last_watch = ret;
	return ret;
}

/* A directory, or while it is not there, its nearest ancestor that is. */
static void watch_files(struct listener *listener, const char *path)
{
	char *at = xstrdup(path), *slash;

	while (watch(listener, *at ? at : "/",
		     IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
		     IN_CREATE) < 0) {
		slash = strrchr(at, '/');
		if (!slash) {
			listener->complete = false;
			break;
		}
		*slash = '\0';
	}
	free(at);
}

/* Reading it says that all changes until then are seen. */
static bool rearm(int fd)
{
	char number[32];

	return pread(fd, number, sizeof(number), 0) > 0;
}

/*
 * The guest's generation can be polled, and loses no change, also where no uevent
 * arrives: in a container, or after an overrun. true if it is new.
 */
static bool watch_generation(struct listener *listener, const char *uuid)
{
	struct generation *generation;
	char *path, *full;
	size_t i;
	int fd;

	for (i = 0; i < listener->nr_generations; i++) {
		if (str_is(listener->generations[i].uuid, uuid))
			return false;
	}
	path = matrix_path(uuid, ATTR_GENERATION);
	full = sysfs_path(listener->fs, path);
	fd = open(full, O_RDONLY | O_CLOEXEC);
	free(full);
	free(path);
	if (fd < 0)
		return false;
	if (!rearm(fd)) {
		close(fd);
		return false;
	}
	listener->generations = xrealloc(listener->generations, listener->nr_generations + 1,
					 sizeof(*listener->generations));
	generation = &listener->generations[listener->nr_generations++];
	snprintf(generation->uuid, sizeof(generation->uuid), "%s", uuid);
	generation->fd = fd;
	return true;
}

static bool watch_generations(struct listener *listener, const struct snapshot *snap)
{
	bool added = false;
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		if (snap->matrices[i].active && snap->host.features.generation &&
		    sysfs_is_live(listener->fs))
			added |= watch_generation(listener, snap->matrices[i].uuid);
	}
	return added;
}

bool listener_watch(struct listener *listener, const struct snapshot *snap)
{
	static const char *const dirs[] = {
		DEFINITIONS_DIR, NAMES_DIR, NAMES_RUN_DIR,
	};
	bool added = watch_generations(listener, snap);
	int last = listener->last_watch;
	unsigned int i;
	size_t nr;

	if (listener->inotify < 0)
		return added;
	/* a watch that is there already stays as it is */
	for (i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
		watch_files(listener, dirs[i]);
	/* writes of other processes, which mostly cause no uevent */
	watch(listener, BUS_AP, IN_CLOSE_WRITE);
	listener->vfio[0] = watch(listener, DEV_VFIO, IN_OPEN | IN_CLOSE);
	listener->vfio[1] = watch(listener, DEV_VFIO "/devices", IN_OPEN | IN_CLOSE);
	for (nr = 0; nr < snap->nr_matrices; nr++) {
		char *path;

		if (!snap->matrices[nr].active)
			continue;
		path = matrix_path(snap->matrices[nr].uuid, NULL);
		watch(listener, path, IN_CLOSE_WRITE);
		free(path);
	}
	return added || listener->last_watch > last;
}

void listener_open(struct listener *listener, const struct sysfs *fs)
{
	*listener = (struct listener){ .fs = fs, .wake = -1, .complete = true };
	/* uevents are not about a tree elsewhere */
	if (sysfs_is_live(fs))
		listener->socket = open_socket();
	listener->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

void listener_close(struct listener *listener)
{
	if (listener->socket)
		nl_socket_free(listener->socket);
	if (listener->inotify >= 0)
		close(listener->inotify);
	while (listener->nr_generations)
		close(listener->generations[--listener->nr_generations].fd);
	free(listener->generations);
	listener->generations = NULL;
	listener->socket = NULL;
	listener->inotify = -1;
}

unsigned int listener_poll_ms(const struct listener *listener,
			      const struct snapshot *snap)
{
	if (listener->socket && listener->inotify >= 0 && listener->complete &&
	    (snap->host.features.notify || !snap->host.module))
		return 0;
	return 1000 * POLL_S;
}

static void note_queue(struct happened *happened, unsigned int apid,
		       unsigned int apqi)
{
	unsigned int max = sizeof(happened->queues) / sizeof(*happened->queues);
	unsigned int i;

	for (i = 0; i < happened->nr_queues; i++) {
		if (happened->queues[i].apid == apid &&
		    happened->queues[i].apqi == apqi)
			return;
	}
	if (happened->nr_queues == max) {
		happened->all_queues = true;
		return;
	}
	happened->queues[happened->nr_queues].apid = (uint8_t)apid;
	happened->queues[happened->nr_queues++].apqi = (uint8_t)apqi;
}

static void note_message(struct happened *happened, const char *text, size_t len)
{
	struct uevent event;

	if (!uevent_parse(text, len, &event) || event.kind == UEVENT_OTHER)
		return;
	happened->kernel = true;
	if (event.kind == UEVENT_QUEUE)
		note_queue(happened, event.apid, event.apqi);
	if (event.kind == UEVENT_CARD || event.kind == UEVENT_BUS)
		happened->cards = true;
	/* a driver event does not name the queues */
	if (event.kind == UEVENT_MODULE)
		happened->all_queues = true;
}

static void read_socket(struct listener *listener)
{
	struct happened *happened = &listener->happened;
	struct sockaddr_nl sender;
	struct ucred *creds;
	unsigned char *text;
	int len;

	for (;;) {
		text = NULL;
		creds = NULL;
		len = nl_recv(listener->socket, &sender, &text, &creds);
		/* from the kernel only: any process can send to the group */
		if (len > 0 && !sender.nl_pid && (!creds || !creds->uid))
			note_message(happened, (const char *)text, (size_t)len);
		if (len > 0) {
			free(text);
			free(creds);
			continue;
		}
		if (len == -NLE_INTR)
			continue;
		/* the kernel dropped messages because we were too slow */
		if (len == -NLE_NOMEM || len == -NLE_MSG_OVERFLOW ||
		    len == -NLE_MSG_TRUNC) {
			happened->overrun = true;
			continue;
		}
		return;
	}
}

static void read_inotify(struct listener *listener)
{
	char buffer[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
	struct happened *happened = &listener->happened;
	ssize_t len, at;

	while ((len = read(listener->inotify, buffer, sizeof(buffer))) > 0) {
		for (at = 0; at < len;) {
			const struct inotify_event *event =
				(const struct inotify_event *)(buffer + at);

			at += (ssize_t)(sizeof(*event) + event->len);
			if (event->mask & IN_Q_OVERFLOW)
				happened->overrun = true;
			if (event->wd == listener->vfio[0] ||
			    event->wd == listener->vfio[1])
				listener->unsettled_until = clock_ms() + UNSETTLED_MS;
			if (!(event->mask & IN_IGNORED))
				happened->files = true;
		}
	}
}

/* A matrix that is gone is not polled any more. */
static void read_generations(struct listener *listener, const struct pollfd *fds)
{
	size_t i;

	for (i = listener->nr_generations; i-- > 0;) {
		struct generation *generation = &listener->generations[i];

		if (!fds[i].revents)
			continue;
		listener->happened.kernel = true;
		if (rearm(generation->fd))
			continue;
		close(generation->fd);
		*generation = listener->generations[--listener->nr_generations];
	}
}

#define FIXED_FDS	3

bool listener_wait(struct listener *listener, int wait_ms)
{
	struct happened *happened = &listener->happened;
	struct pollfd *fds = xcalloc(FIXED_FDS + listener->nr_generations, sizeof(*fds));
	long long end = 0;
	size_t i, nr = FIXED_FDS + listener->nr_generations;

	fds[0] = (struct pollfd){ .fd = -1, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = listener->inotify, .events = POLLIN };
	fds[2] = (struct pollfd){ .fd = listener->wake, .events = POLLIN };
	for (i = 0; i < listener->nr_generations; i++)
		fds[FIXED_FDS + i] = (struct pollfd){
			.fd = listener->generations[i].fd, .events = POLLPRI,
		};

	memset(happened, 0, sizeof(*happened));
	if (listener->socket)
		fds[0].fd = nl_socket_get_fd(listener->socket);
	if (clock_ms() < listener->unsettled_until &&
	    (wait_ms < 0 || wait_ms > SETTLE_MS))
		wait_ms = SETTLE_MS;
	while (poll(fds, nr, wait_ms) > 0 && !fds[2].revents &&
	       (!end || clock_ms() < end)) {
		if (fds[0].revents)
			read_socket(listener);
		if (fds[1].revents)
			read_inotify(listener);
		read_generations(listener, fds + FIXED_FDS);
		/* their order may have changed: what was dropped is polled the next time */
		for (i = FIXED_FDS; i < nr; i++)
			fds[i].fd = i - FIXED_FDS < listener->nr_generations ?
				    listener->generations[i - FIXED_FDS].fd : -1;
		if (!end)
			end = clock_ms() + BURST_MS;
		wait_ms = QUIET_MS;
	}
	free(fds);
	return happened->kernel || happened->files || happened->overrun;
}

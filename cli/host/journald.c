// SPDX-License-Identifier: GPL-2.0-only
/* The native protocol of systemd's journal. See journald.h. */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "host/journald.h"
#include "lib/paths.h"

#define WAIT_S	2

void journald_field(struct text *record, const char *name, const char *value)
{
	uint64_t len;

	if (!value)
		return;
	if (!strchr(value, '\n')) {
		text_addf(record, "%s=%s\n", name, value);
		return;
	}
	/* a text of more than one line comes after its length */
	len = htole64(strlen(value));
	text_addf(record, "%s\n", name);
	text_addn(record, (const char *)&len, sizeof(len));
	text_addf(record, "%s\n", value);
}

/* A file that is in no file system, and that nobody can change any more; or -errno. */
static int make_memfd(const struct text *record)
{
	int fd = memfd_create("apmatrix-journal", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t done = 0;

	if (fd < 0)
		return -errno;
	while (done < record->len) {
		ssize_t part = write(fd, record->at + done, record->len - done);

		if (part < 0 && errno == EINTR)
			continue;
		if (part <= 0)
			break;
		done += (size_t)part;
	}
	if (done < record->len ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL)) {
		int error = errno;

		close(fd);
		return -error;
	}
	return fd;
}

static int send_memfd(int socket_fd, struct msghdr *message, const struct text *record)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	int fd = make_memfd(record), ret = 0;

	if (fd < 0)
		return fd;
	message->msg_iov = NULL;
	message->msg_iovlen = 0;
	message->msg_control = &control;
	message->msg_controllen = sizeof(control);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	if (sendmsg(socket_fd, message, MSG_NOSIGNAL) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

int journald_send(const struct sysfs *fs, const struct text *record)
{
	const struct timeval limit = { .tv_sec = WAIT_S };
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct iovec part = { .iov_base = record->at, .iov_len = record->len };
	struct msghdr message = {
		.msg_name = &address, .msg_namelen = sizeof(address),
		.msg_iov = &part, .msg_iovlen = 1,
	};
	char *path = sysfs_path(fs, JOURNALD_SOCKET);
	int fd, ret = 0;

	if (strlen(path) >= sizeof(address.sun_path)) {
		free(path);
		return -ENAMETOOLONG;
	}
	strcpy(address.sun_path, path);
	free(path);
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (sendmsg(fd, &message, MSG_NOSIGNAL) < 0)
		ret = -errno;
	if (ret == -EMSGSIZE || ret == -ENOBUFS)
		ret = send_memfd(fd, &message, record);
	close(fd);
	return ret;
}

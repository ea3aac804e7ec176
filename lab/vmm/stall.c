// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page that is not there until it is given: whoever reads it, in the kernel or
 * not, waits in the page fault. Made of userfaultfd, one at a time.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <linux/userfaultfd.h>

#include "commands.h"

/* Without it faults are ordinary ones, also those that wait. */
static void end_stall(struct stall *stall)
{
	close(stall->uffd);
	stall->uffd = -1;
}

static int make_stalled(struct stall *stall, uint8_t *page)
{
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	struct uffdio_api api = { .api = UFFD_API };

	stall->uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (stall->uffd < 0)
		return -errno;
	range.range.start = (uintptr_t)page;
	range.range.len = sizeof(stall->bytes);
	if (ioctl(stall->uffd, UFFDIO_API, &api) ||
	    ioctl(stall->uffd, UFFDIO_REGISTER, &range)) {
		int ret = -errno;

		end_stall(stall);
		return ret;
	}
	stall->page = page;
	return 0;
}

/* A page that nobody has touched will have the bytes. The session is not locked. */
int stall_begin(struct call *call, const uint8_t *bytes, size_t len, uint8_t *page)
{
	struct stall *stall = &call->session->stall;
	int ret;

	pthread_mutex_lock(&call->session->lock);
	if (stall->uffd >= 0) {
		ret = refuse(call, "a page is waited for already");
	} else {
		memset(stall->bytes, 0, sizeof(stall->bytes));
		memcpy(stall->bytes, bytes, len);
		ret = make_stalled(stall, page);
		pthread_cond_broadcast(&stall->begun);
	}
	pthread_mutex_unlock(&call->session->lock);
	return ret;
}

/* The page that is waited for, once there is one. The session is locked. */
static int await_page(struct session *session, uint64_t timeout)
{
	struct timespec end;
	int ret = 0;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += timeout / 1000 + 1;
	while (session->stall.uffd < 0 && !ret)
		ret = pthread_cond_timedwait(&session->stall.begun, &session->lock, &end);
	return ret ? -ret : session->stall.uffd;
}

static int await_reader(int uffd, uint64_t timeout)
{
	struct pollfd pfd = { .fd = uffd, .events = POLLIN };
	struct uffd_msg msg;
	int ret;

	do
		ret = poll(&pfd, 1, timeout);
	while (ret < 0 && errno == EINTR);
	if (!ret)
		return -ETIMEDOUT;
	return ret < 0 || read(uffd, &msg, sizeof(msg)) != sizeof(msg) ? -errno : 0;
}

static int give(struct stall *stall)
{
	struct uffdio_copy copy = {
		.dst = (uintptr_t)stall->page, .src = (uintptr_t)stall->bytes,
		.len = sizeof(stall->bytes),
	};
	int ret = ioctl(stall->uffd, UFFDIO_COPY, &copy) ? -errno : 0;

	end_stall(stall);
	return ret;
}

static int run_page(struct call *call)
{
	struct session *session = call->session;
	bool giving = !strcmp(call->word[1], "give");
	uint64_t timeout = 0;
	int uffd, ret = 0;

	if (!giving && strcmp(call->word[1], "wait"))
		return refuse(call, "wait or give");
	if (call_number(call, "timeout", &timeout))
		return refuse(call, "timeout is a number of ms");
	pthread_mutex_lock(&session->lock);
	uffd = giving ? session->stall.uffd : await_page(session, timeout);
	if (uffd >= 0 && giving)
		ret = give(&session->stall);
	pthread_mutex_unlock(&session->lock);
	if (uffd < 0)
		return giving ? refuse(call, "no page is waited for") : uffd;
	return giving ? ret : await_reader(uffd, timeout);
}

static const char *const page_opts[] = { "timeout=", NULL };

const struct command stall_commands[] = {
	{ .name = "page", .args = "wait|give [timeout=MS]",
	  .summary = "of ioctl stall: until somebody reads the page; let it be read",
	  .min = 1, .max = 1, .opts = page_opts, .blocking = true, .run = run_page },
	{ }
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fuzzer for what vfio_ap offers to user space: writes to and reads of its attributes in sysfs,
 * and ioctls of an open device, from several threads. Texts and arguments are partly structured,
 * so that many are accepted, partly random. What is created is for the caller to remove.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "commands.h"
#include "random.h"

#define BUS	"/sys/bus/ap"
#define MATRIX	"/sys/devices/vfio_ap/matrix"
#define THREADS_MAX	8
#define COUNT_MAX	1000000
#define TEXT_MAX	400

static const char *const uuids[] = {
	"f0220000-0000-4000-8000-000000000000", "f0220000-0000-4000-8000-000000000001",
	"f0220000-0000-4000-8000-000000000002",
};
static const char *const written[] = {
	"assign_adapter", "unassign_adapter", "assign_domain", "unassign_domain",
	"assign_control_domain", "unassign_control_domain", "ap_config",
};
static const char *const readable[] = {
	"ap_config", "matrix", "guest_matrix", "control_domains", "guest_control_domains",
	"reasons", "guest_generation",
};

struct fuzzer {
	pthread_t thread;
	uint64_t seed, count, accepted, ioctls;
	int fd;				/* of an open device, or -1 */
};

#define PICK(seed, list) ((list)[random_below(seed, sizeof(list) / sizeof((list)[0]))])

static bool put(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t ret;

	if (fd < 0)
		return false;
	ret = write(fd, text, len);
	close(fd);
	return ret >= 0;
}

/* An id of the machine, any id, or anything that could be mistaken for one. */
static size_t id_text(uint64_t *seed, char *text)
{
	static const char *const ids[] = { "5", "6", "0x0a", "4", "0x47", "0xab", "255" };
	static const char *const odd[] = {
		"", "\n", "256", "-1", "0x", "0047", "5 6", "5,6", "+5", "99999999999999999999", "0x5g",
	};

	if (random_below(seed, 100) < 70)
		return (size_t)sprintf(text, "%s", PICK(seed, ids));
	if (random_below(seed, 100) < 50)
		return (size_t)sprintf(text, "%s", PICK(seed, odd));
	return (size_t)sprintf(text, "%llu", (unsigned long long)random_below(seed, 300));
}

static size_t mask_text(uint64_t *seed, char *text)
{
	size_t len = (size_t)sprintf(text, "0x"), digits = random_below(seed, 10) ? 64 : 20;

	/* few bits, among the first 128 */
	for (size_t i = 0; i < digits; i++)
		text[len++] = i < 32 && !random_below(seed, 12) ?
			      "0123456789abcdef"[random_below(seed, 16)] : '0';
	return len;
}

static size_t any_text(uint64_t *seed, char *text)
{
	size_t len = random_below(seed, TEXT_MAX);

	for (size_t i = 0; i < len; i++)
		text[i] = (char)random_next(seed);
	return len;
}

static size_t attribute_text(uint64_t *seed, const char *attribute, char *text)
{
	size_t len = 0;

	if (random_below(seed, 100) < 10)
		return any_text(seed, text);
	if (strcmp(attribute, "ap_config"))
		return id_text(seed, text);
	for (int i = 0; i < 3; i++) {
		len += mask_text(seed, text + len);
		text[len++] = i < 2 ? ',' : '\n';
	}
	return len;
}

static bool fuzz_attribute(uint64_t *seed)
{
	const char *attribute = PICK(seed, written), *uuid = PICK(seed, uuids);
	char path[200], text[TEXT_MAX];
	size_t len = attribute_text(seed, attribute, text);

	snprintf(path, sizeof(path), MATRIX "/%s/%s", uuid, attribute);
	return put(path, text, len);
}

/* In windows of any size, from any offset. */
static bool fuzz_read(uint64_t *seed)
{
	char path[200], buf[TEXT_MAX];
	ssize_t ret = -1;
	int fd;

	snprintf(path, sizeof(path), MATRIX "/%s/%s", PICK(seed, uuids), PICK(seed, readable));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	for (int i = 0; i < 4; i++)
		ret = pread(fd, buf, random_below(seed, sizeof(buf)) + 1,
			    (off_t)random_below(seed, 2000));
	close(fd);
	return ret >= 0;
}

static bool fuzz_life(uint64_t *seed)
{
	const char *uuid = PICK(seed, uuids);
	char path[200], text[TEXT_MAX];

	if (random_below(seed, 3))
		return put(MATRIX "/mdev_supported_types/vfio_ap-passthrough/create", uuid,
			   random_below(seed, 20) ? strlen(uuid) : any_text(seed, text) % 36);
	snprintf(path, sizeof(path), MATRIX "/%s/remove", uuid);
	return put(path, "1", 1);
}

static bool fuzz_bus(uint64_t *seed)
{
	static const char *const queues[] = { "05.0004", "05.0047", "06.0004", "0a.0004", "0a.00ab" };
	static const char *const files[] = {
		"/drivers/vfio_ap/unbind", "/drivers/vfio_ap/bind", "/drivers_probe",
	};
	char path[200], text[8];
	const char *queue = PICK(seed, queues);

	if (random_below(seed, 100) < 30) {
		snprintf(text, sizeof(text), "%c%s", random_below(seed, 2) ? '+' : '-',
			 random_below(seed, 2) ? "6" : "10");
		return put(BUS "/apmask", text, strlen(text));
	}
	snprintf(path, sizeof(path), BUS "%s", PICK(seed, files));
	return put(path, queue, strlen(queue));
}

/* Ioctls of VFIO devices, with sizes and flags that are right, nearly right, or not at all. */
static bool fuzz_ioctl(uint64_t *seed, int fd)
{
	uint32_t arg[16];
	int efd = -1, ret;

	for (int i = 0; i < 16; i++)
		arg[i] = random_below(seed, 3) ? (uint32_t)random_below(seed, 40) :
						 (uint32_t)random_next(seed);
	switch (random_below(seed, 4)) {
	case 0:				/* an eventfd, and none again */
		efd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
		arg[0] = 24;
		arg[1] = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
		arg[2] = (uint32_t)random_below(seed, 3);
		arg[3] = 0;
		arg[4] = 1;
		arg[5] = random_below(seed, 2) ? (uint32_t)efd : ~0U;
		ret = ioctl(fd, VFIO_DEVICE_SET_IRQS, arg);
		break;
	case 1:
		ret = ioctl(fd, VFIO_DEVICE_RESET);
		break;
	case 2:				/* any argument, which may not be there */
		ret = ioctl(fd, VFIO_DEVICE_SET_IRQS, random_below(seed, 4) ? (void *)arg : NULL);
		break;
	default:
		ret = ioctl(fd, (unsigned long)(VFIO_DEVICE_GET_INFO & ~0xffU) |
			    (random_below(seed, 24) + 100), arg);
		break;
	}
	if (efd >= 0)
		close(efd);
	return ret >= 0;
}

static void *fuzz(void *arg)
{
	struct fuzzer *fuzzer = arg;
	uint64_t *seed = &fuzzer->seed;

	for (uint64_t i = 0; i < fuzzer->count; i++) {
		uint64_t what = random_below(seed, 100);
		bool done;

		if (fuzzer->fd >= 0 && what < 30) {
			done = fuzz_ioctl(seed, fuzzer->fd);
			fuzzer->ioctls++;
		} else if (what < 65) {
			done = fuzz_attribute(seed);
		} else if (what < 85) {
			done = fuzz_read(seed);
		} else if (what < 92) {
			done = fuzz_life(seed);
		} else {
			done = fuzz_bus(seed);
		}
		fuzzer->accepted += done;
	}
	return NULL;
}

static int device_fd(struct call *call)
{
	int fd = -1;

	pthread_mutex_lock(&call->session->lock);
	for (int i = 0; i < MAX_DEVS && fd < 0; i++) {
		if (call->session->devs[i].used && call->session->devs[i].dev)
			fd = lab_vmm_device_fd(call->session->devs[i].dev);
	}
	pthread_mutex_unlock(&call->session->lock);
	return fd;
}

/* fuzz seed=N count=N [threads=N]: count operations in each thread. */
static int run_fuzz(struct call *call)
{
	uint64_t seed = 1, count = 1000, threads = 2, accepted = 0, ioctls = 0, started = 0;
	struct fuzzer fuzzers[THREADS_MAX];
	int ret = 0;

	if (call_number(call, "seed", &seed) || call_number(call, "count", &count) ||
	    call_number(call, "threads", &threads) || !threads || threads > THREADS_MAX ||
	    count > COUNT_MAX)
		return refuse(call, "seed, count (to %d) and threads (to %d) are numbers", COUNT_MAX,
			      THREADS_MAX);
	for (; started < threads && !ret; started += !ret) {
		fuzzers[started] = (struct fuzzer){ .seed = seed * THREADS_MAX + started,
						    .count = count, .fd = device_fd(call) };
		ret = -pthread_create(&fuzzers[started].thread, NULL, fuzz, &fuzzers[started]);
	}
	for (uint64_t i = 0; i < started; i++) {
		pthread_join(fuzzers[i].thread, NULL);
		accepted += fuzzers[i].accepted;
		ioctls += fuzzers[i].ioctls;
	}
	fprintf(call->answer, " operations=%llu accepted=%llu ioctls=%llu",
		(unsigned long long)(started * count), (unsigned long long)accepted,
		(unsigned long long)ioctls);
	return ret;
}

static const char *const fuzz_opts[] = { "seed=", "count=", "threads=", NULL };

const struct command fuzz_commands[] = {
	{ .name = "fuzz", .args = "seed=N [count=N] [threads=N]",
	  .summary = "random operations on sysfs and on the first device", .opts = fuzz_opts,
	  .blocking = true, .run = run_fuzz },
	{ }
};

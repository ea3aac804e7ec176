// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands for devices: attach and detach, valid and invalid ioctls, eventfds,
 * DMA mappings. dev=N selects a device fd; the default is the first open one.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/capability.h>

#include "commands.h"
#include "stall.h"

static int slot_fd(const struct dev_slot *slot)
{
	return slot->dev ? lab_vmm_device_fd(slot->dev) : slot->fd;
}

static struct dev_slot *find_dev(struct call *call)
{
	struct session *session = call->session;
	const char *text = call_value(call, "dev");
	uint64_t nr;

	if (text) {
		if (!parse_number(text, &nr) && nr < MAX_DEVS && session->devs[nr].used)
			return &session->devs[nr];
		refuse(call, "no device %s", text);
		return NULL;
	}
	for (nr = 0; nr < MAX_DEVS; nr++)
		if (session->devs[nr].used)
			return &session->devs[nr];
	refuse(call, "no device");
	return NULL;
}

static int find_fd(struct call *call)
{
	struct dev_slot *slot;
	int fd;

	pthread_mutex_lock(&call->session->lock);
	slot = find_dev(call);
	fd = slot ? slot_fd(slot) : -EINVAL;
	pthread_mutex_unlock(&call->session->lock);
	return fd;
}

static struct dev_slot *new_dev(struct call *call)
{
	for (int i = 0; i < MAX_DEVS; i++) {
		struct dev_slot *slot = &call->session->devs[i];

		if (slot->used)
			continue;
		memset(slot, 0, sizeof(*slot));
		slot->used = true;
		fprintf(call->answer, " dev=%d", i);
		return slot;
	}
	refuse(call, "too many devices");
	return NULL;
}

/* Sets whether locked memory of this thread is limited; type 1 checks when it maps. */
static int set_unlimited(bool unlimited)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct caps[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &head, caps))
		return -errno;
	if (unlimited)
		caps[0].effective |= 1U << CAP_IPC_LOCK;
	else
		caps[0].effective &= ~(1U << CAP_IPC_LOCK);
	return syscall(SYS_capset, &head, caps) ? -errno : 0;
}

/* Like a VMM without privileges: pinned memory is limited. */
static int attach_limited(struct lab_vm *vm, const char *uuid, unsigned int flags,
			  uint64_t chunk, uint64_t memlock, struct lab_device **dev)
{
	struct rlimit limit = { memlock, memlock };
	int ret;

	if (setrlimit(RLIMIT_MEMLOCK, &limit))
		return -errno;
	ret = set_unlimited(false);
	if (ret)
		return ret;
	ret = __lab_vmm_attach(vm, uuid, flags, chunk, dev);
	set_unlimited(true);
	return ret;
}

static int run_attach(struct call *call)
{
	static const struct { const char *word; unsigned int flag; } words[] = {
		{ "nokvm", LAB_ATTACH_NO_KVM }, { "type1", LAB_ATTACH_TYPE1 },
		{ "nomap", LAB_ATTACH_NO_MAP }, { "noopen", LAB_ATTACH_NO_OPEN },
		{ "cdev", LAB_ATTACH_CDEV },
	};
	struct vm_slot *vm = call_vm(call);
	struct lab_device *dev;
	struct dev_slot *slot;
	unsigned int flags = 0;
	uint64_t chunk = 0, memlock = 0;
	int ret;

	if (!vm)
		return -EINVAL;
	if (call_number(call, "chunk", &chunk) || call_number(call, "memlock", &memlock))
		return refuse(call, "chunk and memlock are numbers of bytes");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (call_flag(call, words[i].word))
			flags |= words[i].flag;
	if (call_value(call, "memlock"))
		ret = attach_limited(vm->vm, call->word[1], flags, chunk, memlock, &dev);
	else
		ret = __lab_vmm_attach(vm->vm, call->word[1], flags, chunk, &dev);
	if (ret)
		return ret;
	slot = new_dev(call);
	if (!slot) {
		lab_vmm_detach(dev);
		return -EINVAL;
	}
	slot->dev = dev;
	return 0;
}

static int run_open(struct call *call)
{
	struct dev_slot *from = find_dev(call), *slot;
	int fd;

	if (!from || !from->dev)
		return from ? refuse(call, "not the first fd of its device") : -EINVAL;
	fd = __lab_vmm_open_device(from->dev, call->nr > 1 ? call->word[1] : NULL);
	if (fd < 0)
		return fd;
	slot = new_dev(call);
	if (!slot) {
		close(fd);
		return -EINVAL;
	}
	slot->fd = fd;
	return 0;
}

static int run_kvm(struct call *call)
{
	struct dev_slot *slot = find_dev(call);
	bool add = !strcmp(call->word[1], "add");

	if (!slot || !slot->dev)
		return slot ? refuse(call, "not the first fd of its device") : -EINVAL;
	if (!add && strcmp(call->word[1], "del"))
		return refuse(call, "add or del");
	return __lab_vmm_set_kvm(slot->dev, add);
}

/* Detach and close may wait for resets; other commands must run meanwhile. */
static int run_detach(struct call *call)
{
	struct dev_slot *slot, gone = { };

	pthread_mutex_lock(&call->session->lock);
	slot = find_dev(call);
	if (slot) {
		gone = *slot;
		slot->used = false;
	}
	pthread_mutex_unlock(&call->session->lock);
	if (!slot)
		return -EINVAL;
	if (gone.dev)
		lab_vmm_detach(gone.dev);
	else
		close(gone.fd);
	return 0;
}

static int run_close(struct call *call)
{
	struct dev_slot *slot;

	pthread_mutex_lock(&call->session->lock);
	slot = find_dev(call);
	pthread_mutex_unlock(&call->session->lock);
	if (!slot)
		return -EINVAL;
	if (!slot->dev)
		return run_detach(call);
	lab_vmm_close_device(slot->dev);
	return 0;
}

static int run_closegroup(struct call *call)
{
	struct dev_slot *slot = find_dev(call);

	if (!slot || !slot->dev)
		return slot ? refuse(call, "not the first fd of its device") : -EINVAL;
	lab_vmm_close_group(slot->dev);
	return 0;
}

static int run_info(struct call *call)
{
	struct vfio_device_info info = { };
	uint64_t argsz = offsetof(struct vfio_device_info, cap_offset);
	int fd = find_fd(call), ret;

	if (call_number(call, "argsz", &argsz))
		return refuse(call, "argsz is a number");
	info.argsz = argsz;
	ret = __lab_vmm_info(fd, &info);
	if (ret >= 0)
		fprintf(call->answer, " flags=%#x regions=%u irqs=%u argsz=%u", info.flags,
			info.num_regions, info.num_irqs, info.argsz);
	return ret;
}

static int run_irqinfo(struct call *call)
{
	struct vfio_irq_info info = { };
	uint64_t argsz = sizeof(info), index;
	int fd = find_fd(call), ret;

	if (call_number(call, "argsz", &argsz) || parse_number(call->word[1], &index))
		return refuse(call, "argsz and index are numbers");
	info.argsz = argsz;
	info.index = index;
	ret = __lab_vmm_irq_info(fd, &info);
	if (ret >= 0)
		fprintf(call->answer, " flags=%#x count=%u", info.flags, info.count);
	return ret;
}

static struct evt_slot *find_evt(struct session *session, const char *name)
{
	for (int i = 0; i < MAX_EVTS; i++)
		if (session->evts[i].fd >= 0 && !strcmp(session->evts[i].name, name))
			return &session->evts[i];
	return NULL;
}

/* The eventfd of that name, created if needed. */
static int get_evt(struct call *call, const char *name)
{
	struct evt_slot *slot = find_evt(call->session, name);

	for (int i = 0; i < MAX_EVTS && !slot; i++) {
		if (call->session->evts[i].fd >= 0)
			continue;
		slot = &call->session->evts[i];
		slot->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		if (slot->fd < 0)
			return -errno;
		snprintf(slot->name, sizeof(slot->name), "%s", name);
	}
	return slot ? slot->fd : refuse(call, "too many eventfds");
}

/*
 * The fd for SET_IRQS: an eventfd (by name, or named like the index), -1 and
 * other numbers, an fd that is not an eventfd, or a closed one.
 */
static int irq_fd(struct call *call, const char *what, int *fd, bool *opened)
{
	const char *name = call_value(call, "eventfd");

	*opened = false;
	if (!what || !strcmp(what, "eventfd")) {
		*fd = get_evt(call, name ? name : call->word[1]);
		return *fd < 0 ? *fd : 0;
	}
	if (!strcmp(what, "noevent")) {
		*fd = open("/dev/null", O_RDWR | O_CLOEXEC);
		*opened = true;
	} else if (!strcmp(what, "badfd")) {
		*fd = dup(0);
		close(*fd);
	} else {
		char *end;

		*fd = strtol(what, &end, 0);
		if (*end)
			return refuse(call, "eventfd, noevent, badfd or a number");
	}
	return 0;
}

static int run_setirq(struct call *call)
{
	uint64_t index, argsz = sizeof(struct vfio_irq_set) + sizeof(int32_t), start = 0, count = 1;
	uint64_t flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	struct dev_slot *slot = find_dev(call);
	union {
		struct vfio_irq_set set;
		char raw[256];
	} arg = { };
	bool opened;
	int fd, ret;

	if (!slot)
		return -EINVAL;
	if (parse_number(call->word[1], &index) || call_number(call, "argsz", &argsz) ||
	    call_number(call, "flags", &flags) || call_number(call, "start", &start) ||
	    call_number(call, "count", &count))
		return refuse(call, "index, argsz, flags, start and count are numbers");
	ret = irq_fd(call, call->nr > 2 ? call->word[2] : NULL, &fd, &opened);
	if (ret)
		return ret;
	arg.set.argsz = argsz;
	arg.set.flags = flags;
	arg.set.index = index;
	arg.set.start = start;
	arg.set.count = count;
	memcpy(arg.set.data, &fd, sizeof(int32_t));
	ret = __lab_vmm_ioctl(slot_fd(slot), VFIO_DEVICE_SET_IRQS, &arg, "VFIO_DEVICE_SET_IRQS");
	if (opened)
		close(fd);
	return ret;
}

static int run_evt(struct call *call)
{
	uint64_t timeout = 0, count = 0;
	struct evt_slot *slot;
	struct pollfd pfd = { .events = POLLIN };
	int ret;

	if (call_number(call, "timeout", &timeout))
		return refuse(call, "timeout is a number of ms");
	pthread_mutex_lock(&call->session->lock);
	slot = find_evt(call->session, call->word[1]);
	pfd.fd = slot ? slot->fd : -1;
	pthread_mutex_unlock(&call->session->lock);
	if (!slot)
		return refuse(call, "no eventfd %s", call->word[1]);
	do
		ret = poll(&pfd, 1, timeout);
	while (ret < 0 && errno == EINTR);
	if (!ret && timeout) {
		fprintf(call->answer, " nothing for %llu ms", (unsigned long long)timeout);
		return -ETIMEDOUT;
	}
	if (ret > 0 && read(pfd.fd, &count, sizeof(count)) != sizeof(count))
		return -errno;
	fprintf(call->answer, " count=%llu", (unsigned long long)count);
	return 0;
}

static int run_reset(struct call *call)
{
	int fd = find_fd(call);

	return __lab_vmm_reset(fd);
}

static int run_mem(struct call *call)
{
	struct dev_slot *slot;
	uint64_t iova, size;
	int64_t ret;

	if (parse_number(call->word[2], &iova) || parse_number(call->word[3], &size))
		return refuse(call, "IOVA and SIZE are numbers");
	pthread_mutex_lock(&call->session->lock);
	slot = find_dev(call);
	pthread_mutex_unlock(&call->session->lock);
	if (!slot || !slot->dev)
		return slot ? refuse(call, "not the first fd of its device") : -EINVAL;
	if (!strcmp(call->word[1], "map"))
		return __lab_vmm_dma_map(slot->dev, iova, size);
	if (strcmp(call->word[1], "unmap"))
		return refuse(call, "map or unmap");
	ret = __lab_vmm_dma_unmap(slot->dev, iova, size);
	if (ret < 0)
		return ret;
	fprintf(call->answer, " size=%#llx", (unsigned long long)ret);
	return 0;
}

static int parse_bytes(const char *hex, uint8_t *bytes, size_t *len)
{
	*len = strlen(hex) / 2;
	if (*len > RAW_MAX || strspn(hex, "0123456789abcdefABCDEF") != 2 * *len)
		return -EINVAL;
	for (size_t i = 0; i < *len; i++) {
		char byte[3] = { hex[2 * i], hex[2 * i + 1] };

		bytes[i] = strtoul(byte, NULL, 16);
	}
	return 0;
}

/*
 * Places the argument of an ioctl in memory: followed by zeroes, by nothing
 * (edge), in read-only memory (readonly), or in a page that is not present yet
 * (stall). The caller unmaps *map.
 */
static int place_bytes(struct call *call, const uint8_t *bytes, size_t len, uint8_t **map,
		       uint8_t **arg)
{
	size_t page = sysconf(_SC_PAGESIZE);
	int ret = 0;

	*map = mmap(NULL, RAW_MAX + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0);
	if (*map == MAP_FAILED)
		return -errno;
	*arg = call_flag(call, "edge") ? *map + RAW_MAX - len : *map;
	if (call_flag(call, "stall"))
		ret = stall_begin(call, bytes, len, *map);
	else
		memcpy(*arg, bytes, len);
	if (ret)
		goto err;
	if (!mprotect(*map + RAW_MAX, page, PROT_NONE) &&
	    (!call_flag(call, "readonly") || !mprotect(*map, RAW_MAX, PROT_READ)))
		return 0;
	ret = -errno;
err:
	munmap(*map, RAW_MAX + page);
	return ret;
}

/* ioctl CMD [HEX]: any ioctl of the device fd, with these bytes or a bad pointer. */
static int run_ioctl(struct call *call)
{
	uint64_t cmd, pointer = 0;
	uint8_t bytes[RAW_MAX], *map, *arg = NULL;
	int fd = find_fd(call), ret;
	size_t len;

	if (parse_number(call->word[1], &cmd) || call_number(call, "ptr", &pointer) ||
	    parse_bytes(call->nr > 2 ? call->word[2] : "", bytes, &len))
		return refuse(call, "ioctl takes numbers and bytes in hex");
	ret = place_bytes(call, bytes, len, &map, &arg);
	if (ret)
		return ret;
	ret = __lab_vmm_ioctl(fd, cmd, call_value(call, "ptr") ? (void *)pointer : arg, "ioctl");
	if (ret >= 0 && len) {
		fprintf(call->answer, " ret=%d arg=", ret);
		for (size_t i = 0; i < len; i++)
			fprintf(call->answer, "%02x", arg[i]);
	}
	munmap(map, RAW_MAX + sysconf(_SC_PAGESIZE));
	return ret;
}

/* read, write and mmap, which a device without regions must refuse. */
static int run_access(struct call *call)
{
	int fd = find_fd(call);
	char byte = 0;
	void *map;

	fprintf(call->answer, " %s", call->word[1]);
	if (!strcmp(call->word[1], "read"))
		return read(fd, &byte, 1) < 0 ? -errno : 0;
	if (!strcmp(call->word[1], "write"))
		return write(fd, &byte, 1) < 0 ? -errno : 0;
	if (strcmp(call->word[1], "mmap"))
		return refuse(call, "read, write or mmap");
	map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return -errno;
	munmap(map, 4096);
	return 0;
}

static const char *const attach_opts[] = {
	"vm=", "chunk=", "memlock=", "nokvm", "type1", "nomap", "noopen", "cdev", NULL
};
static const char *const dev_opts[] = { "dev=", NULL };
static const char *const argsz_opts[] = { "dev=", "argsz=", NULL };
static const char *const ioctl_opts[] = { "dev=", "ptr=", "edge", "readonly", "stall", NULL };
static const char *const setirq_opts[] = {
	"dev=", "argsz=", "flags=", "start=", "count=", "eventfd=", NULL
};
static const char *const evt_opts[] = { "timeout=", NULL };

const struct command vfio_commands[] = {
	{ .name = "attach",
	  .args = "UUID [vm=NAME] [chunk=N] [memlock=N] [nokvm] [type1] [nomap] [noopen] [cdev]",
	  .summary = "attach an mdev as QEMU does", .min = 1, .max = 1,
	  .opts = attach_opts, .run = run_attach },
	{ .name = "detach", .args = "[dev=N]",
	  .summary = "close it, leave KVM, group and container",
	  .opts = dev_opts, .blocking = true, .run = run_detach },
	{ .name = "open", .args = "[NAME] [dev=N]", .summary = "one more device fd from its group",
	  .max = 1, .opts = dev_opts, .run = run_open },
	{ .name = "close", .args = "[dev=N]", .summary = "close one device fd",
	  .opts = dev_opts, .blocking = true, .run = run_close },
	{ .name = "closegroup", .args = "[dev=N]",
	  .summary = "close its group and container, leave the device open",
	  .opts = dev_opts, .run = run_closegroup },
	{ .name = "kvm", .args = "add|del [dev=N]", .summary = "tell KVM of the group",
	  .min = 1, .max = 1, .opts = dev_opts, .run = run_kvm },
	{ .name = "info", .args = "[argsz=N] [dev=N]", .summary = "VFIO_DEVICE_GET_INFO",
	  .opts = argsz_opts, .blocking = true, .run = run_info },
	{ .name = "irqinfo", .args = "INDEX [argsz=N] [dev=N]",
	  .summary = "VFIO_DEVICE_GET_IRQ_INFO",
	  .min = 1, .max = 1, .opts = argsz_opts, .blocking = true, .run = run_irqinfo },
	{ .name = "setirq",
	  .args = "INDEX [eventfd|noevent|badfd|NUMBER] [eventfd=NAME] "
		  "[argsz= flags= start= count=]",
	  .summary = "VFIO_DEVICE_SET_IRQS", .min = 1, .max = 2,
	  .opts = setirq_opts, .run = run_setirq },
	{ .name = "evt", .args = "NAME [timeout=MS]", .summary = "read an eventfd's counter",
	  .min = 1, .max = 1, .opts = evt_opts, .blocking = true, .run = run_evt },
	{ .name = "reset", .args = "[dev=N]", .summary = "VFIO_DEVICE_RESET",
	  .opts = dev_opts, .blocking = true, .run = run_reset },
	{ .name = "mem", .args = "map|unmap IOVA SIZE [dev=N]", .summary = "DMA mappings",
	  .min = 3, .max = 3, .opts = dev_opts, .blocking = true, .run = run_mem },
	{ .name = "ioctl", .args = "CMD [HEX] [ptr=ADDR] [edge] [readonly] [stall] [dev=N]",
	  .summary = "any ioctl of the device fd",
	  .min = 1, .max = 2, .opts = ioctl_opts, .blocking = true, .run = run_ioctl },
	{ .name = "access", .args = "read|write|mmap [dev=N]", .summary = "access the device fd",
	  .min = 1, .max = 1, .opts = dev_opts, .blocking = true, .run = run_access },
	{ }
};

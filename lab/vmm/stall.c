// SPDX-License-Identifier: GPL-2.0-only
/*
 * A page that is not present until it is released: a reader, also in the kernel,
 * waits in the page fault. Implemented by userfaultfd; one page at a time. And ioctls
 * that hold the VM's lock, by such a page or as long as the Ultravisor is busy.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <linux/userfaultfd.h>

#include "commands.h"
#include "stall.h"

/* Without userfaultfd, faults are ordinary ones, also those in progress. */
static void end_stall(struct stall *stall)
{
	close(stall->uffd);
	stall->uffd = -1;
}

static int stall_page(struct stall *stall, uint8_t *page)
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

/* page, never accessed before, will contain the bytes. The session is not locked. */
int stall_begin(struct call *call, const uint8_t *bytes, size_t len, uint8_t *page)
{
	struct stall *stall = &call->session->stall;
	int ret;

	pthread_mutex_lock(&call->session->lock);
	if (stall->uffd >= 0) {
		ret = refuse(call, "another page is stalled");
	} else {
		memset(stall->bytes, 0, sizeof(stall->bytes));
		memcpy(stall->bytes, bytes, len);
		ret = stall_page(stall, page);
		pthread_cond_broadcast(&stall->begun);
	}
	pthread_mutex_unlock(&call->session->lock);
	return ret;
}

/* Waits until a page is stalled. The session is locked. */
static int wait_for_page(struct session *session, uint64_t timeout)
{
	struct timespec end;
	int ret = 0;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += timeout / 1000 + 1;
	while (session->stall.uffd < 0 && !ret)
		ret = pthread_cond_timedwait(&session->stall.begun, &session->lock, &end);
	return ret ? -ret : session->stall.uffd;
}

static int wait_for_reader(int uffd, uint64_t timeout)
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

static int release_page(struct stall *stall)
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
	bool release = !strcmp(call->word[1], "give");
	uint64_t timeout = 0;
	int uffd, ret = 0;

	if (!release && strcmp(call->word[1], "wait"))
		return refuse(call, "wait or give");
	if (call_number(call, "timeout", &timeout))
		return refuse(call, "timeout is a number of ms");
	pthread_mutex_lock(&session->lock);
	uffd = release ? session->stall.uffd : wait_for_page(session, timeout);
	if (uffd >= 0 && release)
		ret = release_page(&session->stall);
	pthread_mutex_unlock(&session->lock);
	if (uffd < 0)
		return release ? refuse(call, "no page is stalled") : uffd;
	return release ? ret : wait_for_reader(uffd, timeout);
}

/* What KVM copies with the VM's lock held, from a page that is not present */
static int hold_by_model(struct call *call, struct lab_vm *vm, uint8_t *page)
{
	struct kvm_s390_vm_cpu_processor proc;
	int ret = __lab_vmm_get_processor(vm, &proc);

	if (!ret)
		ret = stall_begin(call, (uint8_t *)&proc, sizeof(proc), page);
	return ret ? ret : __lab_vmm_set_processor(vm, page);
}

static int hold_by_pv(struct call *call, struct lab_vm *vm, uint8_t *page)
{
	struct kvm_s390_pv_info info = {
		.header = { .id = KVM_PV_INFO_VM, .len_max = sizeof(info) },
	};
	int ret = stall_begin(call, (uint8_t *)&info, sizeof(info), page);

	return ret ? ret : __lab_vmm_pv_info(vm, (struct kvm_s390_pv_info *)page);
}

static int run_holdvm(struct call *call)
{
	struct vm_slot *slot = call_vm(call);
	uint8_t *page;
	int ret;

	if (!slot)
		return -EINVAL;
	page = mmap(NULL, RAW_MAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return -errno;
	ret = call_flag(call, "pv") ? hold_by_pv(call, slot->vm, page) :
				      hold_by_model(call, slot->vm, page);
	munmap(page, RAW_MAX);
	return ret;
}

static int run_protect(struct call *call)
{
	struct vm_slot *slot = call_vm(call);

	return slot ? __lab_vmm_pv_enable(slot->vm) : -EINVAL;
}

static const char *const holdvm_opts[] = { "vm=", "pv", NULL };
static const char *const protect_opts[] = { "vm=", NULL };
static const char *const page_opts[] = { "timeout=", NULL };

const struct command stall_commands[] = {
	{ .name = "page", .args = "wait|give [timeout=MS]",
	  .summary = "for ioctl stall: wait for a reader of the page; release it",
	  .min = 1, .max = 1, .opts = page_opts, .blocking = true, .run = run_page },
	{ .name = "holdvm", .args = "[pv] [vm=NAME]",
	  .summary = "hold the lock of a VM until page give, by its CPU model (without vCPUs) or by KVM_PV_INFO",
	  .opts = holdvm_opts, .blocking = true, .run = run_holdvm },
	{ .name = "protect", .args = "[vm=NAME]",
	  .summary = "make its guest a protected one (KVM_PV_ENABLE)",
	  .opts = protect_opts, .blocking = true, .run = run_protect },
	{ }
};

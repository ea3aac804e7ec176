// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine that is measured. See machine.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"
#include "io.h"
#include "machine.h"

#define BUS		"/sys/bus/ap"
#define SIM		"/sys/kernel/debug/aphwsim"
#define MATRIX_DIR	"/sys/devices/vfio_ap/matrix"
#define TYPE_DIR	MATRIX_DIR "/mdev_supported_types/vfio_ap-passthrough"
#define MODULE		"/lab/vfio_ap.ko"
#define GUEST_MEMORY	(1UL << 20)
#define OTHERS_PER_ADAPTER 16U	/* domains of the hardware */

struct mdev {
	bool exists;
	int fd[ATTR_NR];
};

struct machine_guest machine_guest[MACHINE_GUESTS];

static struct mdev mdevs[MACHINE_MDEVS];
static unsigned int nr_adapters;

/* names and numbers */

const char *machine_uuid(unsigned int mdev)
{
	static char uuid[37];

	snprintf(uuid, sizeof(uuid), "00000000-0000-4000-8000-%012x", mdev + 1);
	return uuid;
}

static struct apm_matrix block(unsigned int a, unsigned int nr_a, unsigned int d,
			       unsigned int nr_d)
{
	struct apm_matrix matrix = { 0 };
	unsigned int id;

	for (id = a; id < a + nr_a; id++)
		apm_mask_set(&matrix.dim[APM_DIM_ADAPTER], id);
	for (id = d; id < d + nr_d; id++)
		apm_mask_set(&matrix.dim[APM_DIM_DOMAIN], id);
	return matrix;
}

/* hardware and bus */

void machine_control(const char *fmt, ...)
{
	char command[200];
	va_list ap;
	int ret;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	ret = io_put(command, SIM "/control");
	if (ret)
		bench_fail("the simulator refuses \"%s\": %s", command, strerror(-ret));
}

void machine_reset_latency(unsigned int ms)
{
	machine_control("queue reset-latency * %u", ms * 1000);
}

int machine_host_adapters(unsigned int a, unsigned int nr)
{
	struct apm_matrix host = block(a, nr, 0, 0);
	char text[APM_MASK_TEXT_LEN];
	static int fd = -1;

	if (fd < 0)
		fd = open(BUS "/apmask", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		bench_fail("apmask: %s", strerror(errno));
	apm_mask_format(&host.dim[APM_DIM_ADAPTER], text);
	return pwrite(fd, text, sizeof(text), 0) == (ssize_t)sizeof(text) ? 0 : -errno;
}

/* Is a reset under way that the simulator knows of, or will there be one? */
static bool resting(void)
{
	static char text[1 << 20];

	if (io_read(text, sizeof(text), SIM "/queues") < 0)
		bench_fail("the simulator's queues cannot be read");
	return !strstr(text, "state=reset");
}

void machine_rest(void)
{
	unsigned int quiet = 0;

	/* a worker may be about to issue the next one */
	while (quiet < 3) {
		bench_sleep(20);
		quiet = resting() ? quiet + 1 : 0;
	}
}

static void put_queue(unsigned int apid, unsigned int apqi, const char *path)
{
	char name[16];
	int ret;

	snprintf(name, sizeof(name), "%02x.%04x", apid, apqi);
	ret = io_put(name, path);
	if (ret)
		bench_fail("%s to %s: %s", name, path, strerror(-ret));
}

void machine_bind(unsigned int apid, unsigned int apqi)
{
	put_queue(apid, apqi, BUS "/drivers/vfio_ap/bind");
}

void machine_unbind(unsigned int apid, unsigned int apqi)
{
	put_queue(apid, apqi, BUS "/drivers/vfio_ap/unbind");
}

void machine_load(void)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		bench_fail("%s cannot be loaded: %s", MODULE, strerror(errno));
	close(fd);
}

void machine_unload(void)
{
	if (syscall(SYS_delete_module, "vfio_ap", O_NONBLOCK))
		bench_fail("vfio_ap cannot be unloaded: %s", strerror(errno));
}

/* mdevs */

static void open_attributes(unsigned int nr)
{
	static const char *const name[ATTR_NR] = {
		[ATTR_ASSIGN_ADAPTER] = "assign_adapter",
		[ATTR_UNASSIGN_ADAPTER] = "unassign_adapter",
		[ATTR_ASSIGN_DOMAIN] = "assign_domain",
		[ATTR_UNASSIGN_DOMAIN] = "unassign_domain",
		[ATTR_ASSIGN_CONTROL] = "assign_control_domain",
		[ATTR_UNASSIGN_CONTROL] = "unassign_control_domain",
		[ATTR_CONFIG] = "ap_config",
	};
	unsigned int attr;
	char path[120];

	for (attr = 0; attr < ATTR_NR; attr++) {
		snprintf(path, sizeof(path), MATRIX_DIR "/%s/%s", machine_uuid(nr), name[attr]);
		mdevs[nr].fd[attr] = open(path, O_WRONLY | O_CLOEXEC);
		if (mdevs[nr].fd[attr] < 0)
			bench_fail("%s: %s", path, strerror(errno));
	}
}

int machine_write(unsigned int mdev, enum machine_attr attr, const char *text)
{
	ssize_t len = (ssize_t)strlen(text);

	return pwrite(mdevs[mdev].fd[attr], text, (size_t)len, 0) == len ? 0 : -errno;
}

void machine_id(unsigned int mdev, enum machine_attr attr, unsigned int id)
{
	char text[16];
	int ret;

	snprintf(text, sizeof(text), "0x%x", id);
	ret = machine_write(mdev, attr, text);
	if (ret)
		bench_fail("mdev %u refuses id %s: %s", mdev, text, strerror(-ret));
}

void machine_config(unsigned int mdev, unsigned int a, unsigned int nr_a, unsigned int d,
		    unsigned int nr_d)
{
	struct apm_matrix matrix = block(a, nr_a, d, nr_d);
	char text[APM_MATRIX_CONFIG_LEN + 1];
	int ret;

	text[apm_matrix_read_config(&matrix, text, APM_MATRIX_CONFIG_LEN, 0)] = '\0';
	ret = machine_write(mdev, ATTR_CONFIG, text);
	if (ret)
		bench_fail("mdev %u refuses its matrix: %s", mdev, strerror(-ret));
}

void machine_mdev(unsigned int nr, unsigned int a, unsigned int nr_a, unsigned int d,
		  unsigned int nr_d)
{
	int ret = io_put(machine_uuid(nr), TYPE_DIR "/create");

	if (ret)
		bench_fail("mdev %u cannot be created: %s", nr, strerror(-ret));
	mdevs[nr].exists = true;
	open_attributes(nr);
	machine_config(nr, a, nr_a, d, nr_d);
}

void machine_other_mdevs(unsigned int first, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		machine_mdev(first + i, nr_adapters - 1 - i / OTHERS_PER_ADAPTER, 1,
			     i % OTHERS_PER_ADAPTER, 1);
}

int machine_open(unsigned int mdev, const char *name)
{
	char path[120];
	int fd;

	snprintf(path, sizeof(path), MATRIX_DIR "/%s/%s", machine_uuid(mdev), name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		bench_fail("%s: %s", path, strerror(errno));
	return fd;
}

unsigned int machine_read(unsigned int mdev, const char *name)
{
	static char text[1 << 16];
	int len = io_attr(text, sizeof(text), MATRIX_DIR "/%s/%s", machine_uuid(mdev), name);

	if (len < 0)
		bench_fail("%s of mdev %u: %s", name, mdev, strerror(-len));
	return (unsigned int)len;
}

static void remove_mdev(unsigned int nr)
{
	unsigned int attr;
	int ret;

	for (attr = 0; attr < ATTR_NR; attr++)
		close(mdevs[nr].fd[attr]);
	ret = io_put("1", MATRIX_DIR "/%s/remove", machine_uuid(nr));
	if (ret)
		bench_fail("mdev %u cannot be removed: %s", nr, strerror(-ret));
	mdevs[nr].exists = false;
}

/* guests */

struct creation {
	struct lab_vm *vm;
	int tid;
};

static void *create_vm(void *arg)
{
	struct lab_vm_config config = { .memory = GUEST_MEMORY };
	struct creation *creation = arg;

	creation->tid = gettid();
	lab_vmm_create(&config, &creation->vm);
	return NULL;
}

/* In a thread of its own: KVM names its log of a VM by the thread that creates it. */
void machine_vm(unsigned int nr)
{
	struct creation creation = { 0 };
	pthread_t thread;

	if (pthread_create(&thread, NULL, create_vm, &creation))
		bench_fail("no thread");
	pthread_join(thread, NULL);
	machine_guest[nr].vm = creation.vm;
	crycb_init(&machine_guest[nr].crycb, creation.tid);
	lab_vmm_create_vcpu(creation.vm, 0);
}

void machine_attach(unsigned int guest, unsigned int mdev)
{
	struct machine_guest *vm = &machine_guest[guest];

	lab_vmm_attach(vm->vm, machine_uuid(mdev), 0, 0, &vm->dev);
}

void machine_detach(unsigned int guest)
{
	lab_vmm_detach(machine_guest[guest].dev);
	machine_guest[guest].dev = NULL;
}

static void count_adapter(void *ctx, const char *name)
{
	unsigned int id;
	int end = 0;

	(void)ctx;
	if (sscanf(name, "card%2x%n", &id, &end) == 1 && !name[end] && id >= nr_adapters)
		nr_adapters = id + 1;
}

void machine_reset(void)
{
	unsigned int nr;

	for (nr = 0; nr < MACHINE_GUESTS; nr++) {
		if (machine_guest[nr].dev)
			machine_detach(nr);
		if (machine_guest[nr].vm)
			lab_vmm_destroy(machine_guest[nr].vm);
		machine_guest[nr].vm = NULL;
	}
	for (nr = 0; nr < MACHINE_MDEVS; nr++) {
		if (mdevs[nr].exists)
			remove_mdev(nr);
	}
	machine_control("queue default *");
	if (machine_host_adapters(0, 0))
		bench_fail("apmask cannot be written");
	nr_adapters = 0;
	if (io_list(BUS "/devices", count_adapter, NULL))
		bench_fail("the AP bus has no devices");
	machine_rest();
}

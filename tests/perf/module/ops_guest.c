// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a VMM does: open, close and reset of the VFIO device. Closing measures
 * the close of the device's descriptor alone.
 *
 * arg[0]: queues, arg[1]: reset latency in ms, arg[2]: domains of an adapter, 0: 16.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"
#include "machine.h"

#define DOMAINS	16U
#define OTHER	1U		/* the mdev that is read meanwhile */
#define READ_MS	1U

static void setup_mdev(const struct bench_op *op)
{
	unsigned int domains = op->arg[2] ?: DOMAINS;

	machine_reset_latency(op->arg[1]);
	machine_mdev(0, 0, op->arg[0] / domains ?: 1, 0,
		     op->arg[0] < domains ? op->arg[0] : domains);
	machine_vm(0);
}

static void setup_attached(const struct bench_op *op)
{
	setup_mdev(op);
	machine_attach(0, 0);
}

static void setup_two(const struct bench_op *op)
{
	setup_attached(op);
	machine_other_mdevs(OTHER, 1);
}

/* The same, to be attached. */
static void setup_other(const struct bench_op *op)
{
	setup_mdev(op);
	machine_other_mdevs(OTHER, 1);
}

static void detached(const struct bench_op *op)
{
	(void)op;
	if (machine_guest[0].dev)
		machine_detach(0);
}

static void attached(const struct bench_op *op)
{
	(void)op;
	if (!machine_guest[0].dev)
		machine_attach(0, 0);
}

/* Group and container first; the device alone is the operation. */
static void opened_not(const struct bench_op *op)
{
	detached(op);
	lab_vmm_attach(machine_guest[0].vm, machine_uuid(0), LAB_ATTACH_NO_OPEN, 0,
		       &machine_guest[0].dev);
}

static uint64_t open_device(const struct bench_op *op)
{
	uint64_t begun = bench_now(), took;
	int fd = lab_vmm_open_device(machine_guest[0].dev, NULL);

	(void)op;
	took = bench_now() - begun;
	close(fd);
	return took;
}

static uint64_t close_device(const struct bench_op *op)
{
	uint64_t begun, took;

	(void)op;
	begun = bench_now();
	lab_vmm_close_device(machine_guest[0].dev);
	took = bench_now() - begun;
	machine_detach(0);
	return took;
}

static uint64_t detach(const struct bench_op *op)
{
	(void)op;
	machine_detach(0);
	return 0;
}

static uint64_t reset(const struct bench_op *op)
{
	(void)op;
	lab_vmm_reset(lab_vmm_device_fd(machine_guest[0].dev));
	return 0;
}

/* boot and reboot: the device, then AQIC for each queue */

#define ISC	3U

static void interrupts_on(const struct bench_op *op)
{
	struct lab_script *script = lab_script_new();
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++)
		lab_step_aqic(lab_script_add(script), nr / DOMAINS << 8 | nr % DOMAINS, true, ISC,
			      LAB_VMM_NIB);
	lab_vmm_run(machine_guest[0].vm, 0, script);
	for (nr = 0; nr < op->arg[0]; nr++) {
		if (lab_step_rc(lab_script_step(script, nr)))
			bench_fail("AQIC for queue %u: response code %02x", nr,
				   lab_step_rc(lab_script_step(script, nr)));
	}
	lab_script_free(script);
}

static uint64_t boot_guest(const struct bench_op *op)
{
	attached(op);
	interrupts_on(op);
	return 0;
}

/* Each sample leaves the interrupts on, so only the first needs this. */
static void running(const struct bench_op *op)
{
	if (!machine_guest[0].dev)
		boot_guest(op);
}

static uint64_t reboot_guest(const struct bench_op *op)
{
	reset(op);
	interrupts_on(op);
	return 0;
}

/* What goes on while somebody reads. */
struct meanwhile {
	const struct bench_op *op;
	uint64_t (*run)(const struct bench_op *op);
	bool done;
};

static void *run_meanwhile(void *arg)
{
	struct meanwhile *meanwhile = arg;

	meanwhile->run(meanwhile->op);
	__atomic_store_n(&meanwhile->done, true, __ATOMIC_RELEASE);
	return NULL;
}

/*
 * How late another mdev's reader is at worst: it wants to read every READ_MS, and
 * waits for the CPU and for locks.
 */
static uint64_t read_during(const struct bench_op *op, uint64_t (*run)(const struct bench_op *))
{
	struct meanwhile meanwhile = { .op = op, .run = run };
	uint64_t due, now, worst = 0;
	pthread_t thread;

	if (pthread_create(&thread, NULL, run_meanwhile, &meanwhile))
		bench_fail("no thread");
	while (!__atomic_load_n(&meanwhile.done, __ATOMIC_ACQUIRE)) {
		due = bench_now() + READ_MS * 1000000UL;
		bench_sleep(READ_MS);
		machine_read(OTHER, "control_domains");
		now = bench_now();
		if (now > due && now - due > worst)
			worst = now - due;
	}
	pthread_join(thread, NULL);
	return worst;
}

static uint64_t read_during_reset(const struct bench_op *op)
{
	return read_during(op, reset);
}

static uint64_t read_during_detach(const struct bench_op *op)
{
	return read_during(op, detach);
}

static uint64_t attach(const struct bench_op *op)
{
	attached(op);
	return 0;
}

static uint64_t read_during_attach(const struct bench_op *op)
{
	return read_during(op, attach);
}

#define OPEN(_size, _queues, _flags)					\
	{ "open", _size, { _queues, 0 }, 0, _flags, setup_mdev, opened_not, open_device }
#define CLOSE(_size, _queues, _latency, _flags)				\
	{ "close", _size, { _queues, _latency }, 0, _flags, setup_attached, attached, close_device }
#define RESET(_size, _queues, _flags)					\
	{ "VFIO_DEVICE_RESET", _size, { _queues, 1 }, 0, _flags, setup_attached, NULL, reset }
#define HUGE_RESET(_size, _queues)					\
	{ "VFIO_DEVICE_RESET", _size, { _queues, 1, 64 }, 3, BENCH_HUGE, setup_attached, NULL, reset }
#define READER(_size, _queues, _flags)					\
	{ "reader of another mdev", _size, { _queues, 50 }, 3, _flags, setup_two, NULL,	\
	  read_during_reset }

const struct bench_op guest_ops[] = {
	OPEN("1 queue", 1, 0),
	OPEN("64 queues", 64, BENCH_GUARD),
	OPEN("256 queues", 256, 0),
	CLOSE("1 queue, L = 1 ms", 1, 1, 0),
	CLOSE("64 queues, L = 1 ms", 64, 1, BENCH_GUARD),
	CLOSE("256 queues, L = 1 ms", 256, 1, 0),
	CLOSE("1 queue, L = 20 ms", 1, 20, 0),
	CLOSE("256 queues, L = 20 ms", 256, 20, 0),
	{ "guest boots", "256 queues with interrupts", { 256, 1 }, 3, 0,
	  setup_mdev, detached, boot_guest },
	{ "guest reboots", "256 queues with interrupts, L = 1 ms", { 256, 1 }, 3, 0,
	  setup_mdev, running, reboot_guest },
	{ "detach", "1024 queues, L = 1 ms", { 1024, 1 }, 3, BENCH_BIG,
	  setup_attached, attached, detach },
	RESET("1 queue, L = 1 ms", 1, 0),
	RESET("64 queues, L = 1 ms", 64, BENCH_GUARD),
	RESET("256 queues, L = 1 ms", 256, 0),
	RESET("1024 queues, L = 1 ms", 1024, BENCH_BIG),
	READER("worst gap, reset of 64 queues, L = 50 ms", 64, 0),
	READER("worst gap, reset of 256 queues, L = 50 ms", 256, 0),
	READER("worst gap, reset of 1024 queues, L = 50 ms", 1024, BENCH_BIG),
	HUGE_RESET("64 queues of 4160, L = 1 ms", 64),
	HUGE_RESET("256 queues of 4160, L = 1 ms", 256),
	HUGE_RESET("1024 queues of 4160, L = 1 ms", 1024),
	HUGE_RESET("4096 queues of 4160, L = 1 ms", 4096),
	{ "reader of another mdev", "worst gap, reset of 4096 queues, L = 50 ms",
	  { 4096, 50, 64 }, 3, BENCH_HUGE, setup_two, NULL, read_during_reset },
	{ "reader of another mdev", "worst gap, attach of 4096 queues", { 4096, 1, 64 }, 3,
	  BENCH_HUGE, setup_other, detached, read_during_attach },
	{ "reader of another mdev", "worst gap, detach of 4096 queues, L = 50 ms",
	  { 4096, 50, 64 }, 3, BENCH_HUGE, setup_two, attached, read_during_detach },
	{ 0 }
};

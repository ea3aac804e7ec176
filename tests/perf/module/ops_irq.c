// SPDX-License-Identifier: GPL-2.0-only
/*
 * PQAP(AQIC) of a guest: the time between the end of the instruction before it
 * and its own, as the virtual SIE took them down.
 *
 * arg[0]: reset latency in ms of another guest's eight queues, or 0.
 */
#include <pthread.h>

#include "bench.h"
#include "machine.h"

#define OTHER_QUEUES	8U
#define ISC		3U

static void setup(const struct bench_op *op)
{
	machine_mdev(0, 0, 1, 0, 1);
	machine_vm(0);
	machine_attach(0, 0);
	machine_mdev(1, 1, 1, 0, OTHER_QUEUES);
	machine_vm(1);
	machine_attach(1, 1);
	machine_control("queue reset-latency 01.* %u", op->arg[0] * 1000);
}

/* A TAPQ, then AQIC: the time of the second. */
static uint64_t aqic(bool on)
{
	struct lab_script *script = lab_script_new();
	uint64_t ns;

	lab_step_pqap(lab_script_add(script), (uint64_t)LAB_TAPQ << 24, 0, 0);
	lab_step_aqic(lab_script_add(script), 0, on, ISC, LAB_VMM_NIB);
	lab_vmm_run(machine_guest[0].vm, 0, script);
	if (lab_step_rc(lab_script_step(script, 1)))
		bench_fail("AQIC: response code %02x", lab_step_rc(lab_script_step(script, 1)));
	ns = lab_script_step(script, 1)->time_ns - lab_script_step(script, 0)->time_ns;
	lab_script_free(script);
	return ns;
}

static void *reset(void *arg)
{
	(void)arg;
	lab_vmm_reset(lab_vmm_device_fd(machine_guest[1].dev));
	return NULL;
}

/* With a reset of the other guest under way if there is a latency. */
static uint64_t aqic_meanwhile(const struct bench_op *op, bool on)
{
	pthread_t thread;
	uint64_t ns;

	if (!op->arg[0])
		return aqic(on);
	if (pthread_create(&thread, NULL, reset, NULL))
		bench_fail("no thread");
	bench_sleep(op->arg[0] / 4);
	ns = aqic(on);
	pthread_join(thread, NULL);
	return ns;
}

static void off(const struct bench_op *op)
{
	(void)op;
	lab_vmm_reset(lab_vmm_device_fd(machine_guest[0].dev));
}

static void on(const struct bench_op *op)
{
	off(op);
	aqic(true);
}

static uint64_t enable(const struct bench_op *op)
{
	return aqic_meanwhile(op, true);
}

static uint64_t disable(const struct bench_op *op)
{
	return aqic_meanwhile(op, false);
}

const struct bench_op irq_ops[] = {
	{ "AQIC enable", "quiet", { 0 }, 0, BENCH_GUARD, setup, off, enable },
	{ "AQIC disable", "quiet", { 0 }, 0, BENCH_GUARD, setup, on, disable },
	{ "AQIC enable", "another guest resets, L = 20 ms", { 20 }, 0, 0, setup, off, enable },
	{ "AQIC enable", "another guest resets, L = 200 ms", { 200 }, 0, 0, setup, off, enable },
	{ 0 }
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two vCPUs that stay in SIE while a guest's masks change: for how long does one of them
 * execute nothing? Each repeats TAPQ, and the virtual SIE takes down when each was complete.
 * The longest time between two of them during the write is the stop, if nothing else stopped
 * the vCPU meanwhile; therefore the least of some samples counts, and one without a change
 * shows what is there anyway. Needs a CPU for each vCPU and one for the writer.
 */
#include "bench.h"
#include "machine.h"

#define VCPUS	2U
#define STEPS	8192U		/* those that are kept: more than there are during a change */
#define BEFORE_MS	5U	/* they run before the change, */
#define AFTER_MS	2U	/* and after it */

static struct lab_script *scripts[VCPUS];

static void setup(const struct bench_op *op)
{
	(void)op;
	machine_mdev(0, 0, 1, 0, 1);
	machine_vm(0);
	lab_vmm_create_vcpu(machine_guest[0].vm, 1);
	machine_attach(0, 0);
}

static void without_control(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_UNASSIGN_CONTROL, 3);
}

/* The longest time without a step that has a part between @from and @to. */
static uint64_t longest_gap(const struct lab_script *script, uint64_t from, uint64_t to)
{
	uint64_t longest = 0;
	unsigned int nr;

	for (nr = 1; nr < STEPS; nr++) {
		uint64_t before = lab_script_step(script, nr - 1)->time_ns;
		uint64_t after = lab_script_step(script, nr)->time_ns;

		/* the steps are overwritten in turn: one of them follows the newest */
		if (before && before <= to && after >= from && after > before &&
		    after - before > longest)
			longest = after - before;
	}
	return longest;
}

static void start(unsigned int vcpu)
{
	unsigned int nr;

	scripts[vcpu] = lab_script_new();
	for (nr = 0; nr < STEPS; nr++)
		lab_step_pqap(lab_script_add(scripts[vcpu]), (uint64_t)LAB_TAPQ << 24, 0, 0);
	lab_script_loop(scripts[vcpu], 0, 0);
	lab_vmm_start(machine_guest[0].vm, vcpu, scripts[vcpu]);
}

/* With a write if arg[0]; the longest stop of either vCPU meanwhile. */
static uint64_t change(const struct bench_op *op)
{
	uint64_t begun, over, gap, longest = 0;
	unsigned int vcpu;

	for (vcpu = 0; vcpu < VCPUS; vcpu++)
		start(vcpu);
	bench_sleep(BEFORE_MS);
	begun = bench_now();
	if (op->arg[0])
		machine_id(0, ATTR_ASSIGN_CONTROL, 3);
	over = bench_now();
	bench_sleep(AFTER_MS);
	for (vcpu = 0; vcpu < VCPUS; vcpu++) {
		lab_vmm_stop(machine_guest[0].vm, vcpu);
		gap = longest_gap(scripts[vcpu], begun, over);
		lab_script_free(scripts[vcpu]);
		if (gap > longest)
			longest = gap;
	}
	return longest;
}

const struct bench_op sie_ops[] = {
	{ "two vCPUs in SIE stop", "no change", { 0 }, 0, BENCH_SMP, setup, without_control, change },
	{ "two vCPUs in SIE stop", "assign_control_domain", { 1 }, 0, BENCH_SMP,
	  setup, without_control, change },
	{ 0 }
};

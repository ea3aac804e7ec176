// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hostile guests: vCPUs that execute AP instructions with any function code and any registers,
 * from a seed, without pauses; and what another guest notices of it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "random.h"

#define HOSTILE_CPU	1
#define HOSTILE_STEPS	512
#define LATENCY_COUNT	500
#define LATENCY_MAX	20000
#define LOWCORE		0x2000UL
#define NS_PER_US	1000

/* The queues of the machine; a guest may or may not have them. */
static const uint64_t apqns[] = { 0x0504, 0x0547, 0x0604, 0x0647, 0x0a04 };

/*
 * Addresses that are not as they should be, for NIBs, messages and QCI blocks. None is in the
 * lowcore: a guest that overwrites its new PSWs ends itself, and floods nobody.
 */
static uint64_t random_address(uint64_t *seed, uint64_t memory)
{
	switch (random_below(seed, 8)) {
	case 1:				/* its last bytes */
		return memory - random_below(seed, 16);
	case 2:				/* beyond it */
		return memory + random_below(seed, 1UL << 20);
	case 3:				/* wraps around */
		return -random_below(seed, 1UL << 13);
	case 4:
		return random_next(seed);
	default:
		return LOWCORE + random_below(seed, memory - LOWCORE);
	}
}

static uint64_t random_apqn(uint64_t *seed)
{
	if (random_below(seed, 100) < 15)
		return random_below(seed, 1UL << 16);
	return apqns[random_below(seed, sizeof(apqns) / sizeof(apqns[0]))];
}

static void random_pqap(struct aphwsim_step *step, uint64_t *seed, uint64_t memory)
{
	uint64_t fc = random_below(seed, 100) < 60 ? LAB_AQIC : random_below(seed, 256);
	uint64_t gr0 = fc << 24 | random_apqn(seed);
	uint64_t gr1 = random_below(seed, 2) << 47 | random_below(seed, 8), gr2;

	if (random_below(seed, 100) < 10)
		gr0 |= random_next(seed);
	else if (random_below(seed, 100) < 20)
		gr0 |= random_below(seed, 256) << 16;
	if (random_below(seed, 100) < 20)
		gr1 = random_next(seed);
	gr2 = random_address(seed, memory);
	if ((gr0 >> 24 & 0xff) == LAB_AQIC && !random_below(seed, 10))
		gr2 = random_below(seed, LOWCORE) & ~0xfffUL;	/* no byte that matters */
	lab_step_pqap(step, gr0, gr1, gr2);
}

static void random_step(struct aphwsim_step *step, uint64_t *seed, uint64_t memory)
{
	unsigned int i, what = random_below(seed, 100);

	if (what < 70)
		random_pqap(step, seed, memory);
	else if (what < 85)
		lab_step_nqap(step, random_apqn(seed), random_next(seed),
			      random_address(seed, memory), random_below(seed, 1UL << 15));
	else
		lab_step_dqap(step, random_apqn(seed), random_address(seed, memory),
			      random_below(seed, 1UL << 15));
	for (i = 3; i < 14; i++) {
		if (random_below(seed, 100) < 5)
			step->gr_in[i] = random_next(seed);
	}
	if (random_below(seed, 100) < 5)
		step->flags |= APHWSIM_F_PROBLEM;
}

/*
 * One that ends in no program interruption. The vCPUs have one lowcore, so only one of them can
 * take these. NIBs may be anywhere.
 */
static void random_valid_step(struct aphwsim_step *step, uint64_t *seed, uint64_t memory)
{
	uint64_t address = LOWCORE + random_below(seed, memory - 2 * LAB_VMM_MSG_MAX);
	unsigned int apqn = random_apqn(seed), what = random_below(seed, 100);

	if (what < 60)
		lab_step_aqic(step, apqn, random_below(seed, 3), random_below(seed, 8),
			      random_below(seed, 4) ? address : random_address(seed, memory));
	else if (what < 75)
		lab_step_nqap(step, apqn, random_next(seed), address,
			      random_below(seed, 1UL << 14));
	else if (what < 90)
		lab_step_dqap(step, apqn, address, LAB_VMM_MSG_MAX);
	else
		lab_step_pqap(step, random_below(seed, 3) << 24 | apqn, random_next(seed), 0);
}

/* hostile seed=N [cpu=N]: until spin stop. */
static int run_hostile(struct call *call)
{
	struct vm_slot *slot = call_vm(call);
	uint64_t cpu = HOSTILE_CPU, seed = 1;
	struct lab_script *script;

	if (!slot)
		return -EINVAL;
	if (call_number(call, "cpu", &cpu) || call_number(call, "seed", &seed) ||
	    cpu >= LAB_VMM_MAX_VCPUS)
		return refuse(call, "seed is a number, and cpu is 0 to %d", LAB_VMM_MAX_VCPUS - 1);
	if (slot->spin[cpu])
		return -EBUSY;
	script = lab_script_new();
	if (!script)
		return -ENOMEM;
	for (int i = 0; i < HOSTILE_STEPS; i++)
		(cpu == HOSTILE_CPU ? random_step : random_valid_step)
			(lab_script_add(script), &seed, lab_vmm_mem_size(slot->vm));
	lab_script_loop(script, 0, 0);
	return slot_spin(slot, cpu, script);
}

static int compare(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* How long the AQICs of a run took. */
struct latency {
	unsigned int nr, good;
	uint64_t *all;		/* ns of each, as the guest sees it */
	uint64_t *own;		/* without the time in which the thread waited for a CPU */
};

/* Adds what lies between two steps, of which the second is an AQIC. */
static void add_latency(struct latency *times, const struct aphwsim_step *before,
			const struct aphwsim_step *step)
{
	uint64_t ns = step->time_ns - before->time_ns;

	times->all[times->nr] = ns;
	times->own[times->nr] = ns - (step->wait_ns - before->wait_ns);
	times->nr++;
	times->good += !lab_step_rc(step);
}

/* One AQIC after the other. */
static int run_at_once(struct vm_slot *slot, unsigned int apqn, uint64_t count,
		       struct latency *times)
{
	struct lab_script *script = lab_script_new();
	uint64_t i;
	int ret;

	if (!script)
		return -ENOMEM;
	for (i = 0; i <= count; i++)
		lab_step_aqic(lab_script_add(script), apqn, !(i & 1), 3, LAB_VMM_NIB);
	ret = __lab_vmm_run(slot->vm, 0, script);
	for (i = 0; !ret && i < count; i++)
		add_latency(times, lab_script_step(script, i), lab_script_step(script, i + 1));
	lab_script_free(script);
	return ret;
}

/* The thread sleeps before each AQIC, so that others run, and are preempted when it wakes up. */
static int run_with_pauses(struct vm_slot *slot, unsigned int apqn, uint64_t count,
			   uint64_t pause_us, struct latency *times)
{
	struct lab_script *script;
	uint64_t i;
	int ret = 0;

	for (i = 0; !ret && i < count; i++) {
		usleep(pause_us);
		script = lab_script_new();
		if (!script)
			return -ENOMEM;
		lab_step_qci(lab_script_add(script), LAB_VMM_NIB);
		lab_step_aqic(lab_script_add(script), apqn, !(i & 1), 3, LAB_VMM_NIB);
		ret = __lab_vmm_run(slot->vm, 0, script);
		if (!ret)
			add_latency(times, lab_script_step(script, 0), lab_script_step(script, 1));
		lab_script_free(script);
	}
	return ret;
}

static void print_times(struct call *call, const char *prefix, uint64_t *ns, unsigned int nr)
{
	qsort(ns, nr, sizeof(*ns), compare);
	fprintf(call->answer, " %smedian_us=%llu %sp99_us=%llu %smax_us=%llu",
		prefix, (unsigned long long)ns[nr / 2] / NS_PER_US,
		prefix, (unsigned long long)ns[nr - 1 - nr / 100] / NS_PER_US,
		prefix, (unsigned long long)ns[nr - 1] / NS_PER_US);
}

/*
 * latency apqn=CC.DDDD [count=N] [pause=USEC]: how long PQAP(AQIC) takes, which enables and
 * disables interrupts in turn: all of the time, then without what the thread waited for a CPU.
 */
static int run_latency(struct call *call)
{
	uint64_t count = LATENCY_COUNT, pause_us = 0;
	const char *apqn = call_value(call, "apqn");
	struct latency times = { 0 };
	unsigned int apid, apqi;
	struct vm_slot *slot;
	int ret;

	pthread_mutex_lock(&call->session->lock);
	slot = call_vm(call);
	pthread_mutex_unlock(&call->session->lock);
	if (!slot)
		return -EINVAL;
	if (!apqn || sscanf(apqn, "%2x.%4x", &apid, &apqi) != 2 || apqi > 0xff ||
	    call_number(call, "count", &count) || count < 2 || count > LATENCY_MAX ||
	    call_number(call, "pause", &pause_us))
		return refuse(call, "apqn is CC.DDDD, and count is 2 to %d", LATENCY_MAX);
	times.all = calloc(2 * count, sizeof(*times.all));
	if (!times.all)
		return -ENOMEM;
	times.own = times.all + count;
	apqi |= apid << 8;
	ret = pause_us ? run_with_pauses(slot, apqi, count, pause_us, &times)
		       : run_at_once(slot, apqi, count, &times);
	if (!ret) {
		fprintf(call->answer, " count=%u good=%u", times.nr, times.good);
		print_times(call, "", times.all, times.nr);
		print_times(call, "own_", times.own, times.nr);
	}
	free(times.all);
	return ret;
}

static const char *const hostile_opts[] = { "seed=", "cpu=", "vm=", NULL };
static const char *const latency_opts[] = { "apqn=", "count=", "pause=", "vm=", NULL };

const struct command hostile_commands[] = {
	{ .name = "hostile", .args = "seed=N [cpu=N]",
	  .summary = "any AP instructions on a vCPU, until spin stop", .opts = hostile_opts,
	  .run = run_hostile },
	{ .name = "latency", .args = "apqn=CC.DDDD [count=N] [pause=USEC]",
	  .summary = "how long PQAP(AQIC) takes", .opts = latency_opts, .blocking = true,
	  .run = run_latency },
	{ }
};

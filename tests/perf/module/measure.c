// SPDX-License-Identifier: GPL-2.0-only
/*
 * Samples. With --icount and one CPU guest time counts instructions, so the
 * least of some samples repeats. A sample begins at a fixed phase of the timer
 * tick, since mainline's waits are whole ticks long, and does not count if the
 * AP bus has scanned meanwhile. Clock reads stand directly around the
 * operation; counters are read outside. What the operation leaves to workers is
 * over when the machine rests, and its cost shows in busy_ns alone.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "crycb.h"
#include "io.h"
#include "machine.h"

#define SIM		"/sys/kernel/debug/aphwsim"
#define TICK_NS		10000000UL	/* HZ is 100 on s390 */
#define PHASE_NS	1000000UL
#define SETTLE_MS	300
#define TRIES		4		/* times the samples, for those a scan has spoilt */

void bench_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "bench: ");
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(1);
}

uint64_t bench_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000UL + (uint64_t)now.tv_nsec;
}

void bench_sleep(unsigned int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &time) == EINTR)
		;
}

static void sleep_to_phase(void)
{
	uint64_t at = (bench_now() / TICK_NS + 2) * TICK_NS + PHASE_NS;
	struct timespec time = { (time_t)(at / 1000000000UL), (long)(at % 1000000000UL) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
		;
}

static uint64_t read_scans(void)
{
	char text[32];

	return io_attr(text, sizeof(text), "/sys/bus/ap/scans") > 0 ? strtoull(text, NULL, 10) : 0;
}

/* "cpu0" and nine numbers; the seventh is the time in which tasks ran. */
static uint64_t read_busy(void)
{
	static char text[1 << 14];
	unsigned long busy = 0;
	char *line;

	if (io_read(text, sizeof(text), "/proc/schedstat") < 0)
		return 0;
	line = strstr(text, "\ncpu0 ");
	if (line)
		sscanf(line, "\ncpu0 %*u %*u %*u %*u %*u %*u %lu", &busy);
	return busy;
}

static uint64_t read_apcb_updates(void)
{
	uint64_t updates = 0;
	unsigned int nr;

	for (nr = 0; nr < MACHINE_GUESTS; nr++) {
		struct crycb *crycb = &machine_guest[nr].crycb;

		if (!machine_guest[nr].vm)
			continue;
		if (crycb_follow(crycb, NULL, NULL))
			bench_fail("KVM's log of guest %u cannot be read", nr);
		updates += crycb->pushes;
		if (crycb_trim(crycb))
			bench_fail("KVM's log of guest %u cannot be emptied", nr);
	}
	return updates;
}

static void read_instructions(uint64_t insn[BENCH_INSN_NR])
{
	static const char *const name[BENCH_INSN_NR] = {
		"pqap.tapq", "pqap.rapq", "pqap.zapq", "pqap.aqic"
	};
	static char text[1 << 20];
	char *at = text, *line;
	unsigned int nr;

	if (io_read(text, sizeof(text), SIM "/counters") < 0)
		bench_fail("the simulator's counters cannot be read");
	while ((line = io_line(&at))) {
		for (nr = 0; nr < BENCH_INSN_NR; nr++) {
			size_t len = strlen(name[nr]);

			if (!strncmp(line, name[nr], len) && line[len] == ' ')
				insn[nr] = strtoull(line + len, NULL, 10);
		}
	}
}

void bench_count(struct bench_count *count)
{
	memset(count, 0, sizeof(*count));
	read_instructions(count->insn);
	count->apcb_updates = read_apcb_updates();
	count->scans = read_scans();
	count->busy_ns = read_busy();
}

struct sample {
	uint64_t ns;
	struct bench_count count;	/* what it added */
};

static void subtract(struct bench_count *count, const struct bench_count *before)
{
	unsigned int nr;

	for (nr = 0; nr < BENCH_INSN_NR; nr++)
		count->insn[nr] -= before->insn[nr];
	count->apcb_updates -= before->apcb_updates;
	count->scans -= before->scans;
	count->busy_ns -= before->busy_ns;
}

static struct sample take_sample(const struct bench_op *op)
{
	struct bench_count before;
	struct sample sample;
	uint64_t begun;

	if (op->prepare)
		op->prepare(op);
	machine_rest();
	bench_sleep(SETTLE_MS);
	bench_count(&before);
	sleep_to_phase();
	begun = bench_now();
	sample.ns = op->run(op);
	if (!sample.ns)
		sample.ns = bench_now() - begun;
	machine_rest();
	bench_count(&sample.count);
	subtract(&sample.count, &before);
	return sample;
}

static int by_time(const void *a, const void *b)
{
	const struct sample *left = a, *right = b;

	return left->ns < right->ns ? -1 : left->ns > right->ns;
}

/* The machine's own work between the two looks at the counters, without an operation. */
static uint64_t idle_busy_ns;

static int by_number(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return *left < *right ? -1 : *left > *right;
}

/* A member of struct bench_count as most samples have it: a scan may have begun in one. */
static uint64_t median(const struct sample *samples, unsigned int nr, size_t offset)
{
	uint64_t values[BENCH_SAMPLES];
	unsigned int i;

	for (i = 0; i < nr; i++)
		memcpy(&values[i], (const char *)&samples[i].count + offset, sizeof(values[i]));
	qsort(values, nr, sizeof(values[0]), by_number);
	return values[nr / 2];
}

static struct bench_count median_count(const struct sample *samples, unsigned int nr)
{
	struct bench_count count = { 0 };
	unsigned int insn;

	for (insn = 0; insn < BENCH_INSN_NR; insn++)
		count.insn[insn] = median(samples, nr, offsetof(struct bench_count, insn) +
						       insn * sizeof(uint64_t));
	count.apcb_updates = median(samples, nr, offsetof(struct bench_count, apcb_updates));
	count.busy_ns = median(samples, nr, offsetof(struct bench_count, busy_ns));
	count.busy_ns -= count.busy_ns < idle_busy_ns ? count.busy_ns : idle_busy_ns;
	return count;
}

/* The least time that is more than a tenth above the least of all: another course of events. */
static uint64_t second_mode(const struct sample *samples, unsigned int nr)
{
	unsigned int i;

	for (i = 1; i < nr; i++) {
		if (samples[i].ns > samples[0].ns + samples[0].ns / 10)
			return samples[i].ns;
	}
	return 0;
}

static void print(const struct bench_op *op, const struct sample *samples, unsigned int nr)
{
	struct bench_count count = median_count(samples, nr);

	printf("{\"operation\": \"%s\", \"size\": \"%s\", \"samples\": %u, \"ns\": %lu, "
	       "\"second_mode_ns\": %lu, \"max_ns\": %lu, \"busy_ns\": %lu, \"tapq\": %lu, "
	       "\"rapq\": %lu, \"zapq\": %lu, \"aqic\": %lu, \"apcb_updates\": %lu}\n",
	       op->name, op->size, nr, samples[0].ns, second_mode(samples, nr),
	       samples[nr - 1].ns, count.busy_ns, count.insn[BENCH_TAPQ],
	       count.insn[BENCH_RAPQ], count.insn[BENCH_ZAPQ], count.insn[BENCH_AQIC],
	       count.apcb_updates);
	fflush(stdout);
}

static unsigned int take_samples(const struct bench_op *op, struct sample *samples)
{
	unsigned int wanted = op->samples ?: BENCH_SAMPLES, nr = 0, tries;
	struct sample sample;

	take_sample(op);
	for (tries = 0; nr < wanted && tries < TRIES * wanted; tries++) {
		sample = take_sample(op);
		if (!sample.count.scans || (op->flags & BENCH_SCANS))
			samples[nr++] = sample;
	}
	if (!nr)
		bench_fail("%s %s: the AP bus scanned during every sample", op->name, op->size);
	qsort(samples, nr, sizeof(samples[0]), by_time);
	return nr;
}

static uint64_t do_nothing(const struct bench_op *op)
{
	(void)op;
	return 0;
}

void bench_calibrate(void)
{
	static const struct bench_op nothing = { .name = "nothing", .run = do_nothing };
	struct sample samples[BENCH_SAMPLES];
	unsigned int nr;

	/* the bus scans every 30 s; this is as seldom as it can be told */
	if (io_put("120", "/sys/bus/ap/config_time"))
		bench_fail("the AP bus takes no config_time");
	machine_reset();
	nr = take_samples(&nothing, samples);
	idle_busy_ns = median(samples, nr, offsetof(struct bench_count, busy_ns));
}

void bench_measure(const struct bench_op *op)
{
	struct sample samples[BENCH_SAMPLES];
	unsigned int nr;

	machine_reset();
	op->setup(op);
	nr = take_samples(op, samples);
	print(op, samples, nr);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Measures vfio_ap's operations inside the lab: one table of operations, one
 * way to take a sample. The same program runs on mainline's module and on ours.
 */
#ifndef PERF_BENCH_H
#define PERF_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_SAMPLES	7	/* per operation, after one that warms up */

/* AP instructions by function, as the simulator counts them. */
enum bench_insn {
	BENCH_TAPQ,
	BENCH_RAPQ,
	BENCH_ZAPQ,
	BENCH_AQIC,
	BENCH_INSN_NR
};

/* What the machine has counted so far. */
struct bench_count {
	uint64_t insn[BENCH_INSN_NR];
	uint64_t apcb_updates;		/* of all guests, from KVM's own log */
	uint64_t scans;			/* complete scans of the AP bus */
	uint64_t busy_ns;		/* time in which any task ran (schedstat) */
};

/* A scan of the AP bus is part of the operation. */
#define BENCH_SCANS	1U
/* On which hardware; none of them: the small one, with 384 queues. */
#define BENCH_BIG	2U	/* 1,088 queues */
#define BENCH_HUGE	4U	/* 4,160 queues */
#define BENCH_WIDE	16U	/* 384 queues; IDs up to 255 can be assigned */
/* Two vCPUs run meanwhile: three CPUs, and times are those of the machine that runs this. */
#define BENCH_SMP	32U
/* Among those that make check counts, on the small hardware. */
#define BENCH_GUARD	8U

struct bench_op {
	const char *name;
	const char *size;		/* as it is printed, may be "" */
	unsigned int arg[3];		/* for the functions below */
	unsigned int samples;		/* 0: BENCH_SAMPLES */
	unsigned int flags;		/* BENCH_* */
	/* Once: mdevs, guests, hardware. The machine is bare before it. */
	void (*setup)(const struct bench_op *op);
	/* Before each sample: back to the start. Not measured. May be NULL. */
	void (*prepare)(const struct bench_op *op);
	/*
	 * The operation. Returns 0 to be timed from outside, or the time in ns
	 * if it has measured that itself.
	 */
	uint64_t (*run)(const struct bench_op *op);
};

/* Tables end with an entry without a name. */
extern const struct bench_op matrix_ops[], guest_ops[], host_ops[], irq_ops[], sie_ops[];

/* measure.c */

/* CLOCK_MONOTONIC in ns. */
uint64_t bench_now(void);
/* Sleeps for some ms of guest time. */
void bench_sleep(unsigned int ms);
/* Reads all counters. */
void bench_count(struct bench_count *count);
/* Measures what the samples themselves cost the machine. To be called first. */
void bench_calibrate(void);
/* Runs one operation with all its samples and prints its line of JSON. */
void bench_measure(const struct bench_op *op);
/* Ends the program with a message. */
void bench_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif

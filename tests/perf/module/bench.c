// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench small|big|huge|wide|smp|guard [WORD]: measures the operations of that hardware, or
 * those of them whose name contains WORD, and prints a line of JSON for each. guard:
 * some of those of the small hardware. Run in the lab with --icount --cpus 1.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "machine.h"

static const struct {
	const char *name;
	unsigned int flag;
} sets[] = {
	{ "small", 0 }, { "big", BENCH_BIG }, { "huge", BENCH_HUGE }, { "wide", BENCH_WIDE },
	{ "smp", BENCH_SMP }
};

#define NR_SETS	(sizeof(sets) / sizeof(sets[0]))

/* Is the operation one of those of this set? */
static bool chosen(const struct bench_op *op, const char *set)
{
	unsigned int kind = op->flags & (BENCH_BIG | BENCH_HUGE | BENCH_WIDE | BENCH_SMP), i;

	if (!strcmp(set, "guard"))
		return op->flags & BENCH_GUARD;
	for (i = 0; i < NR_SETS; i++) {
		if (!strcmp(set, sets[i].name))
			return kind == sets[i].flag;
	}
	return false;
}

int main(int argc, char **argv)
{
	static const struct bench_op *const tables[] = { matrix_ops, irq_ops, guest_ops, sie_ops,
							host_ops };
	const char *set = argc > 1 ? argv[1] : "small";
	const char *word = argc > 2 ? argv[2] : "";
	const struct bench_op *op;
	unsigned int table;

	bench_calibrate();
	for (table = 0; table < sizeof(tables) / sizeof(tables[0]); table++) {
		for (op = tables[table]; op->name; op++) {
			if (chosen(op, set) && strstr(op->name, word))
				bench_measure(op);
		}
	}
	return 0;
}

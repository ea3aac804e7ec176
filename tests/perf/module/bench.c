// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench small|big|huge|guard [WORD]: measures the operations of that hardware, or
 * those of them whose name contains WORD, and prints a line of JSON for each. guard:
 * some of those of the small hardware. Run in the lab with --icount --cpus 1.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "machine.h"

/* Is the operation one of those of this set? */
static bool chosen(const struct bench_op *op, const char *set)
{
	unsigned int hardware = op->flags & (BENCH_BIG | BENCH_HUGE);

	if (!strcmp(set, "guard"))
		return op->flags & BENCH_GUARD;
	if (!strcmp(set, "huge"))
		return hardware == BENCH_HUGE;
	return hardware == (strcmp(set, "big") ? 0 : BENCH_BIG);
}

int main(int argc, char **argv)
{
	static const struct bench_op *const tables[] = { matrix_ops, irq_ops, guest_ops, host_ops };
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

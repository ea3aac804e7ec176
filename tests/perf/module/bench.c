// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench small|big [WORD]: measures the operations of the small or the big
 * hardware, or those of them whose name contains WORD, and prints a line of JSON
 * for each. Run in the lab with --icount --cpus 1.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "machine.h"

int main(int argc, char **argv)
{
	static const struct bench_op *const tables[] = { matrix_ops, irq_ops, guest_ops, host_ops };
	unsigned int big = argc > 1 && !strcmp(argv[1], "big") ? BENCH_BIG : 0;
	const char *word = argc > 2 ? argv[2] : "";
	const struct bench_op *op;
	unsigned int table;

	bench_calibrate();
	for (table = 0; table < sizeof(tables) / sizeof(tables[0]); table++) {
		for (op = tables[table]; op->name; op++) {
			if ((op->flags & BENCH_BIG) == big && strstr(op->name, word))
				bench_measure(op);
		}
	}
	return 0;
}

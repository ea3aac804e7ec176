// SPDX-License-Identifier: GPL-2.0-only
/* The last object of a module that is built for coverage: where the list of GCC's data ends. */
#include <linux/types.h>

const void *const lab_coverage_last __used __section("lab_coverage");

/* GCC's data refers to it. Counters are never merged in the kernel. */
void __gcov_merge_add(long *counters, unsigned int nr);
void __gcov_merge_add(long *counters, unsigned int nr)
{
}

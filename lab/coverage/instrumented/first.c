// SPDX-License-Identifier: GPL-2.0-only
/* The first object of a module that is built for coverage: where the list of GCC's data begins. */
#include <linux/types.h>

const void *const lab_coverage_first __used __section("lab_coverage");

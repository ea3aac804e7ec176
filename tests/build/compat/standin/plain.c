// SPDX-License-Identifier: GPL-2.0-only
/* Code of a bus that has no callbacks. */
#include <linux/compiler.h>
#include "standin.h"

noinline void standin_plain(void)
{
	barrier();
}

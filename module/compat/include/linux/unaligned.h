/* SPDX-License-Identifier: GPL-2.0-only */
/* 6.12: moved here from asm/; delete with the last kernel before. */
#if __has_include_next(<linux/unaligned.h>)
#include_next <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

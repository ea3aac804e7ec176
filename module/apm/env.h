/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The seam of the pure core: every name that apm.c takes from outside.
 * kbuild gets the kernel's, everything else (the tool, the unit tests) the C
 * library's. It stays this small: fixed-size integers, errno, memory moves.
 */
#ifndef APM_ENV_H
#define APM_ENV_H

#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>
#else
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#endif

#endif

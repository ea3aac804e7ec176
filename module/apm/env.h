/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every name that the pure core takes from outside: fixed-size integers, errno
 * and memory functions. kbuild uses the kernel's headers; the tool and the unit
 * tests use those of the C library.
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

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Errors of the library: an errno and the name of the step that failed. The
 * asserting variants print a message and end the program.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "internal.h"

static __thread char failed_at[96];

const char *lab_vmm_failed_at(void)
{
	return failed_at;
}

/* Notes the step and returns err (negative). */
int fail_at(int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(failed_at, sizeof(failed_at), fmt, ap);
	va_end(ap);
	return err;
}

const char *lab_vmm_errno_name(int err)
{
	static __thread char number[16];
	const char *name = NULL;

	if (err < 0)
		err = -err;
#if __GLIBC_PREREQ(2, 32)
	name = strerrorname_np(err);
#endif
	if (name)
		return name;
	snprintf(number, sizeof(number), "%d", err);
	return number;
}

int lab_vmm_must(int ret, const char *call, const char *file, int line)
{
	if (ret >= 0)
		return ret;
	fprintf(stderr, "%s:%d: %s: %s at %s\n", file, line, call,
		lab_vmm_errno_name(ret), failed_at);
	exit(1);
}

int __lab_vmm_ioctl(int fd, unsigned long cmd, void *arg, const char *what)
{
	int ret = ioctl(fd, cmd, arg);

	return ret < 0 ? fail_at(-errno, "%s", what) : ret;
}

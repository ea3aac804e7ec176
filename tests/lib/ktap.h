/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Results of test programs in C, printed as KTAP: one include, no library. A program calls
 * ktap_begin() with the number of its tests, then one of ok, not_ok and skip for each of them,
 * and returns what ktap_end() returns. One thread at a time may call these.
 */
#ifndef KTAP_H
#define KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static unsigned int ktap_planned, ktap_number, ktap_failures;

static inline void ktap_begin(unsigned int tests)
{
	ktap_planned = tests;
	printf("KTAP version 1\n1..%u\n", tests);
}

static inline void ktap_ok(const char *name)
{
	printf("ok %u %s\n", ++ktap_number, name);
}

__attribute__((format(printf, 2, 3)))
static inline void ktap_not_ok(const char *name, const char *why, ...)
{
	va_list args;

	ktap_failures++;
	printf("not ok %u %s # ", ++ktap_number, name);
	va_start(args, why);
	vprintf(why, args);
	va_end(args);
	putchar('\n');
}

static inline void ktap_skip(const char *name, const char *reason)
{
	printf("ok %u %s # SKIP %s\n", ++ktap_number, name, reason);
}

/* 0 if all planned tests ran and none failed, else 1: the program's exit status. */
static inline int ktap_end(void)
{
	if (ktap_number != ktap_planned)
		ktap_not_ok("plan", "planned %u tests, %u ran", ktap_planned, ktap_number);
	fflush(stdout);
	return ktap_failures != 0;
}

#endif

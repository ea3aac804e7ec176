// SPDX-License-Identifier: GPL-2.0-only
/* A monotonic clock in milliseconds. See clock.h. */
#include <time.h>

#include "lib/clock.h"

long long clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

long long clock_left(long long end)
{
	long long now = clock_ms();

	if (end < 0)
		return -1;
	return end > now ? end - now : 0;
}

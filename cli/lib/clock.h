/* SPDX-License-Identifier: GPL-2.0-only */
/* A monotonic clock in milliseconds. */
#ifndef APM_CLOCK_H
#define APM_CLOCK_H

long long clock_ms(void);
/* The time until end: 0 if it has passed, -1 (no limit) if end is negative. */
long long clock_left(long long end);

#endif

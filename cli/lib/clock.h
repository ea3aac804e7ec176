/* SPDX-License-Identifier: GPL-2.0-only */
/* Milliseconds of a clock that never jumps, and what is left of them. */
#ifndef APM_CLOCK_H
#define APM_CLOCK_H

long long clock_ms(void);
/* Until `end` of that clock: 0 once it is over; -1, for ever, if end is negative. */
long long clock_left(long long end);

#endif

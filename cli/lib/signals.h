/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals that end the program, held back while the machine is changed and
 * looked for in between: all that can be held back and come from outside, SIGPIPE
 * of a reader that has gone, too. Those that were ignored when it began (nohup, a job
 * of a script) are none of them.
 */
#ifndef APM_SIGNALS_H
#define APM_SIGNALS_H

#include <stdbool.h>

void signals_hold(void);
/* One that was held back ends the program now. */
void signals_release(void);
/* Was there one? */
bool signals_pending(void);
/*
 * A descriptor for poll(): readable as long as one is held back. Never to be
 * read, or the signal would be gone. To be closed; -1 if there is none.
 */
int signals_fd(void);

#endif

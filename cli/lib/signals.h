/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals that end the program and come from outside, also SIGPIPE of a reader that
 * has gone, are blocked while the machine is changed and checked between the steps.
 * Signals that were ignored at the start (nohup, a job of a script) stay ignored.
 */
#ifndef APM_SIGNALS_H
#define APM_SIGNALS_H

#include <stdbool.h>

void signals_hold(void);
/* A pending signal ends the program now. */
void signals_release(void);
/* Is a signal pending? */
bool signals_pending(void);
/*
 * A descriptor for poll(), readable while a signal is pending. The caller must not
 * read it, since that would consume the signal, and closes it. -1: none.
 */
int signals_fd(void);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* Signals that end the program are blocked. See signals.h. */
#include <signal.h>
#include <sys/signalfd.h>

#include "lib/signals.h"

static void ending_signals(sigset_t *set)
{
	static const int ends[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1,
		SIGUSR2, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, SIGPWR,
		SIGSTKFLT,
	};
	struct sigaction now;
	unsigned int i;
	int real_time;

	sigemptyset(set);
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		if (!sigaction(ends[i], NULL, &now) && now.sa_handler != SIG_IGN)
			sigaddset(set, ends[i]);
	}
	for (real_time = SIGRTMIN; real_time <= SIGRTMAX; real_time++) {
		if (!sigaction(real_time, NULL, &now) && now.sa_handler != SIG_IGN)
			sigaddset(set, real_time);
	}
}

static void change_mask(int how)
{
	sigset_t set;

	ending_signals(&set);
	sigprocmask(how, &set, NULL);
}

void signals_hold(void)
{
	change_mask(SIG_BLOCK);
}

void signals_release(void)
{
	change_mask(SIG_UNBLOCK);
}

bool signals_pending(void)
{
	sigset_t pending, ends;

	ending_signals(&ends);
	return !sigpending(&pending) && !sigandset(&pending, &pending, &ends) &&
	       !sigisemptyset(&pending);
}

int signals_fd(void)
{
	sigset_t set;

	ending_signals(&set);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

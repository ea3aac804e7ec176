/* SPDX-License-Identifier: GPL-2.0-only */
/* A documented word of the output, for help and man pages. */
#ifndef APM_TERM_H
#define APM_TERM_H

#include <stdbool.h>

/* A word of the output, and its meaning. */
struct help_term {
	const char *word;
	const char *help;
	bool weighs;		/* a serious finding */
	const char *fix;	/* of reasons: the command that fixes it, "": none */
};

#endif

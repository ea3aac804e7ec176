/* SPDX-License-Identifier: GPL-2.0-only */
/* Pure: what is so now and will not be so after the next boot. */
#ifndef APM_LASTING_H
#define APM_LASTING_H

#include "core/targets.h"
#include "core/term.h"
#include "core/wanted.h"
#include "lib/names.h"
#include "lib/text.h"

enum lasting {
	LASTING_UNDEFINED,
	LASTING_MASKS,
	LASTING_OVERRIDES,
	LASTING_STARTER,
	LASTING_NR
};

/* The words of these findings, in the order of enum lasting. */
extern const struct help_term lasting_terms[];

struct lasting_scope {
	const struct snapshot *snap;	/* with snap->boot */
	const struct wanted_pool *pool;	/* of the host's plan, or NULL */
	/* NULL: all; else the matrices and the host's part of a change */
	const struct targets *targets;
};

/* What is found, each with a sentence; the command that completes all of it. */
struct lasting_found {
	bool is[LASTING_NR];
	char *sentence[LASTING_NR];
	bool no_unit;			/* persist has nothing to enable */
	struct names undefined;		/* matrices that the command is to name */
};

/* What brings the unit that starts matrices, before the command that enables it. */
#define LASTING_INSTALL	"install the package apmatrix (or run make install), then run "

/* Returns whether anything was found. */
bool lasting_find(const struct lasting_scope *scope, struct lasting_found *found);
/* "apmatrix persist db1 keeps it", or what else is to be done */
void lasting_command(const struct lasting_found *found, struct text *command);
void lasting_free(struct lasting_found *found);

#endif

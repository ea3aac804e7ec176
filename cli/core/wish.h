/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Queues by wish: a matrix of a number of queues that nobody has, of adapters
 * of a mode or generation. Reads no file.
 */
#ifndef APM_WISH_H
#define APM_WISH_H

#include "core/model.h"

enum wish_spread {
	WISH_CARDS,		/* as many adapters as possible */
	WISH_DOMAINS,		/* as many domains as possible */
};

/* What the adapters of a result have in common. */
enum wish_likeness {
	WISH_SAME_TYPE,		/* mode and generation */
	WISH_SAME_MODE,
	WISH_MIXED,		/* maybe nothing */
};

struct wish {
	unsigned int queues;
	const char *mode;	/* cca, ep11, accelerator; NULL: any */
	const char *generation;	/* CEX8; NULL: any */
	enum wish_spread spread;
	enum wish_likeness likeness;
	bool from_host;		/* also queues that the host has now */
	const struct apm_matrix *present;	/* queues are added to this one; NULL: a new one */
};

/*
 * Fills adapters and domains of matrix: all of a new one, or those that are added to
 * the present one, so that it gets this number of queues. Then either adapters are
 * added or domains. false if there is no such matrix. Needs
 * cards, queues and overrides in the snapshot. *available is the number of
 * single queues that fit the wish, whatever its likeness. Of several modes, or types,
 * the one with the widest spread is chosen, then the one with the lowest adapter.
 */
bool wish_find(const struct snapshot *snap, const struct wish *wish,
	       struct apm_matrix *matrix, unsigned int *available);
/* How many adapters of a result, or domains, by what the wish spreads over. */
unsigned int wish_spread_of(const struct wish *wish, const struct apm_matrix *chosen);

#endif

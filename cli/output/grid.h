/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The grid: adapters by domains, one cell for each queue, as text for a terminal of
 * 80 columns and as SVG.
 */
#ifndef APM_GRID_H
#define APM_GRID_H

#include <stdio.h>

#include "core/queue-view.h"

struct apmatrix;

enum grid_by {
	GRID_BY_OWNER,
	GRID_BY_STATE,
	GRID_BY_DRIVER,
};

struct grid {
	struct queue_view view;
	enum grid_by by;
	unsigned int *matrices;		/* numbers of those in the legend, in order */
	unsigned int nr_matrices;
	unsigned int counts[QUEUE_STATUS_NR];
};

/* all_ids: also rows and columns without a queue */
void grid_begin(struct grid *grid, const struct snapshot *snap, enum grid_by by,
		bool all_ids);
void grid_end(struct grid *grid);

/* How a matrix is marked: A, B, ..., or AA, AB, ... if there are many. */
void grid_mark(const struct grid *grid, const struct matrix *matrix,
	       char mark[3]);
/* The number of a matrix in the legend. */
unsigned int grid_number(const struct grid *grid, const struct matrix *matrix);

void grid_text(const struct grid *grid, const struct apmatrix *apm, FILE *out);
void grid_svg(const struct grid *grid, FILE *out);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* The grid on a terminal. See grid.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "context/context.h"
#include "output/grid.h"
#include "output/render.h"

#define WIDTH		79
#define ROW_LABEL	6	/* "0x05  " */

void grid_begin(struct grid *grid, const struct snapshot *snap, enum grid_by by,
		bool all_ids)
{
	unsigned int apid, apqi;
	size_t i;

	memset(grid, 0, sizeof(*grid));
	grid->by = by;
	queue_view_begin(&grid->view, snap);
	if (all_ids) {
		memset(&grid->view.adapters, 0xff, sizeof(grid->view.adapters));
		memset(&grid->view.domains, 0xff, sizeof(grid->view.domains));
	}
	grid->matrices = xcalloc(snap->nr_matrices, sizeof(*grid->matrices));
	for (i = 0; i < snap->nr_matrices; i++) {
		if (snap->matrices[i].active &&
		    apm_matrix_apqns(&snap->matrices[i].assigned))
			grid->matrices[grid->nr_matrices++] = (unsigned int)i;
	}
	apm_mask_for_each(apid, &grid->view.adapters) {
		apm_mask_for_each(apqi, &grid->view.domains)
			grid->counts[queue_status(&grid->view, apid, apqi)]++;
	}
}

void grid_end(struct grid *grid)
{
	free(grid->matrices);
	queue_view_end(&grid->view);
}

unsigned int grid_number(const struct grid *grid, const struct matrix *matrix)
{
	unsigned int index = (unsigned int)(matrix - grid->view.snap->matrices);
	unsigned int i;

	for (i = 0; i < grid->nr_matrices; i++) {
		if (grid->matrices[i] == index)
			break;
	}
	return i;
}

/* More matrices than letters: two letters for each. */
static bool two_letters(const struct grid *grid)
{
	return grid->by == GRID_BY_OWNER && grid->nr_matrices > 26;
}

void grid_mark(const struct grid *grid, const struct matrix *matrix,
	       char mark[3])
{
	unsigned int number = grid_number(grid, matrix);

	if (two_letters(grid)) {
		mark[0] = (char)('A' + number / 26 % 26);
		mark[1] = (char)('A' + number % 26);
		mark[2] = '\0';
	} else {
		mark[0] = (char)('A' + number % 26);
		mark[1] = '\0';
	}
}

/* Colors distinguish owners. */
static const char *owner_color(const struct apmatrix *apm, unsigned int number)
{
	static const char *const sequences[] = {
		/* the first ones are those that color-blind people can tell apart */
		"\033[96m", "\033[33m", "\033[94m", "\033[36m", "\033[93m",
		"\033[34m", "\033[92m", "\033[32m", "\033[95m", "\033[35m",
	};

	return apm->color ? sequences[number % 10] : "";
}

struct cell {
	char mark[3];
	const char *color;
	bool bad;
};

static const char status_marks[QUEUE_STATUS_NR] = {
	[QUEUE_ABSENT] = ' ',
	[QUEUE_HOST] = '-',
	[QUEUE_UNBOUND] = '?',
	[QUEUE_FREE] = '.',
	[QUEUE_ASSIGNED] = 'a',
	[QUEUE_IN_GUEST] = 'G',
	[QUEUE_MISSING] = '!',
};

static const enum paint status_paints[QUEUE_STATUS_NR] = {
	[QUEUE_ABSENT] = PAINT_PLAIN,
	[QUEUE_HOST] = PAINT_FAINT,
	[QUEUE_UNBOUND] = PAINT_WARN,
	[QUEUE_FREE] = PAINT_PLAIN,
	[QUEUE_ASSIGNED] = PAINT_STRONG,
	[QUEUE_IN_GUEST] = PAINT_GOOD,
	[QUEUE_MISSING] = PAINT_BAD,
};

static void mark_driver(const struct grid *grid, const struct apmatrix *apm,
			unsigned int apid, unsigned int apqi, struct cell *cell)
{
	const struct queue *queue = snapshot_queue(grid->view.snap, apid, apqi);

	cell->color = paint(apm, PAINT_PLAIN);
	if (!queue->present)
		cell->mark[0] = ' ';
	else if (queue->driver == DRIVER_NONE)
		cell->mark[0] = '?';
	else if (queue->driver == DRIVER_VFIO_AP)
		cell->mark[0] = 'v';
	else
		cell->mark[0] = (char)('A' + queue->driver - DRIVER_VFIO_AP - 1);
}

/*
 * By owner: a capital letter is in the guest (or would be), a small one is missing.
 */
static struct cell make_cell(const struct grid *grid, const struct apmatrix *apm,
			     unsigned int apid, unsigned int apqi)
{
	const struct matrix *owner = queue_owner(&grid->view, apid, apqi);
	enum queue_status status = queue_status(&grid->view, apid, apqi);
	struct cell cell = { .mark = "" };
	char *at;

	if (grid->by == GRID_BY_DRIVER) {
		mark_driver(grid, apm, apid, apqi, &cell);
		return cell;
	}
	if (grid->by == GRID_BY_STATE || !owner) {
		cell.mark[0] = status_marks[status];
		cell.color = paint(apm, status_paints[status]);
		return cell;
	}
	grid_mark(grid, owner, cell.mark);
	cell.color = owner_color(apm, grid_number(grid, owner));
	if (status == QUEUE_MISSING) {
		for (at = cell.mark; *at; at++)
			*at = (char)tolower((unsigned char)*at);
		cell.color = paint(apm, PAINT_BAD);
	}
	return cell;
}

/* Column headings: two hexadecimal digits, one below the other. */
static void put_heads(const struct apmatrix *apm, const struct apm_mask *domains,
		      unsigned int first, unsigned int nr, unsigned int step,
		      FILE *out)
{
	unsigned int digit, i;

	for (digit = 0; digit < 2; digit++) {
		/* digits of hexadecimal numbers, as the rows are */
		fprintf(out, "%s%-*s", paint(apm, PAINT_STRONG), ROW_LABEL,
			digit ? "" : "  0x");
		for (i = 0; i < nr; i++) {
			unsigned int apqi = apm_mask_nth(domains, first + i);

			fprintf(out, "%*x", (int)step,
				digit ? apqi & 15 : apqi >> 4);
		}
		fprintf(out, "%s\n", paint(apm, PAINT_PLAIN));
	}
}

static void put_row(const struct grid *grid, const struct apmatrix *apm,
		    unsigned int apid, unsigned int first, unsigned int nr,
		    unsigned int step, FILE *out)
{
	const char *color = "";
	unsigned int i, apqi = apm_mask_nth(&grid->view.domains, first);
	int owed = 0;		/* blanks that are written only before a sign */

	fprintf(out, "%s0x%02x%s", paint(apm, PAINT_STRONG), apid,
		paint(apm, PAINT_PLAIN));
	owed = ROW_LABEL - 4;
	for (i = 0; i < nr; i++, apqi = apm_mask_next(&grid->view.domains, apqi + 1)) {
		struct cell cell = make_cell(grid, apm, apid, apqi);
		int len = (int)strlen(cell.mark);

		if (*cell.mark == ' ') {
			owed += (int)step;
			continue;
		}
		fprintf(out, "%*s", owed + (int)step - len, "");
		owed = 0;
		/* sequences only where the color changes */
		if (strcmp(color, cell.color))
			fprintf(out, "%s%s", paint(apm, PAINT_PLAIN), cell.color);
		color = cell.color;
		fputs(cell.mark, out);
	}
	fprintf(out, "%s\n", paint(apm, PAINT_PLAIN));
}

static void put_legend_matrix(const struct grid *grid, const struct apmatrix *apm,
			      const struct matrix *matrix, FILE *out)
{
	long missing = matrix_missing(matrix);
	char mark[3];

	grid_mark(grid, matrix, mark);
	fprintf(out, "  %s%-2s%s  %s, %s: %u assigned",
		owner_color(apm, grid_number(grid, matrix)), mark,
		paint(apm, PAINT_PLAIN), matrix_title(matrix),
		matrix_state_word(matrix->state),
		apm_matrix_apqns(&matrix->assigned));
	if (missing > 0)
		fprintf(out, ", %s%ld %s%s", paint(apm, PAINT_BAD), missing,
			matrix->state == MATRIX_IN_USE ? "missing" : "withheld",
			paint(apm, PAINT_PLAIN));
	fputc('\n', out);
}

static void put_legend_status(const struct grid *grid, const struct apmatrix *apm,
			      FILE *out)
{
	static const char *const sentences[QUEUE_STATUS_NR] = {
		[QUEUE_HOST] = "host",
		[QUEUE_UNBOUND] = "without a driver",
		[QUEUE_FREE] = "free for guests",
		[QUEUE_ASSIGNED] = "assigned",
		[QUEUE_IN_GUEST] = "in a guest",
		[QUEUE_MISSING] = "assigned, but withheld from guests",
	};
	bool owners = grid->by == GRID_BY_OWNER;
	unsigned int status;

	for (status = QUEUE_HOST; status < QUEUE_STATUS_NR; status++) {
		if (!grid->counts[status] || (owners && status > QUEUE_FREE))
			continue;
		fprintf(out, "  %s%c%s   %s: %u\n",
			paint(apm, status_paints[status]), status_marks[status],
			paint(apm, PAINT_PLAIN), sentences[status],
			grid->counts[status]);
	}
}

static void put_legend_driver(const struct grid *grid, FILE *out)
{
	const struct snapshot *snap = grid->view.snap;
	unsigned int i;

	fputs("  v   vfio_ap\n", out);
	for (i = DRIVER_VFIO_AP + 1; i < snap->nr_drivers; i++)
		fprintf(out, "  %c   %s\n", (char)('A' + i - DRIVER_VFIO_AP - 1),
			snap->drivers[i]);
	fputs("  ?   without a driver\n", out);
}

static void put_legend(const struct grid *grid, const struct apmatrix *apm,
		       FILE *out)
{
	bool any_missing = grid->counts[QUEUE_MISSING];
	unsigned int i;

	fputc('\n', out);
	if (grid->by == GRID_BY_DRIVER) {
		put_legend_driver(grid, out);
		return;
	}
	if (grid->by == GRID_BY_OWNER) {
		for (i = 0; i < grid->nr_matrices; i++)
			put_legend_matrix(grid, apm,
					  &grid->view.snap->matrices[grid->matrices[i]],
					  out);
		if (any_missing)
			fprintf(out, "  %sa-z%s small letters: assigned, "
				     "but withheld from guests\n",
				paint(apm, PAINT_BAD), paint(apm, PAINT_PLAIN));
	}
	put_legend_status(grid, apm, out);
}

void grid_text(const struct grid *grid, const struct apmatrix *apm, FILE *out)
{
	unsigned int columns = apm_mask_weight(&grid->view.domains);
	unsigned int first, nr, band, apid, step = two_letters(grid) ? 3 : 2;

	/* no gaps if all columns then fit */
	if (step == 2 && ROW_LABEL + columns * step > WIDTH)
		step = 1;
	band = (WIDTH - ROW_LABEL) / step;
	/* bands of 64 or 32 are easier to read than 75 */
	if (columns > band)
		band = band >= 64 ? 64 : band >= 32 ? 32 : 24;
	for (first = 0; first < columns; first += band) {
		nr = columns - first < band ? columns - first : band;
		if (first)
			fputc('\n', out);
		put_heads(apm, &grid->view.domains, first, nr, step, out);
		apm_mask_for_each(apid, &grid->view.adapters)
			put_row(grid, apm, apid, first, nr, step, out);
	}
	put_legend(grid, apm, out);
}

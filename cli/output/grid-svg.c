// SPDX-License-Identifier: GPL-2.0-only
/*
 * The grid as a picture: one SVG file without scripts, fonts or links, for white
 * paper. Cells of a matrix share a color; what is missing in its guest is hatched,
 * so that the picture can also be read without colors.
 */
#include <stdlib.h>

#include "output/grid.h"

#define CELL		16
#define LEFT		44
#define TOP		64
#define LINE		20
#define LEGEND_WIDTH	420

static const char *const palette[] = {
	"#1b7837", "#2166ac", "#b35806", "#762a83", "#01665e", "#8c510a",
	"#4d4d4d", "#c51b7d", "#35978f", "#5e3c99", "#7fbc41", "#4393c3",
};

#define PALETTE_NR	(sizeof(palette) / sizeof(palette[0]))

static void put_escaped(const char *text, FILE *out)
{
	for (; *text; text++) {
		switch (*text) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		default:
			/* control characters are not allowed in XML */
			fputc((unsigned char)*text < ' ' ? '?' : *text, out);
		}
	}
}

static const char *owner_fill(const struct grid *grid, const struct matrix *owner)
{
	return palette[grid_number(grid, owner) % PALETTE_NR];
}

static void put_box(unsigned int x, unsigned int y, const char *fill,
		    const char *stroke, FILE *out)
{
	fprintf(out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"2\" fill=\"%s\" "
		     "stroke=\"%s\"/>",
		x + 1, y + 1, CELL - 2, CELL - 2, fill, stroke);
}

static void put_letter(unsigned int x, unsigned int y, const char *letter,
		       const char *fill, FILE *out)
{
	fprintf(out, "<text x=\"%u\" y=\"%u\" class=\"c\" fill=\"%s\">%s</text>",
		x + CELL / 2, y + CELL - 4, fill, letter);
}

/* A cell of the picture, or a sample of it in the legend. */
static void put_cell(const struct grid *grid, enum queue_status status,
		     const struct matrix *owner, unsigned int x, unsigned int y,
		     FILE *out)
{
	char mark[3] = "";

	if (owner)
		grid_mark(grid, owner, mark);
	switch (status) {
	case QUEUE_ABSENT:
	case QUEUE_STATUS_NR:
		return;
	case QUEUE_HOST:
		put_box(x, y, "#e4e4e4", "#c8c8c8", out);
		break;
	case QUEUE_UNBOUND:
		put_box(x, y, "#fff3c4", "#c9a400", out);
		put_letter(x, y, "?", "#7a6200", out);
		break;
	case QUEUE_FREE:
		put_box(x, y, "#ffffff", "#8a8a8a", out);
		break;
	case QUEUE_ASSIGNED:
	case QUEUE_IN_GUEST:
		put_box(x, y, owner_fill(grid, owner), owner_fill(grid, owner), out);
		put_letter(x, y, mark, "#ffffff", out);
		break;
	case QUEUE_MISSING:
		put_box(x, y, "#ffffff", owner_fill(grid, owner), out);
		put_box(x, y, "url(#missing)", owner_fill(grid, owner), out);
		put_letter(x, y, mark, owner_fill(grid, owner), out);
		break;
	}
	fputc('\n', out);
}

static void put_heads(const struct grid *grid, FILE *out)
{
	unsigned int id, at = 0;

	apm_mask_for_each(id, &grid->view.domains) {
		unsigned int x = LEFT + CELL * at++ + CELL / 2 + 4;

		fprintf(out, "<text class=\"h\" transform=\"translate(%u %u) "
			     "rotate(-90)\">0x%02x</text>\n",
			x, TOP - 6, id);
	}
	at = 0;
	apm_mask_for_each(id, &grid->view.adapters)
		fprintf(out, "<text class=\"h\" x=\"%u\" y=\"%u\" "
			     "text-anchor=\"end\">0x%02x</text>\n",
			LEFT - 8, TOP + CELL * at++ + CELL - 4, id);
}

static void put_cells(const struct grid *grid, FILE *out)
{
	unsigned int apid, apqi, row = 0, column;

	apm_mask_for_each(apid, &grid->view.adapters) {
		column = 0;
		apm_mask_for_each(apqi, &grid->view.domains)
			put_cell(grid, queue_status(&grid->view, apid, apqi),
				 queue_owner(&grid->view, apid, apqi),
				 LEFT + CELL * column++, TOP + CELL * row, out);
		row++;
	}
}

static unsigned int legend_lines(const struct grid *grid)
{
	unsigned int lines = grid->nr_matrices;

	lines += grid->counts[QUEUE_HOST] > 0;
	lines += grid->counts[QUEUE_UNBOUND] > 0;
	lines += grid->counts[QUEUE_FREE] > 0;
	return lines;
}

static void put_legend(const struct grid *grid, unsigned int y, FILE *out)
{
	static const char *const sentences[QUEUE_FREE + 1] = {
		[QUEUE_HOST] = "host",
		[QUEUE_UNBOUND] = "without a driver",
		[QUEUE_FREE] = "free for guests",
	};
	unsigned int i, status;

	for (i = 0; i < grid->nr_matrices; i++, y += LINE) {
		const struct matrix *matrix =
			&grid->view.snap->matrices[grid->matrices[i]];
		long missing = matrix_missing(matrix);

		put_cell(grid, QUEUE_ASSIGNED, matrix, LEFT, y, out);
		fprintf(out, "<text class=\"l\" x=\"%u\" y=\"%u\">", LEFT + CELL + 8,
			y + CELL - 4);
		put_escaped(matrix_title(matrix), out);
		fprintf(out, ", %s: %u assigned", matrix_state_word(matrix->state),
			apm_matrix_apqns(&matrix->assigned));
		if (missing > 0)
			fprintf(out, ", %ld %s (hatched)", missing,
				matrix->state == MATRIX_IN_USE ? "missing" : "withheld");
		fputs("</text>\n", out);
	}
	for (status = QUEUE_HOST; status <= QUEUE_FREE; status++) {
		if (!grid->counts[status])
			continue;
		put_cell(grid, status, NULL, LEFT, y, out);
		fprintf(out, "<text class=\"l\" x=\"%u\" y=\"%u\">%s: %u</text>\n",
			LEFT + CELL + 8, y + CELL - 4, sentences[status],
			grid->counts[status]);
		y += LINE;
	}
}

void grid_svg(const struct grid *grid, FILE *out)
{
	unsigned int columns = apm_mask_weight(&grid->view.domains);
	unsigned int rows = apm_mask_weight(&grid->view.adapters);
	unsigned int width = LEFT + CELL * columns + 16;
	unsigned int legend = TOP + CELL * rows + 16;
	unsigned int height = legend + LINE * legend_lines(grid) + 12;

	if (width < LEFT + LEGEND_WIDTH)
		width = LEFT + LEGEND_WIDTH;
	fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
		     "viewBox=\"0 0 %u %u\">\n",
		width, height, width, height);
	fputs("<title>AP queues: adapters by domains</title>\n"
	      "<defs><pattern id=\"missing\" width=\"4\" height=\"4\" "
	      "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	      "<rect width=\"1.4\" height=\"4\" fill=\"#d73027\" "
	      "fill-opacity=\"0.55\"/></pattern></defs>\n"
	      "<style>text{font-family:sans-serif}.h{font-size:10px;fill:#333}"
	      ".l{font-size:12px;fill:#222}.c{font-size:10px;font-weight:bold;text-anchor:middle}"
	      ".t{font-size:13px;font-weight:bold;fill:#222}</style>\n", out);
	fprintf(out, "<rect width=\"%u\" height=\"%u\" fill=\"#ffffff\"/>\n", width, height);
	fprintf(out, "<text class=\"t\" x=\"%u\" y=\"20\">AP queues: "
		     "adapters (rows) by domains (columns)</text>\n",
		LEFT);
	put_heads(grid, out);
	put_cells(grid, out);
	put_legend(grid, legend, out);
	fputs("</svg>\n", out);
}

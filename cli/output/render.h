/* SPDX-License-Identifier: GPL-2.0-only */
/* How things look: tables and colours. Opens no file. */
#ifndef APM_RENDER_H
#define APM_RENDER_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/text.h"

struct apmatrix;

enum paint {
	PAINT_PLAIN,
	PAINT_STRONG,
	PAINT_FAINT,
	PAINT_GOOD,
	PAINT_WARN,
	PAINT_BAD,
	PAINT_NR
};

/* The sequences, "" without colours. */
const char *paint(const struct apmatrix *apm, enum paint paint);

/*
 * Words, from column on where the line is already, and a line end. They are broken
 * before the right margin; width 0 has none.
 */
void put_wrapped(FILE *out, const char *text, unsigned int column,
		 unsigned int width);

enum column_kind {
	COLUMN_TEXT,
	COLUMN_NUMBER,		/* decimal; on the right, and a number in JSON lines */
	COLUMN_IDS,		/* as phrase_ids() has them; an array in JSON lines */
};

struct column {
	const char *heading;
	const char *key;	/* in pairs, csv, JSON lines */
	enum column_kind kind;
};

/*
 * A table of rows that are made twice (once for the widths), so none is kept.
 * row fills cells[0..nr_columns-1], which are empty, and returns the colour.
 */
struct table {
	const struct column *columns;
	unsigned int nr_columns;
	size_t nr_rows;
	/* left out, one after the other, if the terminal is too narrow; ends with 0 */
	const unsigned int *spare;
	enum paint (*row)(void *ctx, size_t row, struct text *cells);
	void *ctx;
};

#define TABLE_COLUMNS_MAX	16

/* As the table, csv, pairs or jsonl that the user asked for. */
void render_table(const struct apmatrix *apm, const struct table *table,
		  FILE *out);

#endif

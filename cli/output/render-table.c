// SPDX-License-Identifier: GPL-2.0-only
/* Tables in four formats. See render.h. */
#include <stdlib.h>
#include <string.h>

#include "context/context.h"
#include "format/json-write.h"
#include "output/render.h"

const char *paint(const struct apmatrix *apm, enum paint paint)
{
	static const char *const sequences[PAINT_NR] = {
		[PAINT_PLAIN] = "\033[0m",
		[PAINT_STRONG] = "\033[1m",
		[PAINT_FAINT] = "\033[2m",
		/* cyan, yellow, magenta: not green and red, which many cannot tell apart */
		[PAINT_GOOD] = "\033[96m",
		[PAINT_WARN] = "\033[33m",
		[PAINT_BAD] = "\033[1;35m",
	};

	return apm->color ? sequences[paint] : "";
}

void put_wrapped(FILE *out, const char *text, unsigned int column,
		 unsigned int width)
{
	unsigned int at = column;

	while (*text) {
		int len = (int)strcspn(text, " ");

		if (width && at > column && at + 1 + (unsigned int)len > width) {
			fprintf(out, "\n%*s", (int)column, "");
			at = column;
		}
		if (at > column) {
			fputc(' ', out);
			at++;
		}
		fprintf(out, "%.*s", len, text);
		at += (unsigned int)len;
		text += len;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}

static void clear_cells(struct text *cells, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		cells[i].len = 0;
		if (cells[i].at)
			*cells[i].at = '\0';
	}
}

/* Columns that do not fit on the terminal are left out. */
static void choose_columns(const struct apmatrix *apm, const struct table *table,
			   const size_t *width, bool *left_out)
{
	const unsigned int *spare = table->spare;
	size_t whole = 0;
	unsigned int i;

	for (i = 0; i < table->nr_columns; i++)
		whole += width[i] + (i ? 2 : 0);
	for (; spare && *spare && apm->width && whole > apm->width; spare++) {
		left_out[*spare] = true;
		whole -= width[*spare] + 2;
	}
}

static bool is_right(const struct table *table, unsigned int column)
{
	return table->columns[column].kind == COLUMN_NUMBER;
}

static void put_padded(FILE *out, const char *text, size_t len, size_t width,
		       bool right, bool last)
{
	if (right)
		fprintf(out, "%*s%s", (int)(width - len), "", text);
	else
		fprintf(out, "%s%*s", text, last ? 0 : (int)(width - len), "");
	if (!last)
		fputs("  ", out);
}

static void render_aligned(const struct apmatrix *apm, const struct table *table,
			   struct text *cells, FILE *out)
{
	size_t width[TABLE_COLUMNS_MAX], row;
	unsigned int i, nr = table->nr_columns;
	bool left_out[TABLE_COLUMNS_MAX] = { false };

	for (i = 0; i < nr; i++)
		width[i] = apm->given[OPT_NO_HEADINGS] ? 0 :
			   strlen(table->columns[i].heading);
	for (row = 0; row < table->nr_rows; row++) {
		clear_cells(cells, nr);
		table->row(table->ctx, row, cells);
		for (i = 0; i < nr; i++) {
			if (cells[i].len > width[i])
				width[i] = cells[i].len;
		}
	}
	choose_columns(apm, table, width, left_out);
	if (!apm->given[OPT_NO_HEADINGS]) {
		fputs(paint(apm, PAINT_STRONG), out);
		for (i = 0; i < nr; i++) {
			if (!left_out[i])
				put_padded(out, table->columns[i].heading,
					   strlen(table->columns[i].heading), width[i],
					   is_right(table, i), i + 1 == nr);
		}
		fprintf(out, "%s\n", paint(apm, PAINT_PLAIN));
	}
	for (row = 0; row < table->nr_rows; row++) {
		enum paint color;

		clear_cells(cells, nr);
		color = table->row(table->ctx, row, cells);
		if (color != PAINT_PLAIN)
			fputs(paint(apm, color), out);
		for (i = 0; i < nr; i++) {
			if (!left_out[i])
				put_padded(out, text_str(&cells[i]), cells[i].len,
					   width[i], is_right(table, i),
					   i + 1 == nr);
		}
		if (color != PAINT_PLAIN)
			fputs(paint(apm, PAINT_PLAIN), out);
		fputc('\n', out);
	}
}

/* "-" means empty, in tables only. */
static const char *plain_value(const struct text *cell)
{
	return str_is(text_str(cell), "-") ? "" : text_str(cell);
}

static void put_quoted(FILE *out, const char *value, const char *special)
{
	for (; *value; value++) {
		if (strchr(special, *value))
			fputc(*special == '"' && special[1] == '\0' ? '"' : '\\',
			      out);
		fputc(*value, out);
	}
}

/* As what it is: a number, an array of ids, or a string. */
static void put_json(struct jsonw *json, const struct column *column,
		     const char *value)
{
	struct apm_mask ids = { { 0 } };

	if (column->kind == COLUMN_IDS) {
		apm_parse_list(value, strlen(value), &ids);
		jsonw_ids(json, column->key, &ids);
	} else if (!*value) {
		jsonw_null(json, column->key);
	} else if (column->kind == COLUMN_NUMBER) {
		jsonw_int(json, column->key, strtoll(value, NULL, 10));
	} else {
		jsonw_string(json, column->key, value);
	}
}

static void render_rows(const struct apmatrix *apm, const struct table *table,
			struct text *cells, FILE *out)
{
	unsigned int i, nr = table->nr_columns;
	struct jsonw json;
	size_t row;

	if (apm->format == FORMAT_CSV && !apm->given[OPT_NO_HEADINGS]) {
		for (i = 0; i < nr; i++)
			fprintf(out, "%s%s", i ? "," : "", table->columns[i].key);
		fputc('\n', out);
	}
	for (row = 0; row < table->nr_rows; row++) {
		clear_cells(cells, nr);
		table->row(table->ctx, row, cells);
		if (apm->format == FORMAT_JSONL)
			jsonw_begin(&json, out, true);
		for (i = 0; i < nr; i++) {
			const char *key = table->columns[i].key;
			const char *value = plain_value(&cells[i]);

			if (apm->format == FORMAT_JSONL) {
				put_json(&json, &table->columns[i], value);
			} else if (apm->format == FORMAT_PAIRS) {
				fprintf(out, "%s%s=\"", i ? " " : "", key);
				put_quoted(out, value, "\\\"$`");
				fputc('"', out);
			} else if (strpbrk(value, ",\"\n")) {
				fprintf(out, "%s\"", i ? "," : "");
				put_quoted(out, value, "\"");
				fputc('"', out);
			} else {
				fprintf(out, "%s%s", i ? "," : "", value);
			}
		}
		if (apm->format == FORMAT_JSONL)
			jsonw_end(&json);
		else
			fputc('\n', out);
	}
}

void render_table(const struct apmatrix *apm, const struct table *table,
		  FILE *out)
{
	struct text cells[TABLE_COLUMNS_MAX] = { 0 };
	unsigned int i;

	if (apm->format == FORMAT_TABLE)
		render_aligned(apm, table, cells, out);
	else
		render_rows(apm, table, cells, out);
	for (i = 0; i < table->nr_columns; i++)
		text_free(&cells[i]);
}

// SPDX-License-Identifier: GPL-2.0-only
/* mdevctl's files: what is read and written again means the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/definition.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_and_read(const char *old, const struct matrix *matrix)
{
	struct target target = {
		.touch_definition = true, .start = matrix->start,
		.definition = matrix->definition,
	};
	struct complaint complaint = { 0 };
	struct matrix again = { 0 };
	char *text = definition_format(&target, old);

	if (!definition_parse(text, strlen(text), &again, &complaint) ||
	    again.start != matrix->start ||
	    !apm_matrix_equal(&again.definition, &matrix->definition) ||
	    again.definition_odd > matrix->definition_odd)
		abort();
	complaint_free(&complaint);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct complaint complaint = { 0 };
	struct matrix matrix = { 0 };

	memcpy(text, data, size);
	text[size] = '\0';
	if (definition_parse(text, size, &matrix, &complaint)) {
		write_and_read(NULL, &matrix);
		write_and_read(text, &matrix);
	} else if (!complaint.message) {
		abort();
	}
	complaint_free(&complaint);
	free(text);
	return 0;
}

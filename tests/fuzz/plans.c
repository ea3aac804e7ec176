// SPDX-License-Identifier: GPL-2.0-only
/* Plan files, as users write them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/plan-file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct complaint complaint = { 0 };
	struct plan_file file = { 0 };
	char *text = malloc(size ? size : 1);

	memcpy(text, data, size);
	if (!plan_file_parse(text, size, NULL, &file, &complaint) &&
	    (!complaint.message || file.pool || file.nr_matrices))
		abort();	/* refused without a word, or only in part */
	complaint_free(&complaint);
	plan_file_free(&file);
	free(text);
	return 0;
}

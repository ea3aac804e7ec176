// SPDX-License-Identifier: GPL-2.0-only
/* What a plan file wants. See wanted.h. */
#include <stdlib.h>
#include <string.h>

#include "core/wanted.h"

void plan_file_free(struct plan_file *file)
{
	size_t i;

	for (i = 0; i < file->nr_matrices; i++) {
		free(file->matrices[i].name.word);
		free(file->matrices[i].owner.word);
		free(file->matrices[i].comment.word);
	}
	free(file->matrices);
	free(file->pool);
	free(file->selected);
	names_free(&file->configurations);
	*file = (struct plan_file){ 0 };
}

// SPDX-License-Identifier: GPL-2.0-only
/* A list of strings. See names.h. */
#include <stdlib.h>
#include <string.h>

#include "lib/names.h"
#include "lib/text.h"

void names_add(struct names *names, const char *name)
{
	/* grow in powers of two */
	if (!(names->nr & (names->nr - 1)))
		names->at = xrealloc(names->at, names->nr ? 2 * names->nr : 1,
				     sizeof(*names->at));
	names->at[names->nr++] = xstrdup(name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void names_sort(struct names *names)
{
	if (names->nr)
		qsort(names->at, names->nr, sizeof(*names->at), compare_names);
}

void names_free(struct names *names)
{
	while (names->nr)
		free(names->at[--names->nr]);
	free(names->at);
	*names = (struct names){ 0 };
}

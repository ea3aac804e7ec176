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

bool names_has(const struct names *names, const char *name)
{
	size_t i;

	for (i = 0; i < names->nr; i++) {
		if (str_is(names->at[i], name))
			return true;
	}
	return false;
}

void names_join(const struct names *names, size_t most, struct text *text)
{
	size_t i;

	for (i = 0; i < names->nr && i < most; i++)
		text_addf(text, "%s%s", i ? ", " : "", names->at[i]);
}

void names_free(struct names *names)
{
	while (names->nr)
		free(names->at[--names->nr]);
	free(names->at);
	*names = (struct names){ 0 };
}

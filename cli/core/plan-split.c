// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pure: splits targets into parts that do not depend on each other. See
 * plan_split() in plan.h.
 */
#include <stdlib.h>

#include "core/plan.h"
#include "lib/text.h"

/* Does one target need something that another one gives up? */
static bool takes_from(const struct target *taker, const struct target *giver,
		       const struct matrix *given)
{
	if (taker->active && given->active &&
	    apm_matrix_shares(&taker->assigned, &given->assigned, NULL) &&
	    !(giver->active &&
	      apm_matrix_shares(&taker->assigned, &giver->assigned, NULL)))
		return true;
	if (taker->touch_definition && taker->start == START_AUTO &&
	    giver->touch_definition && given->start == START_AUTO &&
	    apm_matrix_shares(&taker->definition, &given->definition, NULL) &&
	    !(giver->start == START_AUTO &&
	      apm_matrix_shares(&taker->definition, &giver->definition, NULL)))
		return true;
	return taker->touch_name && giver->touch_name &&
	       str_is(taker->name, given->name) &&
	       !str_is(taker->name, giver->name);
}

/* Does the host take queues back that this target gives up? */
static bool host_takes_from(const struct snapshot *after,
			    const struct matrix *given)
{
	unsigned int apid, apqi;

	return given->active &&
	       host_reserves_any(after, &given->assigned, &apid, &apqi);
}

/* Merges the parts of two nodes; the first node identifies the part. */
static void join(size_t *part, size_t nr, size_t a, size_t b)
{
	size_t from = part[a] > part[b] ? part[a] : part[b];
	size_t to = part[a] > part[b] ? part[b] : part[a];
	size_t i;

	for (i = 0; i < nr; i++) {
		if (part[i] == from)
			part[i] = to;
	}
}

/* Node 0 is the host, the others are the targets. */
static void join_all(const struct snapshot *snap, const struct targets *targets,
		     size_t *part)
{
	const struct host_target *host = &targets->host;
	struct snapshot *after = plan_snapshot_after(snap, host);
	bool takes = host->touch_masks || host->nr_overrides;
	size_t i, j;

	for (j = 0; j < targets->nr; j++) {
		const struct target *giver = &targets->at[j];
		const struct matrix *given = snapshot_find(snap, giver->uuid);

		if (!given)
			continue;
		if (takes && host_takes_from(after, given))
			join(part, targets->nr + 1, 0, j + 1);
		for (i = 0; i < targets->nr; i++) {
			if (i != j && takes_from(&targets->at[i], giver, given))
				join(part, targets->nr + 1, i + 1, j + 1);
		}
	}
	plan_snapshot_after_free(after);
}

size_t plan_split(const struct snapshot *snap, struct targets *targets,
		  struct targets **parts)
{
	size_t nodes = targets->nr + 1, nr = 0, i, j;
	size_t *part = xcalloc(nodes, sizeof(*part));

	*parts = xcalloc(nodes, sizeof(**parts));
	for (i = 0; i < nodes; i++)
		part[i] = i;
	join_all(snap, targets, part);
	for (i = 0; i < nodes; i++) {
		if (part[i] != i)
			continue;
		for (j = i ? i : 1; j < nodes; j++) {
			if (part[j] == i)
				targets_take(&(*parts)[nr], &targets->at[j - 1]);
		}
		nr++;
	}
	(*parts)[0].host = targets->host;
	targets->host = (struct host_target){ 0 };
	targets_free(targets);
	free(part);
	return nr;
}

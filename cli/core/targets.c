// SPDX-License-Identifier: GPL-2.0-only
/* The wanted state of matrices and host. See targets.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/targets.h"
#include "lib/text.h"

const struct target *targets_find(const struct targets *targets, const char *uuid)
{
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		if (str_is(targets->at[i].uuid, uuid))
			return &targets->at[i];
	}
	return NULL;
}

const char *targets_title(const struct targets *targets,
			  const struct snapshot *snap, const char *uuid)
{
	const struct target *target = targets_find(targets, uuid);
	const struct matrix *matrix = snapshot_find(snap, uuid);

	if (target && target->name)
		return target->name;
	return matrix ? matrix_title(matrix) : uuid;
}

void targets_take(struct targets *targets, struct target *target)
{
	targets->at = xrealloc(targets->at, targets->nr + 1,
			       sizeof(*targets->at));
	targets->at[targets->nr++] = *target;
	*target = (struct target){ 0 };
}

static struct target *add_target(struct targets *targets, const char *uuid)
{
	struct target target = { 0 };

	memcpy(target.uuid, uuid, UUID_LEN);
	targets_take(targets, &target);
	return &targets->at[targets->nr - 1];
}

struct target *targets_add_new(struct targets *targets, const char *uuid)
{
	return add_target(targets, uuid);
}

struct target *targets_add(struct targets *targets, const struct matrix *matrix)
{
	struct target *target =
		(struct target *)targets_find(targets, matrix->uuid);

	if (target)
		return target;
	target = add_target(targets, matrix->uuid);
	target->active = matrix->active;
	target->assigned = matrix->assigned;
	target->start = matrix->start;
	target->definition = matrix->definition;
	return target;
}

struct target *targets_remove(struct targets *targets,
			      const struct matrix *matrix, bool keep_definition)
{
	struct target *target = targets_add(targets, matrix);

	keep_definition = keep_definition && matrix->defined;
	target->active = false;
	if (!keep_definition && matrix->defined) {
		target->touch_definition = true;
		target->start = START_NONE;
	}
	if (!keep_definition && (matrix->name || matrix->owner || matrix->comment))
		target_set_name(target, NULL, NULL, NULL, false);
	return target;
}

void target_set_name(struct target *target, const char *name,
		     const char *owner, const char *comment, bool transient)
{
	free(target->name);
	free(target->owner);
	free(target->comment);
	target->touch_name = true;
	target->transient_name = transient;
	target->name = xstrdup(name);
	target->owner = xstrdup(owner);
	target->comment = xstrdup(comment);
}

void targets_drop_last(struct targets *targets)
{
	struct target *target = &targets->at[--targets->nr];

	free(target->name);
	free(target->owner);
	free(target->comment);
}

void targets_free(struct targets *targets)
{
	while (targets->nr)
		targets_drop_last(targets);
	free(targets->at);
	while (targets->nr_files--) {
		free(targets->files[targets->nr_files].path);
		free(targets->files[targets->nr_files].text);
	}
	free(targets->files);
	free(targets->host_plan);
	host_target_free(&targets->host);
	*targets = (struct targets){ 0 };
}

void targets_add_file(struct targets *targets, const char *path, const char *text,
		      bool link)
{
	targets->files = xrealloc(targets->files, targets->nr_files + 1,
				  sizeof(*targets->files));
	targets->files[targets->nr_files++] = (struct file_target){
		.path = xstrdup(path), .text = xstrdup(text), .link = link,
	};
}

void host_target_free(struct host_target *host)
{
	free(host->overrides);
	free(host->binds);
	*host = (struct host_target){ 0 };
}

bool host_target_empty(const struct host_target *host)
{
	return !host->touch_masks && !host->nr_overrides && !host->nr_binds &&
	       !host->touch_rule;
}

void overrides_add(struct override **list, size_t *nr, unsigned int apid,
		   unsigned int apqi, bool reserve)
{
	overrides_add_other(list, nr, apid, apqi, reserve, NULL);
}

void overrides_add_other(struct override **list, size_t *nr, unsigned int apid,
			 unsigned int apqi, bool reserve, const char *other)
{
	struct override *override;

	if (!(*nr & (*nr - 1)))
		*list = xrealloc(*list, *nr ? 2 * *nr : 1, sizeof(**list));
	override = &(*list)[(*nr)++];
	*override = (struct override){
		.apid = (uint8_t)apid, .apqi = (uint8_t)apqi, .reserve = reserve,
	};
	snprintf(override->other, sizeof(override->other), "%s", other ? other : "");
}

// SPDX-License-Identifier: GPL-2.0-only
/* The files of a target. See stage-target.h. */
#include <stdlib.h>
#include <string.h>

#include "change/stage-target.h"
#include "format/definition.h"
#include "lib/paths.h"

static int stage_definition(struct sysfs *fs, struct staged *staged,
			    const struct target *target)
{
	char *path = xasprintf(DEFINITIONS_DIR "/%s", target->uuid);
	struct text old = { 0 };
	char *content;
	int ret;

	if (target->start == START_NONE) {
		ret = staged_delete(staged, path);
	} else {
		ret = sysfs_read(fs, path, &old);
		content = definition_format(target, ret ? NULL : text_str(&old));
		ret = staged_write(staged, path, content, strlen(content));
		free(content);
	}
	text_free(&old);
	free(path);
	return ret;
}

static int stage_name(struct staged *staged, const struct target *target)
{
	static const char *const dirs[] = { NAMES_DIR, NAMES_RUN_DIR };
	bool any = target->name || target->owner || target->comment;
	unsigned int i;
	int ret = 0;

	for (i = 0; i < 2 && !ret; i++) {
		char *path = xasprintf("%s/%s.json", dirs[i], target->uuid);

		if (any && (i == 1) == target->transient_name) {
			char *content = sidecar_format(target);

			ret = staged_write(staged, path, content, strlen(content));
			free(content);
		} else {
			ret = staged_delete(staged, path);
		}
		free(path);
	}
	return ret;
}

int stage_target(struct sysfs *fs, struct staged *staged,
		 const struct target *target)
{
	int ret = 0;

	if (target->touch_definition)
		ret = stage_definition(fs, staged, target);
	if (!ret && target->touch_name)
		ret = stage_name(staged, target);
	return ret;
}

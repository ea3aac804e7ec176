// SPDX-License-Identifier: GPL-2.0-only
/* The loaded vfio_ap and the expected one. See module.h. */
#include <stdlib.h>

#include "context/module.h"
#include "core/model.h"
#include "host/kmodule.h"
#include "lib/paths.h"

/* What the module of this package has and the loaded one lacks. */
static void list_missing(const struct features *features, struct text *text)
{
	const struct {
		bool there;
		const char *what;
	} parts[] = {
		{ features->hotplug, "changes in running guests" },
		{ features->guest_matrix, "what each guest has" },
		{ features->reasons, "reasons of missing queues" },
		{ features->guest_control, "control domains of guests" },
		{ features->notify, "events of guests" },
		{ features->resets, "counts of resets" },
	};
	const char *separator = "";
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].there)
			continue;
		text_addf(text, "%s%s", separator, parts[i].what);
		separator = ", ";
	}
}

/* Is the module of this package installed? where gets its file for this kernel, or NULL. */
static bool is_installed(struct sysfs *fs, char **where)
{
	struct kmodule module;
	bool found;

	kmodule_look(fs, "vfio_ap", &module);
	found = module.path && !module.in_tree;
	*where = found ? xstrdup(module.path) : NULL;
	kmodule_free(&module);
	return found || sysfs_exists(fs, DKMS_DIR);
}

char *module_is_stock(struct apmatrix *apm, enum stock_module *policy)
{
	const struct host *host = &apm->snap->host;
	struct complaint complaint = { 0 };
	struct text text = { 0 };
	struct config config;
	bool installed;
	char *where;

	*policy = STOCK_UNSET;
	if (!host->module || host->features.reasons)
		return NULL;
	if (!config_read(&apm->fs, &config, &complaint)) {
		problem_add(&apm->report.warnings, EXIT_CODE_USAGE, 0, "%s", complaint.message);
		complaint_free(&complaint);
	}
	installed = is_installed(&apm->fs, &where);
	*policy = config.stock_module;
	if (*policy == STOCK_UNSET)
		*policy = installed ? STOCK_START : STOCK_ACCEPT;
	if (*policy != STOCK_ACCEPT) {
		text_add(&text, "the loaded vfio_ap is not the one of this package, which is ");
		if (where)
			text_addf(&text, "installed as %s", where);
		else
			text_add(&text, "not built for this kernel");
		text_add(&text, "; missing: ");
		list_missing(&host->features, &text);
	}
	free(where);
	return *policy == STOCK_ACCEPT ? NULL : text_steal(&text);
}

void module_warn(struct apmatrix *apm)
{
	enum stock_module policy;
	char *stock = module_is_stock(apm, &policy);

	if (stock)
		problem_add(&apm->report.warnings, EXIT_CODE_UNSUPPORTED, 0,
			    "%s; see apmatrix doctor", stock);
	free(stock);
}

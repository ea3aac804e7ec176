// SPDX-License-Identifier: GPL-2.0-only
/* Pure: what does not last over a reboot. See lasting.h. */
#include <stdlib.h>
#include <string.h>

#include "core/lasting.h"
#include "core/pool.h"
#include "lib/paths.h"
#include "lib/text.h"

const struct help_term lasting_terms[LASTING_NR + 1] = {
	[LASTING_UNDEFINED] = { "not-defined",
		"an active matrix has no definition and ends with the next boot" },
	[LASTING_MASKS] = { "masks-not-kept",
		"guests will not have the same queues after the next boot: the udev rule "
		"does not set the present masks" },
	[LASTING_OVERRIDES] = { "overrides-not-kept",
		"driver overrides end with the next boot, and the host's plan has no pool" },
	[LASTING_STARTER] = { "no-starter",
		"matrices have start auto, but nothing starts them at boot" },
};

static void found_one(struct lasting_found *found, enum lasting lasting, char *sentence)
{
	found->is[lasting] = true;
	found->sentence[lasting] = sentence;
}

static bool in_scope(const struct lasting_scope *scope, const char *uuid)
{
	return !scope->targets || targets_find(scope->targets, uuid);
}

/* The masks at the next boot: without a rule, all queues are the host's. */
static void masks_at_boot(const struct boot *boot, struct apm_mask *apmask,
			  struct apm_mask *aqmask)
{
	memset(apmask, 0xff, sizeof(*apmask));
	memset(aqmask, 0xff, sizeof(*aqmask));
	if (boot->rule.has_apmask)
		*apmask = boot->rule.apmask;
	if (boot->rule.has_aqmask)
		*aqmask = boot->rule.aqmask;
}

/* Does a matrix that starts at boot have a queue that is the host's then? */
static bool loses_at_boot(const struct matrix *matrix, const struct apm_mask *apmask,
			  const struct apm_mask *aqmask)
{
	struct apm_mask adapters, domains;

	apm_mask_and(&adapters, apm_matrix_apm(&matrix->definition), apmask);
	apm_mask_and(&domains, apm_matrix_aqm(&matrix->definition), aqmask);
	return matrix->start == START_AUTO && !apm_mask_empty(&adapters) &&
	       !apm_mask_empty(&domains);
}

static bool masks_concern(const struct lasting_scope *scope,
			  const struct apm_mask *apmask, const struct apm_mask *aqmask)
{
	size_t i;

	if (!scope->targets || scope->targets->host.touch_masks)
		return true;
	for (i = 0; i < scope->targets->nr; i++) {
		const struct matrix *matrix =
			snapshot_find(scope->snap, scope->targets->at[i].uuid);

		if (matrix && loses_at_boot(matrix, apmask, aqmask))
			return true;
	}
	return false;
}

static void find_masks(const struct lasting_scope *scope, struct lasting_found *found)
{
	const struct host *host = &scope->snap->host;
	struct apm_mask apmask, aqmask;

	/* the plan's pool is set at boot, whatever it is */
	if (!host->perm_known || host->overrides || scope->pool)
		return;
	masks_at_boot(&scope->snap->boot, &apmask, &aqmask);
	if ((apm_mask_equal(&apmask, &host->apmask) &&
	     apm_mask_equal(&aqmask, &host->aqmask)) ||
	    !masks_concern(scope, &apmask, &aqmask))
		return;
	found_one(found, LASTING_MASKS,
		  xasprintf("which queues guests can have (%s)",
			    scope->snap->boot.has_rule ?
			    UDEV_RULE_FILE " sets other masks" : "no udev rule sets the masks"));
}

static void find_overrides(const struct lasting_scope *scope,
			   struct lasting_found *found)
{
	if (!scope->snap->host.overrides || scope->pool ||
	    (scope->targets && !scope->targets->host.nr_overrides))
		return;
	found_one(found, LASTING_OVERRIDES,
		  xasprintf("driver overrides (no \"pool\" in " PLAN_FILE ")"));
}

static void find_matrices(const struct lasting_scope *scope, struct lasting_found *found)
{
	const struct boot *boot = &scope->snap->boot;
	struct text undefined = { 0 };
	bool starts = boot->unit_enabled || boot->mdevctl, any = false;
	size_t i;

	for (i = 0; i < scope->snap->nr_matrices; i++) {
		const struct matrix *matrix = &scope->snap->matrices[i];

		if (!in_scope(scope, matrix->uuid))
			continue;
		any = any || matrix->start == START_AUTO;
		if (!matrix->active || matrix->defined)
			continue;
		text_addf(&undefined, "%s%s", undefined.len ? ", " : "",
			  matrix_title(matrix));
		names_add(&found->undefined, matrix_title(matrix));
	}
	if (undefined.len)
		found_one(found, LASTING_UNDEFINED,
			  xasprintf("%s (no definition)", undefined.at));
	found->no_unit = !boot->unit_there;
	if (any && !starts)
		found_one(found, LASTING_STARTER,
			  xasprintf("the start of matrices (%s)", boot->unit_there ?
				    "apmatrix-restore.service is not enabled" :
				    "apmatrix-restore.service is not installed"));
	text_free(&undefined);
}

bool lasting_find(const struct lasting_scope *scope, struct lasting_found *found)
{
	unsigned int i;

	*found = (struct lasting_found){ 0 };
	find_matrices(scope, found);
	find_masks(scope, found);
	find_overrides(scope, found);
	for (i = 0; i < LASTING_NR; i++) {
		if (found->is[i])
			return true;
	}
	return false;
}

/* Is the missing unit all that is found? Then persist would change nothing. */
static bool only_starter(const struct lasting_found *found)
{
	unsigned int i;

	for (i = 0; i < LASTING_NR; i++) {
		if (found->is[i] != (i == LASTING_STARTER))
			return false;
	}
	return true;
}

void lasting_command(const struct lasting_found *found, struct text *command)
{
	bool by_hand = found->is[LASTING_STARTER] && found->no_unit;
	size_t i;

	if (by_hand)
		text_add(command, LASTING_INSTALL);
	if (by_hand && only_starter(found)) {
		text_add(command, "systemctl enable " UNIT_NAME);
		return;
	}
	text_add(command, "apmatrix persist");
	for (i = 0; i < found->undefined.nr; i++)
		text_addf(command, " %s", found->undefined.at[i]);
	text_add(command, by_hand ? "" : " keeps it");
}

void lasting_free(struct lasting_found *found)
{
	unsigned int i;

	for (i = 0; i < LASTING_NR; i++)
		free(found->sentence[i]);
	names_free(&found->undefined);
	*found = (struct lasting_found){ 0 };
}

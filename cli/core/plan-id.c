// SPDX-License-Identifier: GPL-2.0-only
/* UUIDs of plans and of names. See plan-id.h. */
#include <stdlib.h>
#include <string.h>
#include <uuid/uuid.h>

#include "core/plan-id.h"
#include "lib/text.h"

/* The name space of UUIDs that are made from names. It must never change. */
#define NAMESPACE	"b3d6f0f1-6a0c-4f0e-9b57-2a54f4f7c9e1"

static void uuid_of_text(const char *text, size_t len, char *uuid)
{
	uuid_t space, made;

	uuid_parse(NAMESPACE, space);
	uuid_generate_sha1(made, space, text, len);
	uuid_unparse_lower(made, uuid);
}

void uuid_of_name(const char *name, char *uuid)
{
	uuid_of_text(name, strlen(name), uuid);
}

static void add_state(struct text *text, bool active,
		      const struct apm_matrix *assigned, enum start_mode start,
		      const struct apm_matrix *definition)
{
	char config[APM_MATRIX_CONFIG_LEN];

	text_addf(text, "%d %d\n", active, (int)start);
	apm_matrix_read_config(assigned, config, sizeof(config), 0);
	text_addn(text, config, sizeof(config));
	apm_matrix_read_config(definition, config, sizeof(config), 0);
	text_addn(text, config, sizeof(config));
}

/* Each field follows its length, so that fields cannot run together. */
static void add_word(struct text *text, const char *word)
{
	if (word)
		text_addf(text, "%zu:%s\n", strlen(word), word);
	else
		text_add(text, "-\n");
}

static void add_target(struct text *text, const struct snapshot *snap,
		       const struct target *target)
{
	static const struct matrix none;
	const struct matrix *now = snapshot_find(snap, target->uuid);

	if (!now)
		now = &none;
	text_addf(text, "%s %d\n", target->uuid, (int)now->state);
	add_state(text, now->active, &now->assigned, now->start, &now->definition);
	add_state(text, target->active, &target->assigned, target->start,
		  &target->definition);
	add_word(text, now->name);
	add_word(text, now->owner);
	add_word(text, now->comment);
	add_word(text, target->touch_name ? target->name : now->name);
	add_word(text, target->touch_name ? target->owner : now->owner);
	add_word(text, target->touch_name ? target->comment : now->comment);
}

static void add_masks(struct text *text, const struct apm_mask *apmask,
		      const struct apm_mask *aqmask)
{
	char mask[APM_MASK_TEXT_LEN];

	apm_mask_format(apmask, mask);
	text_addn(text, mask, sizeof(mask));
	apm_mask_format(aqmask, mask);
	text_addn(text, mask, sizeof(mask));
}

static void add_queues(struct text *text, const struct override *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		text_addf(text, "%c%02x.%04x", list[i].reserve ? '+' : '-',
			  list[i].apid, list[i].apqi);
	text_add(text, "\n");
}

void declare_id(const struct snapshot *snap, const struct targets *targets,
		char *id)
{
	const struct host_target *host = &targets->host;
	struct text text = { 0 };
	size_t i;

	if (host->touch_masks) {
		add_masks(&text, &snap->host.apmask, &snap->host.aqmask);
		add_masks(&text, &host->apmask, &host->aqmask);
	}
	add_queues(&text, host->overrides, host->nr_overrides);
	add_queues(&text, host->binds, host->nr_binds);
	if (host->remove_rule)
		add_word(&text, "no rule");
	else if (host->touch_rule)
		add_masks(&text, &host->rule.apmask, &host->rule.aqmask);
	else
		add_word(&text, NULL);
	for (i = 0; i < targets->nr; i++)
		add_target(&text, snap, &targets->at[i]);
	uuid_of_text(text.at, text.len, id);
	text_free(&text);
}

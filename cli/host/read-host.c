// SPDX-License-Identifier: GPL-2.0-only
/* Bus and module, from sysfs into the snapshot. See read-host.h. */
#include <stdlib.h>
#include <string.h>

#include "host/read-host.h"
#include "lib/sysfs-names.h"

static bool read_mask(struct sysfs *fs, const char *path, struct apm_mask *mask)
{
	char *line = sysfs_read_line(fs, path);
	bool good = line && !apm_parse_mask(line, strlen(line), mask);

	free(line);
	return good;
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *at = text;

	while (at && (at = strstr(at, word))) {
		if ((at == text || at[-1] == ' ') &&
		    (!at[len] || at[len] == ' ' || at[len] == '\n'))
			return true;
		at += len;
	}
	return false;
}

static void read_features(struct sysfs *fs, struct features *features)
{
	char *text = sysfs_read_line(fs, MATRIX_FEATURES);

	features->text = text;
	features->listed = text;
	features->guest_matrix = has_word(text, "guest_matrix");
	features->hotplug = has_word(text, "hotplug") || has_word(text, "dyn");
	features->ap_config = has_word(text, "ap_config");
	features->reasons = has_word(text, ATTR_REASONS);
	features->guest_control = has_word(text, ATTR_GUEST_CONTROL);
	features->notify = has_word(text, FEATURE_NOTIFY);
	features->generation = has_word(text, ATTR_GENERATION);
	features->resets = has_word(text, ATTR_RESETS);
}

/* Without QCI, or where the kernel does not show it, the devices are used. */
static void config_from_devices(struct sysfs *fs, struct apm_matrix *config)
{
	unsigned int apid, apqi;
	struct names names;
	size_t i;

	if (sysfs_list(fs, BUS_AP "/devices", ENTRY_LINK, &names))
		return;
	for (i = 0; i < names.nr; i++) {
		if (apm_parse_apqn(names.at[i], strlen(names.at[i]), &apid, &apqi))
			continue;
		apm_mask_set(&config->dim[APM_DIM_ADAPTER], apid);
		apm_mask_set(&config->dim[APM_DIM_DOMAIN], apqi);
		apm_mask_set(&config->dim[APM_DIM_CONTROL_DOMAIN], apqi);
	}
	names_free(&names);
}

static bool any_queue_has_override(struct sysfs *fs)
{
	struct names cards, queues;
	bool found = false;
	size_t i, j;

	sysfs_list(fs, DEVICES_AP, ENTRY_DIRECTORY, &cards);
	for (i = 0; i < cards.nr && !found; i++) {
		unsigned int apid, apqi;
		char *path;

		if (strncmp(cards.at[i], "card", 4))
			continue;
		path = xasprintf(DEVICES_AP "/%s", cards.at[i]);
		sysfs_list(fs, path, ENTRY_DIRECTORY, &queues);
		free(path);
		for (j = 0; j < queues.nr; j++) {
			if (apm_parse_apqn(queues.at[j], strlen(queues.at[j]),
					  &apid, &apqi))
				continue;
			path = xasprintf(DEVICES_AP "/%s/%s/driver_override",
					 cards.at[i], queues.at[j]);
			found = sysfs_exists(fs, path);
			free(path);
			/* all queues of a card have the same type; a card may have none */
			i = cards.nr;
			break;
		}
		names_free(&queues);
	}
	names_free(&cards);
	return found;
}

void read_host(struct sysfs *fs, struct snapshot *snap)
{
	struct host *host = &snap->host;
	long adapters, domains;

	host->bus = sysfs_exists(fs, BUS_AP);
	host->module = sysfs_exists(fs, MATRIX_DEVICE);
	read_features(fs, &host->features);
	if (!host->bus)
		return;

	host->qci = read_mask(fs, BUS_AP "/ap_adapter_mask",
			      &host->config.dim[APM_DIM_ADAPTER]) &&
		    read_mask(fs, BUS_AP "/ap_usage_domain_mask",
			      &host->config.dim[APM_DIM_DOMAIN]) &&
		    read_mask(fs, BUS_AP "/ap_control_domain_mask",
			      &host->config.dim[APM_DIM_CONTROL_DOMAIN]);
	if (!host->qci) {
		memset(&host->config, 0, sizeof(host->config));
		config_from_devices(fs, &host->config);
	}
	adapters = sysfs_read_number(fs, BUS_AP "/ap_max_adapter_id", 10, 63);
	domains = sysfs_read_number(fs, BUS_AP "/ap_max_domain_id", 10, 15);
	apm_limits_from_qci(&host->limits, true,
			   adapters < 0 ? 63 : (unsigned int)adapters,
			   domains < 0 ? 15 : (unsigned int)domains);

	host->perm_known = read_mask(fs, BUS_AP "/apmask", &host->apmask) &&
			   read_mask(fs, BUS_AP "/aqmask", &host->aqmask);
	/* overrides work only while both masks are all ones */
	if (host_masks_all_ones(host))
		host->has_override = any_queue_has_override(fs);
	host->bus_features = sysfs_read_line(fs, BUS_AP "/features");
	host->bindings = sysfs_read_line(fs, BUS_AP "/bindings");
}

bool read_resets(struct sysfs *fs, const struct snapshot *snap,
		 struct reset_counts *counts)
{
	const struct {
		const char *word;
		unsigned long long *number;
	} lines[] = {
		{ "complete ", &counts->complete },
		{ "failed ", &counts->failed },
		{ "total_us ", &counts->total_us },
		{ "longest_us ", &counts->longest_us },
		{ "withheld ", &counts->withheld },
	};
	struct text text = { 0 };
	unsigned int i, found = 0;
	const char *line;

	*counts = (struct reset_counts){ 0 };
	if (!snap->host.features.resets ||
	    sysfs_read(fs, MATRIX_DEVICE "/" ATTR_RESETS, &text)) {
		text_free(&text);
		return false;
	}
	for (line = text_str(&text); *line; line += *line == '\n') {
		for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
			size_t len = strlen(lines[i].word);

			if (strncmp(line, lines[i].word, len))
				continue;
			*lines[i].number = strtoull(line + len, NULL, 10);
			found++;
		}
		line += strcspn(line, "\n");
	}
	text_free(&text);
	return found == sizeof(lines) / sizeof(*lines);
}

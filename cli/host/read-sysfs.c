// SPDX-License-Identifier: GPL-2.0-only
/* From sysfs into the snapshot. See read-sysfs.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/read-sysfs.h"
#include "lib/sysfs-names.h"

/* The most lines of a listing that fit into one page of sysfs, uncut. */
#define LINES_PER_PAGE	511u

char *matrix_path(const char *uuid, const char *attribute)
{
	return xasprintf(MATRIX_DEVICE "/%s%s%s", uuid, attribute ? "/" : "",
			 attribute ? attribute : "");
}

static bool read_mask(struct sysfs *fs, const char *path, struct apm_mask *mask)
{
	char *line = sysfs_read_line(fs, path);
	bool good = line && !apm_parse_mask(line, strlen(line), mask);

	free(line);
	return good;
}

static long read_number(struct sysfs *fs, const char *path, int base, long none)
{
	char *line = sysfs_read_line(fs, path);
	char *end = line;
	long value = none;

	if (line)
		value = strtol(line, &end, base);
	if (!line || end == line || *end)
		value = none;
	free(line);
	return value;
}

/* host */

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
	adapters = read_number(fs, BUS_AP "/ap_max_adapter_id", 10, 63);
	domains = read_number(fs, BUS_AP "/ap_max_domain_id", 10, 15);
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

/* matrices */

/*
 * A listing of APQNs, whole or half-empty, into masks. Returns the number of
 * whole lines; a last line without its newline is cut and does not count.
 */
static size_t parse_listing(const char *text, struct apm_matrix *matrix)
{
	const char *end;
	size_t lines = 0;

	while ((end = strchr(text, '\n'))) {
		char *stop = NULL;
		unsigned long id;

		if (*text == '.') {
			id = strtoul(text + 1, &stop, 16);
			if (stop == end && id < APM_MATRIX_IDS)
				apm_mask_set(&matrix->dim[APM_DIM_DOMAIN], (unsigned int)id);
		} else {
			id = strtoul(text, &stop, 16);
			if (*stop == '.' && id < APM_MATRIX_IDS)
				apm_mask_set(&matrix->dim[APM_DIM_ADAPTER], (unsigned int)id);
			if (*stop == '.' && stop + 1 != end) {
				id = strtoul(stop + 1, &stop, 16);
				if (stop == end && id < APM_MATRIX_IDS)
					apm_mask_set(&matrix->dim[APM_DIM_DOMAIN],
						    (unsigned int)id);
			}
		}
		lines++;
		text = end + 1;
	}
	return lines;
}

static bool read_listing(struct sysfs *fs, const char *uuid, const char *attr,
			 bool whole, struct apm_matrix *matrix)
{
	char *path = matrix_path(uuid, attr);
	struct text text = { 0 };
	bool good = !sysfs_read(fs, path, &text);

	free(path);
	/* a full page may have been cut behind its last line */
	if (good && parse_listing(text_str(&text), matrix) >= LINES_PER_PAGE &&
	    !whole)
		good = false;
	text_free(&text);
	return good;
}

static bool read_config(struct sysfs *fs, const char *uuid, const char *attr,
			struct apm_matrix *matrix)
{
	char *path = matrix_path(uuid, attr);
	char *line = sysfs_read_line(fs, path);
	bool good = line && !apm_parse_config(line, strlen(line), matrix);

	free(line);
	free(path);
	return good;
}

static bool read_control_domains(struct sysfs *fs, const char *uuid,
				 const char *attr, struct apm_mask *mask)
{
	char *path = matrix_path(uuid, attr);
	struct text text = { 0 };
	char *line, *stop, *rest = NULL;
	bool good = !sysfs_read(fs, path, &text);

	free(path);
	for (line = text.at ? strtok_r(text.at, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		unsigned long id = strtoul(line, &stop, 16);

		if (stop != line && !*stop && id < APM_MATRIX_IDS)
			apm_mask_set(mask, (unsigned int)id);
	}
	text_free(&text);
	return good;
}

bool guest_is_told(struct sysfs *fs, const char *uuid)
{
	char *path = matrix_path(uuid, "guest_matrix");
	bool told = sysfs_exists(fs, path);

	free(path);
	return told;
}

bool read_guest(struct sysfs *fs, const struct snapshot *snap,
		struct matrix *matrix)
{
	const struct features *features = &snap->host.features;
	struct apm_matrix *guest = &matrix->guest;
	char *path;

	memset(guest, 0, sizeof(*guest));
	matrix->guest_known = false;
	matrix->guest_control_known = false;
	matrix->has_guest = guest_is_told(fs, matrix->uuid);
	if (!matrix->has_guest)
		goto out;
	/*
	 * Up to 6.12 the kernel writes past its page here when there are more
	 * lines than fit, so the question must not even be asked.
	 */
	if (!features->reasons && matrix->assigned_known &&
	    apm_matrix_apqns(&matrix->assigned) > LINES_PER_PAGE)
		goto out;
	matrix->guest_known = read_listing(fs, matrix->uuid, "guest_matrix",
					   features->reasons, guest);
	if (features->guest_control)
		matrix->guest_control_known =
			read_control_domains(fs, matrix->uuid, ATTR_GUEST_CONTROL,
					     &guest->dim[APM_DIM_CONTROL_DOMAIN]);
out:
	path = matrix_path(matrix->uuid, NULL);
	if (!sysfs_exists(fs, path)) {
		free(path);
		return false;
	}
	free(path);
	return true;
}

/*
 * vfio_ap reports "in use" for a queue of a guest. Kernels without that, and
 * matrices whose guest has no queue, remain unknown here.
 */
static enum matrix_state state_from_queue(struct sysfs *fs,
					  const struct matrix *matrix)
{
	unsigned int apid = apm_mask_next(apm_matrix_apm(&matrix->guest), 0);
	unsigned int apqi = apm_mask_next(apm_matrix_aqm(&matrix->guest), 0);
	enum matrix_state state = MATRIX_UNKNOWN;
	char *path, *status;

	if (!matrix->guest_known || apid >= APM_MATRIX_IDS || apqi >= APM_MATRIX_IDS)
		return MATRIX_UNKNOWN;
	path = xasprintf(DEVICES_AP "/card%02x/%02x.%04x/status", apid, apid, apqi);
	status = sysfs_read_line(fs, path);
	if (str_is(status, "in use"))
		state = MATRIX_IN_USE;
	else if (str_is(status, "assigned"))
		state = MATRIX_IDLE;
	free(status);
	free(path);
	return state;
}

bool read_matrix(struct sysfs *fs, const struct snapshot *snap,
		 struct matrix *matrix, struct problems *warnings)
{
	const struct features *features = &snap->host.features;

	matrix->active = false;
	matrix->assigned_known = false;
	memset(&matrix->assigned, 0, sizeof(matrix->assigned));
	matrix->has_config = read_config(fs, matrix->uuid, "ap_config",
					 &matrix->assigned);
	if (matrix->has_config) {
		matrix->assigned_known = true;
	} else {
		matrix->assigned_known = read_listing(fs, matrix->uuid, "matrix",
						      features->reasons,
						      &matrix->assigned);
		read_control_domains(fs, matrix->uuid, "control_domains",
				     &matrix->assigned.dim[APM_DIM_CONTROL_DOMAIN]);
	}
	if (!read_guest(fs, snap, matrix))
		return false;
	matrix->active = true;
	matrix->state = state_from_queue(fs, matrix);
	if (warnings && !matrix->assigned_known)
		problem_matrix(problem_add(warnings, EXIT_CODE_UNSUPPORTED, 0,
					   "%s: this kernel truncates the list of assigned queues "
					   "after one page; more may be assigned",
					   matrix_title(matrix)), matrix->uuid);
	else if (warnings && matrix->has_guest && !matrix->guest_known)
		problem_matrix(problem_add(warnings, EXIT_CODE_UNSUPPORTED, 0,
					   "%s: %u queues are assigned, but this kernel lists at most "
					   "%u: the guest matrix is unknown",
					   matrix_title(matrix),
					   apm_matrix_apqns(&matrix->assigned),
					   LINES_PER_PAGE), matrix->uuid);
	return true;
}

void read_matrices(struct sysfs *fs, struct snapshot *snap,
		   struct problems *warnings)
{
	char uuid[UUID_LEN + 1];
	struct names names;
	size_t i;

	sysfs_list(fs, MATRIX_DEVICE, ENTRY_DIRECTORY, &names);
	for (i = 0; i < names.nr; i++) {
		if (parse_uuid(names.at[i], uuid) && str_is(uuid, names.at[i]))
			read_matrix(fs, snap, snapshot_matrix(snap, uuid), warnings);
	}
	names_free(&names);
	/* those that vanished meanwhile and are not defined either */
	for (i = 0; i < snap->nr_matrices; i++) {
		struct matrix *matrix = &snap->matrices[i];

		if (matrix->active || matrix->defined)
			continue;
		matrix_clear(matrix);
		memmove(matrix, matrix + 1,
			(snap->nr_matrices - i - 1) * sizeof(*matrix));
		snap->nr_matrices--;
		i--;
	}
}

void read_reasons(struct sysfs *fs, const struct snapshot *snap,
		  struct matrix *matrix)
{
	char *path, *line, *rest = NULL;
	struct text text = { 0 };
	size_t room = 0;

	free(matrix->reasons);
	matrix->reasons = NULL;
	matrix->nr_reasons = 0;
	matrix->reasons_known = false;
	if (!snap->host.features.reasons || !matrix->active)
		return;
	path = matrix_path(matrix->uuid, ATTR_REASONS);
	matrix->reasons_known = !sysfs_read(fs, path, &text);
	free(path);
	for (line = text.at ? strtok_r(text.at, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		unsigned int apid, apqi;
		size_t len = strlen(line);

		/* lines come in ascending order, as the search needs them */
		if (len <= APM_APQN_TEXT_LEN || line[APM_APQN_TEXT_LEN] != ' ' ||
		    apm_parse_apqn(line, APM_APQN_TEXT_LEN, &apid, &apqi))
			continue;
		if (matrix->nr_reasons == room) {
			room = room ? 2 * room : 64;
			matrix->reasons = xrealloc(matrix->reasons, room,
						   sizeof(*matrix->reasons));
		}
		line += APM_APQN_TEXT_LEN + 1;
		matrix->reasons[matrix->nr_reasons++] = (struct kernel_reason){
			.apid = (uint8_t)apid, .apqi = (uint8_t)apqi,
			.reason = (uint8_t)apm_reason_from_word(line, strcspn(line, " ")),
		};
	}
	text_free(&text);
}

/* cards and queues */

static long card_number(struct sysfs *fs, unsigned int apid, const char *attr,
			int base)
{
	char path[96];

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%s", apid, attr);
	return read_number(fs, path, base, -1);
}

static char *card_line(struct sysfs *fs, unsigned int apid, const char *attr)
{
	char path[96];
	char *line;

	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%s", apid, attr);
	line = sysfs_read_line(fs, path);
	if (line && !*line) {
		free(line);
		return NULL;
	}
	return line;
}

static bool parse_card(const char *name, unsigned int *apid)
{
	char *end;
	unsigned long id;

	if (strncmp(name, "card", 4) || strlen(name) != 6)
		return false;
	id = strtoul(name + 4, &end, 16);
	*apid = (unsigned int)id;
	return !*end && id < APM_MATRIX_IDS;
}

void read_cards(struct sysfs *fs, struct snapshot *snap)
{
	struct names names;
	size_t i;

	if (snap->cards_known)
		return;
	sysfs_list(fs, DEVICES_AP, ENTRY_DIRECTORY, &names);
	for (i = 0; i < names.nr; i++) {
		struct card *card;
		unsigned int apid;
		long value;
		char *line;

		if (!parse_card(names.at[i], &apid))
			continue;
		card = &snap->cards[apid];
		card->present = true;
		value = card_number(fs, apid, "hwtype", 10);
		card->hwtype = value > 0 ? (int)value : 0;
		card->config = (int)card_number(fs, apid, "config", 10);
		card->chkstop = (int)card_number(fs, apid, "chkstop", 10);
		card->online = (int)card_number(fs, apid, "online", 10);
		line = card_line(fs, apid, "ap_functions");
		card->functions = line ? strtoul(line, NULL, 16) : 0;
		free(line);
		card->type = card_line(fs, apid, "type");
		card->serial = card_line(fs, apid, "serialnr");
	}
	names_free(&names);
	snap->cards_known = true;
}

static void read_queue(struct sysfs *fs, struct snapshot *snap,
		       unsigned int apid, unsigned int apqi, bool present)
{
	struct queue *queue = snapshot_queue(snap, apid, apqi);
	char path[96], driver[64];

	if (queue->known)
		return;
	queue->known = true;
	snprintf(path, sizeof(path), DEVICES_AP "/card%02x/%02x.%04x/driver",
		 apid, apid, apqi);
	if (!sysfs_link(fs, path, driver, sizeof(driver))) {
		queue->present = true;
		queue->driver = snapshot_driver(snap, driver);
		return;
	}
	*strrchr(path, '/') = '\0';
	queue->present = present || sysfs_exists(fs, path);
}

static void read_all_queues(struct sysfs *fs, struct snapshot *snap)
{
	struct names cards, queues;
	unsigned int apid, card, apqi;
	char path[64];
	size_t i, j;

	sysfs_list(fs, DEVICES_AP, ENTRY_DIRECTORY, &cards);
	for (i = 0; i < cards.nr; i++) {
		if (!parse_card(cards.at[i], &card))
			continue;
		snprintf(path, sizeof(path), DEVICES_AP "/%s", cards.at[i]);
		sysfs_list(fs, path, ENTRY_DIRECTORY, &queues);
		for (j = 0; j < queues.nr; j++) {
			if (!apm_parse_apqn(queues.at[j], strlen(queues.at[j]),
					   &apid, &apqi) && apid == card)
				read_queue(fs, snap, apid, apqi, true);
		}
		names_free(&queues);
	}
	names_free(&cards);
}

void read_queues(struct sysfs *fs, struct snapshot *snap,
		 const struct apm_matrix *of)
{
	unsigned int apid, apqi;

	if (!snap->queues)
		snap->queues = xcalloc(APM_MATRIX_APQNS, sizeof(*snap->queues));
	if (!of) {
		read_all_queues(fs, snap);
		return;
	}
	apm_mask_for_each(apid, apm_matrix_apm(of)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(of))
			read_queue(fs, snap, apid, apqi, false);
	}
}

void read_overrides(struct sysfs *fs, struct snapshot *snap)
{
	unsigned int apid, apqi;
	char path[96];

	if (!snap->host.has_override)
		return;
	read_queues(fs, snap, NULL);
	snap->host.overrides = 0;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			struct queue *queue = snapshot_queue(snap, apid, apqi);
			char *line;

			if (!queue->present)
				continue;
			snprintf(path, sizeof(path),
				 DEVICES_AP "/card%02x/%02x.%04x/driver_override",
				 apid, apid, apqi);
			line = sysfs_read_line(fs, path);
			/* kernels print nothing or (null) if there is none */
			queue->override = line && *line && !str_is(line, "(null)");
			snap->host.overrides += queue->override;
			free(line);
		}
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/* The active matrices, from sysfs into the snapshot. See read-matrices.h. */
#include <stdlib.h>
#include <string.h>

#include "host/read-matrices.h"
#include "lib/sysfs-names.h"

/* The most lines of a listing that fit into one page of sysfs, uncut. */
#define LINES_PER_PAGE	511u
/* The number of times that a matrix is read if somebody changes it meanwhile. */
#define READINGS	5

char *matrix_path(const char *uuid, const char *attribute)
{
	return xasprintf(MATRIX_DEVICE "/%s%s%s", uuid, attribute ? "/" : "",
			 attribute ? attribute : "");
}

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

/*
 * Up to 6.12 the kernel writes past its page when there are more lines than fit
 * into it, so such a listing must not even be read.
 */
static bool listing_is_safe(const struct features *features,
			    const struct matrix *matrix)
{
	return features->reasons || !matrix->assigned_known ||
	       apm_matrix_apqns(&matrix->assigned) <= LINES_PER_PAGE;
}

static bool matrix_is_there(struct sysfs *fs, const char *uuid)
{
	char *path = matrix_path(uuid, NULL);
	bool there = sysfs_exists(fs, path);

	free(path);
	return there;
}

bool read_guest(struct sysfs *fs, const struct snapshot *snap,
		struct matrix *matrix)
{
	const struct features *features = &snap->host.features;
	struct apm_matrix *guest = &matrix->guest;

	memset(guest, 0, sizeof(*guest));
	matrix->guest_known = false;
	matrix->guest_control_known = false;
	matrix->has_guest = guest_is_told(fs, matrix->uuid);
	if (matrix->has_guest && listing_is_safe(features, matrix)) {
		matrix->guest_known = read_listing(fs, matrix->uuid, "guest_matrix",
						   features->reasons, guest);
		if (features->guest_control)
			matrix->guest_control_known =
				read_control_domains(fs, matrix->uuid,
						     ATTR_GUEST_CONTROL,
						     &guest->dim[APM_DIM_CONTROL_DOMAIN]);
	}
	return matrix_is_there(fs, matrix->uuid);
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

static void read_assigned(struct sysfs *fs, const struct features *features,
			  struct matrix *matrix)
{
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
}

static bool assigned_has_changed(struct sysfs *fs, const struct features *features,
				 const struct matrix *matrix)
{
	struct matrix now = *matrix;

	read_assigned(fs, features, &now);
	return now.assigned_known != matrix->assigned_known ||
	       !apm_matrix_equal(&now.assigned, &matrix->assigned);
}

/*
 * What is assigned and what the guest has are two files. If the matrix changes
 * between the two, a queue that was unassigned looks like one that is missing.
 * So a queue is missing only if it is assigned before and after.
 */
bool read_matrix(struct sysfs *fs, const struct snapshot *snap,
		 struct matrix *matrix, struct problems *warnings)
{
	const struct features *features = &snap->host.features;
	unsigned int left = READINGS;

	do {
		read_assigned(fs, features, matrix);
		matrix->active = read_guest(fs, snap, matrix);
		if (!matrix->active)
			return false;
	} while (matrix_missing(matrix) > 0 && --left &&
		 assigned_has_changed(fs, features, matrix));
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

static void read_reasons_once(struct sysfs *fs, const struct snapshot *snap,
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

/*
 * The kernel gives a reason for each missing queue. If there are more or fewer
 * reasons, the matrix has changed between its files.
 */
void read_reasons(struct sysfs *fs, const struct snapshot *snap,
		  struct matrix *matrix)
{
	unsigned int left = READINGS;
	struct matrix again;

	read_reasons_once(fs, snap, matrix);
	while (matrix->reasons_known && matrix_missing(matrix) >= 0 &&
	       (long)matrix->nr_reasons != matrix_missing(matrix) && --left) {
		again = *matrix;
		if (!read_matrix(fs, snap, &again, NULL))
			break;
		*matrix = again;
		read_reasons_once(fs, snap, matrix);
	}
}

void read_generation(struct sysfs *fs, const struct snapshot *snap,
		     struct matrix *matrix)
{
	char *path, *line, *end;

	matrix->generation = -1;
	if (!snap->host.features.generation || !matrix->active)
		return;
	path = matrix_path(matrix->uuid, ATTR_GENERATION);
	line = sysfs_read_line(fs, path);
	if (line && *line) {
		matrix->generation = strtoll(line, &end, 10);
		if (*end)
			matrix->generation = -1;
	}
	free(line);
	free(path);
}

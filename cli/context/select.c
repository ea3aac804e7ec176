// SPDX-License-Identifier: GPL-2.0-only
/* From the command line to matrices, IDs and times. See apmatrix.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "format/libvirt.h"
#include "format/plan-file.h"
#include "lib/paths.h"
#include "lib/words.h"

#define GUEST_PREFIX	"guest:"

/* The UUID from the libvirt configuration of a guest; false after an error. */
static bool find_guest(struct apmatrix *apm, const char *guest, char *uuid)
{
	static const char *const places[] = { LIBVIRT_RUN_DIR, LIBVIRT_DIR };
	int ret = -ENOENT, unreadable = 0;
	bool found = false, known = false;
	unsigned int i;

	for (i = 0; i < 2 && !found && *guest && !strchr(guest, '/'); i++) {
		char *path = xasprintf("%s/%s.xml", places[i], guest);
		struct text xml = { 0 };

		ret = sysfs_read(&apm->fs, path, &xml);
		known = known || !ret;
		if (ret && ret != -ENOENT)
			unreadable = ret;
		found = !ret && libvirt_matrix(text_str(&xml), uuid);
		text_free(&xml);
		free(path);
	}
	if (found)
		return true;
	if (unreadable)
		report_error(apm, exit_code_from_errno(-unreadable), -unreadable,
			     "cannot read the libvirt configuration of guest %s: %s",
			     guest, strerror(-unreadable));
	else if (known)
		report_error(apm, EXIT_CODE_NOT_FOUND, 0,
			     "guest %s has no matrix", guest);
	else
		problem_hint(report_error(apm, EXIT_CODE_NOT_FOUND, 0,
					  "libvirt has no guest %s", guest),
			     "virsh list --all shows all guests");
	return false;
}

/* The uuid instead of guest:NAME. */
static bool replace_guest(struct apmatrix *apm, char **word)
{
	char uuid[UUID_LEN + 1];

	if (!*word || strncmp(*word, GUEST_PREFIX, strlen(GUEST_PREFIX)))
		return true;
	if (!find_guest(apm, *word + strlen(GUEST_PREFIX), uuid))
		return false;
	names_add(&apm->guests, uuid);
	*word = apm->guests.at[apm->guests.nr - 1];
	return true;
}

bool select_guests(struct apmatrix *apm)
{
	char *of = apm->value[OPT_OF];
	size_t i;

	if (!replace_guest(apm, &of))
		return false;
	if (of != apm->value[OPT_OF]) {
		free(apm->value[OPT_OF]);
		apm->value[OPT_OF] = xstrdup(of);
	}
	for (i = 0; i < apm->nr_operands; i++) {
		if (apm->command->operand == ARG_MATRIX &&
		    !replace_guest(apm, &apm->operands[i]))
			return false;
	}
	return true;
}

/* The matrix whose name, or whose UUID, resembles what was typed most; or NULL. */
static const struct matrix *find_resembling(const struct snapshot *snap, const char *typed)
{
	unsigned int least = WORDS_ALIKE + 1;
	const struct matrix *best = NULL;
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];
		unsigned int differs = words_differ(typed, matrix->uuid);

		if (matrix->name && words_differ(typed, matrix->name) < differs)
			differs = words_differ(typed, matrix->name);
		if (differs >= least)
			continue;
		least = differs;
		best = matrix;
	}
	return best;
}

static void hint_resembling(const struct snapshot *snap, const char *typed,
			    struct problem *problem)
{
	const struct matrix *matrix = find_resembling(snap, typed);

	if (matrix)
		problem_hint(problem, "did you mean %s? apmatrix list shows all matrices",
			     matrix_title(matrix));
	else
		problem_hint(problem, "apmatrix list shows all matrices");
}

struct matrix *select_matrix(struct apmatrix *apm, const char *text)
{
	struct matrix *matrix = NULL;
	char uuid[UUID_LEN + 1];
	struct complaint complaint = { 0 };
	size_t nr;

	if (parse_uuid(text, uuid)) {
		matrix = snapshot_find(apm->snap, uuid);
		if (!matrix)
			problem_matrix(report_error(apm, EXIT_CODE_NOT_FOUND, 0,
						    "no matrix with the UUID %s",
						    uuid), uuid);
		return matrix;
	}
	if (!parse_name(text, &complaint)) {
		report_complaint(apm, NULL, &complaint);
		return NULL;
	}
	nr = snapshot_named(apm->snap, text, &matrix);
	if (nr == 1)
		return matrix;
	if (nr)
		problem_hint(report_error(apm, EXIT_CODE_CONFLICT, 0,
					  "%zu matrices have the name %s", nr, text),
			     "use the UUID, see apmatrix list");
	else
		hint_resembling(apm->snap, text,
				report_error(apm, EXIT_CODE_NOT_FOUND, 0,
					     "no matrix with the name %s", text));
	return NULL;
}

static bool is_shown(const struct apmatrix *apm, const char *uuid)
{
	size_t i;

	for (i = 0; i < apm->report.nr_shown; i++) {
		if (str_is(apm->report.shown[i], uuid))
			return true;
	}
	return false;
}

void select_all(struct apmatrix *apm, bool active_only)
{
	size_t i, nr = 0;

	if (apm->nr_operands != 1 || !str_is(apm->operands[0], "all"))
		return;
	apm->operands = xrealloc(apm->operands, apm->snap->nr_matrices + 1,
				 sizeof(*apm->operands));
	for (i = 0; i < apm->snap->nr_matrices; i++) {
		if (active_only && !apm->snap->matrices[i].active)
			continue;
		names_add(&apm->guests, apm->snap->matrices[i].uuid);
		apm->operands[nr++] = apm->guests.at[apm->guests.nr - 1];
	}
	apm->nr_operands = nr;
}

static bool selects_all(const struct apmatrix *apm)
{
	return !apm->nr_operands || (apm->nr_operands == 1 && str_is(apm->operands[0], "all"));
}

bool select_matrices(struct apmatrix *apm)
{
	bool good = true;
	size_t i;

	if (selects_all(apm)) {
		for (i = 0; i < apm->snap->nr_matrices; i++)
			report_show(&apm->report, apm->snap->matrices[i].uuid);
		return true;
	}
	for (i = 0; i < apm->nr_operands; i++) {
		const struct matrix *matrix = select_matrix(apm, apm->operands[i]);

		if (matrix && !is_shown(apm, matrix->uuid))
			report_show(&apm->report, matrix->uuid);
		good = good && matrix;
	}
	return good;
}

static int compare_shown(const void *a, const void *b, void *ctx)
{
	const struct matrix *one = snapshot_find(ctx, a), *other = snapshot_find(ctx, b);
	int order = 0;

	if (one->name && other->name)
		order = strverscmp(one->name, other->name);
	else if (one->name || other->name)
		order = one->name ? -1 : 1;
	return order ? order : strcmp(one->uuid, other->uuid);
}

void select_order(struct apmatrix *apm)
{
	const struct apmatrix *whole = apm->whole ? apm->whole : apm;

	if (whole->format == FORMAT_TABLE && selects_all(apm) && apm->report.nr_shown)
		qsort_r(apm->report.shown, apm->report.nr_shown, sizeof(*apm->report.shown),
			compare_shown, apm->snap);
}

struct target *select_target(struct apmatrix *apm, struct targets *targets,
			     const char *operand)
{
	const struct matrix *matrix;
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		struct target *target = &targets->at[i];

		if (target->active && (str_is(target->name, operand) ||
				       str_is(target->uuid, operand)))
			return target;
	}
	matrix = select_matrix(apm, operand);
	return matrix ? targets_add(targets, matrix) : NULL;
}

void select_define(struct apmatrix *apm, struct target *target,
		   const struct apm_matrix *content, enum start_mode start)
{
	const struct matrix *matrix = snapshot_find(apm->snap, target->uuid);

	if (target->start == start && apm_matrix_equal(&target->definition, content))
		return;
	target->touch_definition = true;
	target->start = start;
	target->definition = *content;
	/* the name must exist as long as the definition */
	if (matrix && !target->touch_name && matrix->transient_name)
		target_set_name(target, matrix->name, matrix->owner, matrix->comment, false);
	target->transient_name = false;
}

static void add_reserved(const struct snapshot *snap, const struct apm_matrix *content,
			 struct pool_request *request)
{
	unsigned int apid, apqi;

	apm_mask_for_each(apid, apm_matrix_apm(content)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(content)) {
			if (host_reserves(snap, apid, apqi))
				pool_add_queue(request, apid, apqi);
		}
	}
}

bool select_from_host(struct apmatrix *apm, const struct apm_matrix *const *contents,
		      size_t nr, bool lasting, struct host_target *host)
{
	struct pool_request request = { .reserve = true, .allow_extra = true };
	size_t i;

	for (i = 0; i < nr; i++)
		add_reserved(apm->snap, contents[i], &request);
	if (apm_mask_empty(&request.adapters))
		return true;
	if (!pool_plan(apm->snap, &request, apm->command->name, host,
		       &apm->report.errors, &apm->report.warnings))
		return false;
	if (lasting && host->touch_masks)
		pool_persist(apm->snap, host);
	return true;
}

bool select_owned(struct apmatrix *apm, const struct matrix *matrix)
{
	struct problem *problem;

	if (!matrix->owner || apm->given[OPT_ANY_OWNER] ||
	    str_is(matrix->owner, apm->value[OPT_OWNER]))
		return true;
	if (apm->given[OPT_DRY_RUN]) {
		problem_matrix(problem_add(&apm->report.warnings, EXIT_CODE_CONFLICT, 0,
					   "%s belongs to %s; this needs --any-owner",
					   matrix_title(matrix), matrix->owner), matrix->uuid);
		return true;
	}
	problem = report_error(apm, EXIT_CODE_CONFLICT, 0,
			       "%s belongs to %s", matrix_title(matrix),
			       matrix->owner);
	problem_matrix(problem, matrix->uuid);
	problem_hint(problem, "apmatrix %s %s --any-owner%s does it (or --owner %s)",
		     apm->command->name, matrix_title(matrix),
		     matrix->state == MATRIX_IN_USE && !apm->given[OPT_FORCE] &&
		     str_is(apm->command->name, "remove") ? " --force" : "", matrix->owner);
	return false;
}

bool select_ids(struct apmatrix *apm, enum ids_kind kind)
{
	static const enum option options[APM_DIM_NR] = {
		OPT_ADAPTERS, OPT_DOMAINS, OPT_CONTROL_DOMAINS,
	};
	bool good = true;
	unsigned int dim;

	memset(apm->ids, 0, sizeof(apm->ids));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		struct complaint complaint = { 0 };

		if (!apm->given[options[dim]] ||
		    parse_ids(apm->value[options[dim]], kind, dim_word(dim),
			      &apm->ids[dim], &complaint))
			continue;
		report_complaint(apm, NULL, &complaint);
		good = false;
	}
	return good;
}

bool select_some_ids(struct apmatrix *apm, enum ids_kind kind)
{
	if (!select_ids(apm, kind))
		return false;
	if (apm->ids[APM_DIM_ADAPTER].given || apm->ids[APM_DIM_DOMAIN].given ||
	    apm->ids[APM_DIM_CONTROL_DOMAIN].given)
		return true;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "no IDs given"),
		     "give adapters (-a), domains (-d) or control domains (-c)%s",
		     kind == IDS_EDIT_NONE ? "; none removes all" : "");
	return false;
}

int select_host_plan(struct apmatrix *apm, struct complaint *complaint)
{
	struct text text = { 0 };
	int ret = sysfs_read(&apm->fs, PLAN_FILE, &text);

	if (!ret) {
		apm->file = xnew(struct plan_file);
		if (!plan_file_parse(text_str(&text), text.len, NULL, apm->file,
				     complaint))
			ret = -EINVAL;
	}
	text_free(&text);
	return ret == -ENOENT ? 0 : ret;
}

void select_edit(const struct apmatrix *apm, struct apm_matrix *content)
{
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		ids_apply(&apm->ids[dim], &content->dim[dim],
			  &apm->snap->host.config.dim[dim], &content->dim[dim]);
	if (apm->given[OPT_WITH_CONTROL])
		content->dim[APM_DIM_CONTROL_DOMAIN] = content->dim[APM_DIM_DOMAIN];
}

bool select_labels(struct apmatrix *apm)
{
	struct complaint complaint = { 0 };

	if ((apm->given[OPT_OWNER] &&
	     !parse_label(apm->value[OPT_OWNER], "--owner", &complaint)) ||
	    (apm->given[OPT_COMMENT] &&
	     !parse_label(apm->value[OPT_COMMENT], "--comment", &complaint))) {
		report_complaint(apm, NULL, &complaint);
		return false;
	}
	return true;
}

bool select_one_of(struct apmatrix *apm, const enum option *options)
{
	struct text given = { 0 };
	unsigned int nr = 0;

	for (; *options != OPT_NR; options++) {
		if (!apm->given[*options])
			continue;
		text_addf(&given, "%s--%s", nr ? " and " : "",
			  option_descs[*options].name);
		nr++;
	}
	if (nr > 1)
		report_error(apm, EXIT_CODE_USAGE, 0, "%s exclude each other",
			     text_str(&given));
	text_free(&given);
	return nr <= 1;
}

bool select_time(struct apmatrix *apm, enum option option, unsigned int none,
		 unsigned int *milliseconds)
{
	struct complaint complaint = { 0 };

	*milliseconds = none;
	if (!apm->given[option] ||
	    parse_seconds(apm->value[option], milliseconds, &complaint))
		return true;
	report_error(apm, EXIT_CODE_USAGE, 0, "--%s: %s",
		     option_descs[option].name, complaint.message);
	complaint_free(&complaint);
	return false;
}

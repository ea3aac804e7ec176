// SPDX-License-Identifier: GPL-2.0-only
/*
 * import: writes definitions from files, or of active matrices, to mdevctl's
 * directory. Active matrices do not change.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/select.h"
#include "format/import-file.h"
#include "host/input.h"
#include "output/render-text.h"

static bool from_active(const struct apmatrix *apm)
{
	return str_is(apm->value[OPT_FROM], "active");
}

/* The UUID of a file: from the command line, or from its name. */
static void uuid_of_file(const struct apmatrix *apm, const char *path, char *uuid)
{
	const char *name = strrchr(path, '/');

	*uuid = '\0';
	if (apm->given[OPT_UUID])
		parse_uuid(apm->value[OPT_UUID], uuid);
	else
		parse_uuid(name ? name + 1 : path, uuid);
}

static int read_file(struct apmatrix *apm, const char *path, size_t *others)
{
	struct complaint complaint = { 0 };
	struct text text = { 0 };
	char uuid[UUID_LEN + 1];
	int ret = input_read(path, &text);

	uuid_of_file(apm, path, uuid);
	if (!ret && !import_parse(text_str(&text), text.len, uuid, apm->imports,
				  others, &complaint))
		report_complaint(apm, input_title(path), &complaint);
	text_free(&text);
	return ret;
}

/* mdevctl's own directory, of another host or a backup: files named by uuid */
static int read_directory(struct apmatrix *apm, const char *path, size_t *others)
{
	struct dirent *entry;
	char uuid[UUID_LEN + 1];
	DIR *dir = opendir(path);
	int ret = 0;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir)) && !ret) {
		char *file;

		if (!parse_uuid(entry->d_name, uuid))
			continue;
		file = xasprintf("%s/%s", path, entry->d_name);
		ret = read_file(apm, file, others);
		free(file);
	}
	closedir(dir);
	return ret;
}

static void read_operand(struct apmatrix *apm, const char *path)
{
	size_t others = 0;
	int ret = read_file(apm, path, &others);

	if (ret == -EISDIR)
		ret = read_directory(apm, path, &others);
	if (ret)
		report_unreadable(apm, path, ret);
	if (others)
		problem_add(&apm->report.warnings, EXIT_CODE_OK, 0,
			    "import: %s: skipped %zu devices that are no matrix",
			    input_title(path), others);
}

/* Reads before the lock is taken: a file may come from a slow pipe. */
static bool check(struct apmatrix *apm)
{
	static const enum option starts[] = { OPT_AUTO, OPT_MANUAL, OPT_NR };
	char uuid[UUID_LEN + 1];
	size_t i;

	if (!select_one_of(apm, starts))
		return false;
	if (apm->given[OPT_UUID] && (from_active(apm) || apm->nr_operands > 1)) {
		report_error(apm, EXIT_CODE_USAGE, 0, "-u needs exactly one file");
		return false;
	}
	if (apm->given[OPT_UUID] && !parse_uuid(apm->value[OPT_UUID], uuid)) {
		report_error(apm, EXIT_CODE_USAGE, 0, "\"%s\" is not a uuid",
			     apm->value[OPT_UUID]);
		return false;
	}
	if (from_active(apm))
		return true;
	if (!apm->nr_operands) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "no file given"),
			     "for example the output of mdevctl list -d --dumpjson; - is standard input");
		return false;
	}
	apm->imports = snapshot_new();
	for (i = 0; i < apm->nr_operands && !apm->report.errors.nr; i++)
		read_operand(apm, apm->operands[i]);
	return !apm->report.errors.nr;
}

static enum start_mode choose_start(const struct apmatrix *apm,
				    enum start_mode start)
{
	return apm->given[OPT_AUTO] ? START_AUTO :
	       apm->given[OPT_MANUAL] ? START_MANUAL : start;
}

static bool add(struct apmatrix *apm, struct targets *targets, const char *uuid,
		enum start_mode start, const struct apm_matrix *content)
{
	const struct matrix *matrix = snapshot_find(apm->snap, uuid);
	struct target *target;

	if (matrix && matrix->defined && matrix->start == start &&
	    apm_matrix_equal(&matrix->definition, content)) {
		report_show(&apm->report, uuid);
		return true;
	}
	if (matrix && matrix->defined && !apm->given[OPT_REPLACE]) {
		problem_hint(problem_matrix(report_error(apm, EXIT_CODE_CONFLICT, 0,
							 "%s already has a different definition",
							 matrix_title(matrix)),
					    uuid),
			     "use --replace to overwrite it");
		return false;
	}
	target = matrix ? targets_add(targets, matrix) :
			  targets_add_new(targets, uuid);
	target->touch_definition = true;
	target->start = start;
	target->definition = *content;
	/* the name is kept beside the definition, not until the next boot only */
	if (matrix && matrix->transient_name)
		target_set_name(target, matrix->name, matrix->owner,
				matrix->comment, false);
	return true;
}

static bool add_imports(struct apmatrix *apm, struct targets *targets)
{
	bool good = true;
	size_t i;

	for (i = 0; i < apm->imports->nr_matrices && good; i++) {
		const struct matrix *matrix = &apm->imports->matrices[i];

		good = add(apm, targets, matrix->uuid,
			   choose_start(apm, matrix->start), &matrix->definition);
	}
	return good;
}

static bool add_one_active(struct apmatrix *apm, struct targets *targets,
			   const struct matrix *matrix)
{
	if (matrix->active && matrix->assigned_known)
		return add(apm, targets, matrix->uuid,
			   choose_start(apm, matrix->defined ? matrix->start :
							       START_MANUAL),
			   &matrix->assigned);
	problem_matrix(report_error(apm, matrix->active ? EXIT_CODE_UNSUPPORTED :
							  EXIT_CODE_NOT_FOUND, 0,
				    matrix->active ?
				    "%s: this kernel truncates the list of assigned queues" :
				    "%s is not active",
				    matrix_title(matrix)), matrix->uuid);
	return false;
}

/* The named matrices, or all without a definition. */
static bool add_active(struct apmatrix *apm, struct targets *targets)
{
	bool good = true;
	size_t i;

	for (i = 0; i < apm->nr_operands && good; i++) {
		const struct matrix *matrix = select_matrix(apm, apm->operands[i]);

		good = matrix && add_one_active(apm, targets, matrix);
	}
	for (i = 0; i < apm->snap->nr_matrices && !apm->nr_operands && good; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if (matrix->active && !matrix->defined)
			good = add_one_active(apm, targets, matrix);
	}
	return good;
}

static bool plan(struct apmatrix *apm, struct targets *targets)
{
	return from_active(apm) ? add_active(apm, targets) :
				  add_imports(apm, targets);
}

static const enum option options[] = {
	OPT_FROM, OPT_UUID, OPT_AUTO, OPT_MANUAL, OPT_REPLACE, OPT_NR
};

const struct command cmd_import = {
	.name = "import",
	.group = GROUP_PLAN,
	.operands = "[FILE|MATRIX...]",
	.operand = ARG_FILE,
	.max_operands = ~0u,
	.summary = "write definitions from files or from active matrices",
	.description =
"FILE is a definition of mdevctl, the output of mdevctl list --dumpjson or\n"
"apmatrix export --as mdevctl, a directory of definitions, or - for standard\n"
"input. With --from active, the named matrices are defined as they are now, or\n"
"all active ones without a definition. All are imported, or none.",
	.options = options,
	.formats = "table|json",
	.examples =
"  mdevctl list -d --dumpjson | apmatrix import -\n"
"  apmatrix import backup/etc/mdevctl.d/matrix\n"
"  apmatrix import --from active --auto",
	.check = check,
	.plan = plan,
	.text = render_changes,
};

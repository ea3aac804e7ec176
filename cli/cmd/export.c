// SPDX-License-Identifier: GPL-2.0-only
/*
 * export: matrices as a plan file, as JSON of mdevctl, as XML of libvirt or as
 * commands.
 */
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/reading.h"
#include "context/select.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "format/definition.h"
#include "format/json-write.h"
#include "host/read-boot.h"
#include "host/read-queues.h"
#include "lib/program.h"
#include "lib/sysfs-names.h"

static bool single_only(const struct apmatrix *apm)
{
	const char *as = apm->value[OPT_AS];

	return str_is(as, "libvirt") || str_is(as, "hostdev") || str_is(as, "qemu");
}

static int run(struct apmatrix *apm)
{
	size_t i;

	read_all(apm);
	if (!apm->nr_operands) {
		read_overrides(&apm->fs, apm->snap);
		read_boot(&apm->fs, apm->snap);
	}
	if (!select_matrices(apm))
		return EXIT_CODE_OK;
	if (single_only(apm) && apm->report.nr_shown != 1) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "--as %s needs exactly one matrix",
					  apm->value[OPT_AS]),
			     "give one matrix; apmatrix list shows all");
		return EXIT_CODE_USAGE;
	}
	for (i = 0; i < apm->report.nr_shown; i++) {
		const struct matrix *matrix =
			snapshot_find(apm->snap, apm->report.shown[i]);

		if (matrix_drifts(matrix))
			problem_matrix(problem_add(&apm->report.warnings,
						   EXIT_CODE_OK, 0,
						   "export: the definition of %s differs; "
						   "this is the active configuration",
						   matrix_title(matrix)),
				       matrix->uuid);
	}
	return EXIT_CODE_OK;
}

static const struct matrix *shown(const struct apmatrix *apm, size_t i)
{
	return snapshot_find(apm->snap, apm->report.shown[i]);
}

/* as a plan */

/* What the udev rule gives to guests; null if it sets no masks. */
static void put_at_boot(struct jsonw *json, const struct boot *boot)
{
	struct apm_mask given;

	if (!boot->rule.has_apmask && !boot->rule.has_aqmask) {
		jsonw_null(json, "at_boot");
		return;
	}
	jsonw_object(json, "at_boot");
	memset(&given, boot->rule.has_apmask ? 0xff : 0, sizeof(given));
	apm_mask_andnot(&given, &given, &boot->rule.apmask);
	jsonw_ids(json, "adapters", &given);
	memset(&given, boot->rule.has_aqmask ? 0xff : 0, sizeof(given));
	apm_mask_andnot(&given, &given, &boot->rule.aqmask);
	jsonw_ids(json, "domains", &given);
	jsonw_object_end(json);
}

static void put_pool(struct jsonw *json, const struct snapshot *snap)
{
	const char *regime = pool_regime(snap);
	unsigned int apid, apqi;
	struct apm_mask given;

	if (!regime)
		return;
	jsonw_object(json, "pool");
	if (!str_is(regime, "overrides")) {
		memset(&given, 0xff, sizeof(given));
		apm_mask_andnot(&given, &given, &snap->host.apmask);
		jsonw_ids(json, "adapters", &given);
		memset(&given, 0xff, sizeof(given));
		apm_mask_andnot(&given, &given, &snap->host.aqmask);
		jsonw_ids(json, "domains", &given);
	} else {
		jsonw_array(json, "queues");
		jsonw_inline(json);
		for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
			for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
				if (queue_is_given(snapshot_queue(snap, apid, apqi)))
					jsonw_apqn(json, NULL, apid, apqi);
			}
		}
		jsonw_array_end(json);
		jsonw_inline_end(json);
	}
	put_at_boot(json, &snap->boot);
	jsonw_object_end(json);
}

static void put_planned(struct jsonw *json, const struct matrix *matrix)
{
	const struct apm_matrix *content = matrix_content(matrix);
	unsigned int dim;

	jsonw_object(json, NULL);
	jsonw_string(json, "name", matrix->name);
	jsonw_string(json, "uuid", matrix->uuid);
	jsonw_string(json, "owner", matrix->owner);
	jsonw_string(json, "comment", matrix->comment);
	jsonw_bool(json, "active", matrix->active);
	jsonw_string(json, "start", start_word(matrix->start));
	for (dim = 0; dim < APM_DIM_NR; dim++)
		jsonw_ids(json, dim_key(dim), &content->dim[dim]);
	jsonw_object_end(json);
}

static void as_plan(const struct apmatrix *apm, FILE *out)
{
	struct jsonw json;
	size_t i;

	jsonw_begin(&json, out, false);
	jsonw_int(&json, "api_level", APMATRIX_API_LEVEL);
	if (!apm->nr_operands)
		put_pool(&json, apm->snap);
	jsonw_array(&json, "matrices");
	for (i = 0; i < apm->report.nr_shown; i++)
		put_planned(&json, shown(apm, i));
	jsonw_array_end(&json);
	jsonw_end(&json);
}

/* for mdevctl and libvirt: attributes in the order of writing */

typedef void (*attr_fn)(void *ctx, const char *attr, unsigned int id);

static void for_each_attr(const struct matrix *matrix, attr_fn put, void *ctx)
{
	const struct apm_matrix *content = matrix_content(matrix);
	unsigned int dim, id;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &content->dim[dim])
			put(ctx, definition_attrs[dim], id);
	}
}

static void put_json_attr(void *ctx, const char *attr, unsigned int id)
{
	struct jsonw *json = ctx;
	char value[8];

	snprintf(value, sizeof(value), "0x%02x", id);
	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_string(json, attr, value);
	jsonw_object_end(json);
	jsonw_inline_end(json);
}

static void put_definition(struct jsonw *json, const struct matrix *matrix)
{
	const char *start = start_word(matrix->start);

	jsonw_string(json, "mdev_type", MDEV_TYPE);
	jsonw_string(json, "start", start ? start : "manual");
	jsonw_array(json, "attrs");
	for_each_attr(matrix, put_json_attr, json);
	jsonw_array_end(json);
}

/* One matrix: for define --jsonfile; several: as list prints them. */
static void as_mdevctl(const struct apmatrix *apm, FILE *out)
{
	struct jsonw json;
	size_t i;

	if (apm->nr_operands == 1 && apm->report.nr_shown == 1) {
		jsonw_begin(&json, out, false);
		put_definition(&json, shown(apm, 0));
		jsonw_end(&json);
		return;
	}
	fputs("[\n", out);
	jsonw_begin(&json, out, false);
	jsonw_array(&json, "matrix");
	for (i = 0; i < apm->report.nr_shown; i++) {
		jsonw_object(&json, NULL);
		jsonw_object(&json, shown(apm, i)->uuid);
		put_definition(&json, shown(apm, i));
		jsonw_object_end(&json);
		jsonw_object_end(&json);
	}
	jsonw_array_end(&json);
	jsonw_end(&json);
	fputs("]\n", out);
}

static void put_xml_attr(void *ctx, const char *attr, unsigned int id)
{
	fprintf(ctx, "    <attr name='%s' value='0x%02x'/>\n", attr, id);
}

static void as_libvirt(const struct apmatrix *apm, FILE *out)
{
	const struct matrix *matrix = shown(apm, 0);

	fprintf(out, "<device>\n  <parent>ap_matrix</parent>\n"
		"  <capability type='mdev'>\n"
		"    <type id='" MDEV_TYPE "'/>\n    <uuid>%s</uuid>\n",
		matrix->uuid);
	for_each_attr(matrix, put_xml_attr, out);
	fputs("  </capability>\n</device>\n", out);
}

/* What virsh attach-device takes, and what stands in the XML of a guest. */
static void as_hostdev(const struct apmatrix *apm, FILE *out)
{
	fprintf(out, "<hostdev mode='subsystem' type='mdev' model='vfio-ap'>\n"
		"  <source>\n    <address uuid='%s'/>\n  </source>\n</hostdev>\n",
		shown(apm, 0)->uuid);
}

static void as_qemu(const struct apmatrix *apm, FILE *out)
{
	fprintf(out, "-device vfio-ap,sysfsdev=" MATRIX_DEVICE "/%s\n",
		shown(apm, 0)->uuid);
}

/* as commands */

/* Within single quotes only a quote is special. */
static void put_quoted(const char *option, const char *value, FILE *out)
{
	if (!value)
		return;
	fprintf(out, " %s '", option);
	for (; *value; value++) {
		if (*value == '\'')
			fputs("'\\''", out);
		else
			fputc(*value, out);
	}
	fputc('\'', out);
}

static void put_command(const struct matrix *matrix, FILE *out)
{
	static const char letters[APM_DIM_NR] = { 'a', 'd', 'c' };
	const struct apm_matrix *content = matrix_content(matrix);
	char list[1536];
	unsigned int dim;

	fprintf(out, "apmatrix create -u %s", matrix->uuid);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (apm_mask_empty(&content->dim[dim]))
			continue;
		apm_mask_format_list(&content->dim[dim], 0, list, sizeof(list));
		fprintf(out, " -%c %s", letters[dim], list);
	}
	if (matrix->start != START_NONE)
		fprintf(out, " --%s", start_word(matrix->start));
	put_quoted("--owner", matrix->owner, out);
	put_quoted("--comment", matrix->comment, out);
	fprintf(out, "%s%s\n", matrix->name ? " -- " : "",
		matrix->name ? matrix->name : "");
}

static void text(struct apmatrix *apm, FILE *out)
{
	const char *as = apm->value[OPT_AS];
	size_t i;

	if (str_is(as, "mdevctl"))
		as_mdevctl(apm, out);
	else if (str_is(as, "libvirt"))
		as_libvirt(apm, out);
	else if (str_is(as, "hostdev"))
		as_hostdev(apm, out);
	else if (str_is(as, "qemu"))
		as_qemu(apm, out);
	else if (!str_is(as, "shell"))
		as_plan(apm, out);
	for (i = 0; i < apm->report.nr_shown && str_is(as, "shell"); i++)
		put_command(shown(apm, i), out);
}

static const enum option options[] = { OPT_AS, OPT_NR };

const struct command cmd_export = {
	.name = "export",
	.group = GROUP_PLAN,
	.operands = "[MATRIX...]",
	.operand = ARG_MATRIX,
	.max_operands = ~0u,
	.summary = "write matrices as a plan, or for another tool",
	.description =
"Writes the named matrices, or all; for an active matrix the active configuration.\n"
"The result is input of: apmatrix apply (plan), mdevctl define --jsonfile\n"
"(mdevctl), virsh nodedev-define (libvirt), virsh attach-device (hostdev), the\n"
"command line of QEMU (qemu), a shell (shell).",
	.options = options,
	.formats = "table",
	.examples =
"  apmatrix export >lpar17.json    (back: apmatrix apply lpar17.json --prune --any-owner)\n"
"  apmatrix export web1 --as mdevctl\n"
"  apmatrix export web1 --as libvirt | virsh nodedev-define /dev/stdin\n"
"  apmatrix export web1 --as hostdev |\n"
"      virsh attach-device guest1 /dev/stdin --live --config",
	.run = run,
	.text = text,
};

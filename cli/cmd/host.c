// SPDX-License-Identifier: GPL-2.0-only
/* host: what this machine has; the profile that check --target compares with. */
#include <string.h>
#include <sys/utsname.h>

#include "context/apmatrix.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "format/json-write.h"
#include "output/render.h"

static void put_flag(struct jsonw *json, const char *key, int value)
{
	if (value < 0)
		jsonw_null(json, key);
	else
		jsonw_bool(json, key, value);
}

static void put_card(struct jsonw *json, unsigned int apid,
		     const struct card *card)
{
	char functions[16];

	snprintf(functions, sizeof(functions), "0x%08lx",
		 card->functions & 0xffffffff);
	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_int(json, "adapter", apid);
	jsonw_string(json, "type", card->type);
	jsonw_string(json, "generation", card_generation(card));
	if (card->hwtype)
		jsonw_int(json, "hwtype", card->hwtype);
	else
		jsonw_null(json, "hwtype");
	jsonw_string(json, "mode", card_mode(card));
	jsonw_string(json, "functions", functions);
	put_flag(json, "config", card->config);
	put_flag(json, "chkstop", card->chkstop);
	put_flag(json, "online", card->online);
	jsonw_string(json, "serial", card->serial);
	jsonw_object_end(json);
	jsonw_inline_end(json);
}

static void put_perm(struct jsonw *json, const char *key, const struct host *host,
		     const struct apm_mask *mask)
{
	if (host->perm_known)
		jsonw_mask(json, key, mask);
	else
		jsonw_null(json, key);
}

void render_json_host(struct apmatrix *apm, struct jsonw *json)
{
	const struct snapshot *snap = apm->snap;
	struct utsname uts;
	bool live = sysfs_is_live(&apm->fs) && !uname(&uts);
	const struct host *host;
	unsigned int apid;

	if (!apm->report.host) {
		jsonw_null(json, "host");
		return;
	}
	host = &snap->host;
	jsonw_object(json, "host");
	jsonw_string(json, "kernel", live ? uts.release : NULL);
	jsonw_string(json, "machine", live ? uts.machine : NULL);
	jsonw_bool(json, "ap_bus", host->bus);
	jsonw_bool(json, "qci", host->qci);
	jsonw_ids(json, "adapters", apm_matrix_apm(&host->config));
	jsonw_ids(json, "domains", apm_matrix_aqm(&host->config));
	jsonw_ids(json, "control_domains", apm_matrix_adm(&host->config));
	jsonw_int(json, "max_adapter", host->limits.max[APM_DIM_ADAPTER]);
	jsonw_int(json, "max_domain", host->limits.max[APM_DIM_DOMAIN]);
	jsonw_string(json, "regime", pool_regime(snap));
	put_perm(json, "apmask", host, &host->apmask);
	put_perm(json, "aqmask", host, &host->aqmask);
	jsonw_string(json, "bus_features", host->bus_features);
	jsonw_string(json, "bindings", host->bindings);
	jsonw_bool(json, "module", host->module);
	jsonw_string(json, "features", host->features.text);
	jsonw_array(json, "cards");
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (snap->cards[apid].present)
			put_card(json, apid, &snap->cards[apid]);
	}
	jsonw_array_end(json);
	jsonw_object_end(json);
}

/* text */

enum card_column {
	COLUMN_ADAPTER,
	COLUMN_TYPE,
	COLUMN_MODE,
	COLUMN_STATE,
	COLUMN_SERIAL,
	COLUMN_NR
};

static const struct column columns[COLUMN_NR] = {
	[COLUMN_ADAPTER] = { "ADAPTER", "adapter", COLUMN_TEXT },
	[COLUMN_TYPE] = { "TYPE", "type", COLUMN_TEXT },
	[COLUMN_MODE] = { "MODE", "mode", COLUMN_TEXT },
	[COLUMN_STATE] = { "STATE", "state", COLUMN_TEXT },
	[COLUMN_SERIAL] = { "SERIAL", "serial", COLUMN_TEXT },
};

static void add_word(struct text *text, const char *word)
{
	text_add(text, word ? word : "-");
}

static enum paint card_row(void *ctx, size_t row, struct text *cells)
{
	const struct apmatrix *apm = ctx;
	struct apm_mask present = { { 0 } };
	const struct card *card;
	unsigned int apid;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (apm->snap->cards[apid].present)
			apm_mask_set(&present, apid);
	}
	apid = apm_mask_nth(&present, (unsigned int)row);
	card = &apm->snap->cards[apid];
	text_addf(&cells[COLUMN_ADAPTER], "0x%02x (%u)", apid, apid);
	add_word(&cells[COLUMN_TYPE], card->type ? card->type :
		 card_generation(card));
	add_word(&cells[COLUMN_MODE], card_mode(card));
	add_word(&cells[COLUMN_STATE],
		 card->config == 0 ? "deconfigured" :
		 card->chkstop == 1 ? "checkstopped" :
		 card->online == 0 ? "offline" :
		 card->online == 1 ? "online" : "configured");
	add_word(&cells[COLUMN_SERIAL], card->serial);
	return card->config == 0 || card->chkstop == 1 ? PAINT_WARN : PAINT_PLAIN;
}

static void put_ids(const char *label, const struct apm_mask *mask, FILE *out)
{
	struct text list = { 0 };

	phrase_ids(&list, mask);
	fprintf(out, "%-17s %s (%u)\n", label, list.at, apm_mask_weight(mask));
	text_free(&list);
}

static void put_regime(const struct snapshot *snap, FILE *out)
{
	const struct host *host = &snap->host;
	const char *word = pool_regime(snap);
	struct apm_mask guests;

	if (!word)
		return;
	fprintf(out, "%-17s %s\n", "regime",
		str_is(word, "masks") ? "masks: apmask and aqmask say what the host keeps" :
		str_is(word, "overrides") ? "overrides: driver_override of single queues" :
		"free: neither masks nor overrides give anything to vfio_ap");
	if (!str_is(word, "masks"))
		return;
	memset(&guests, 0xff, sizeof(guests));
	apm_mask_andnot(&guests, &guests, &host->apmask);
	put_ids("not in apmask", &guests, out);
	memset(&guests, 0xff, sizeof(guests));
	apm_mask_andnot(&guests, &guests, &host->aqmask);
	put_ids("not in aqmask", &guests, out);
}

static void text(struct apmatrix *apm, FILE *out)
{
	const struct host *host = &apm->snap->host;
	struct table table = {
		.columns = columns, .nr_columns = COLUMN_NR, .row = card_row,
		.ctx = apm,
	};
	struct utsname uts;
	unsigned int apid;

	if (sysfs_is_live(&apm->fs) && !uname(&uts))
		fprintf(out, "%-17s %s on %s\n", "kernel", uts.release, uts.machine);
	if (!host->bus) {
		fprintf(out, "%-17s none\n", "AP bus");
		return;
	}
	put_ids("adapters", apm_matrix_apm(&host->config), out);
	put_ids("usage domains", apm_matrix_aqm(&host->config), out);
	put_ids("control domains", apm_matrix_adm(&host->config), out);
	fprintf(out, "%-17s adapter 0x%02x (%u), domain 0x%02x (%u)\n", "highest ids",
		host->limits.max[APM_DIM_ADAPTER], host->limits.max[APM_DIM_ADAPTER],
		host->limits.max[APM_DIM_DOMAIN], host->limits.max[APM_DIM_DOMAIN]);
	put_regime(apm->snap, out);
	if (host->bus_features)
		fprintf(out, "%-17s %s\n", "bus features", host->bus_features);
	if (host->bindings)
		fprintf(out, "%-17s %s\n", "bound queues", host->bindings);
	fprintf(out, "%-17s %s\n", "vfio_ap", !host->module ? "not loaded" :
		host->features.text ? host->features.text : "loaded, without features");
	for (apid = 0; apid < APM_MATRIX_IDS; apid++)
		table.nr_rows += apm->snap->cards[apid].present;
	fputc('\n', out);
	render_table(apm, &table, out);
}

static int run(struct apmatrix *apm)
{
	read_all(apm);
	read_cards(&apm->fs, apm->snap);
	read_overrides(&apm->fs, apm->snap);
	apm->report.host = true;
	return EXIT_CODE_OK;
}

static const enum option options[] = { OPT_NR };

const struct command cmd_host = {
	.name = "host",
	.group = GROUP_LOOK,
	.operands = "",
	.summary = "show the AP configuration of this host",
	.description =
"With --json it prints a profile that apmatrix check --target compares another\n"
"host with.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix host\n"
"  apmatrix host --json >lpar17.json",
	.run = run,
	.text = text,
};

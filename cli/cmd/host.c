// SPDX-License-Identifier: GPL-2.0-only
/* host: the AP configuration of this host, and its profile for check --target. */
#include <string.h>
#include <sys/utsname.h>

#include "context/command.h"
#include "context/reading.h"
#include "core/phrase.h"
#include "core/pool.h"
#include "host/read-queues.h"
#include "output/render.h"

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
	fprintf(out, "%-17s %s\n", "pool",
		str_is(word, "masks") ? "by masks: apmask and aqmask keep queues for the host" :
		str_is(word, "overrides") ? "by overrides: driver_override of single queues" :
		"no queue is given to guests");
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
	fprintf(out, "%-17s adapter 0x%02x (%u), domain 0x%02x (%u)\n", "highest IDs",
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
	read_serials(&apm->fs, apm->snap);
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

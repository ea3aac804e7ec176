// SPDX-License-Identifier: GPL-2.0-only
/* The host as JSON: the profile that check --target reads. See json-host.h. */
#include <stdio.h>
#include <sys/utsname.h>

#include "output/json-host.h"
#include "core/pool.h"

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

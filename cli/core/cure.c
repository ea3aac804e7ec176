// SPDX-License-Identifier: GPL-2.0-only
/* Pure: commands that remove what is in the way. See cure.h. */
#include "core/cure.h"
#include "core/phrase.h"

void cure_add(struct cure *cure, const char *uuid, const struct apm_matrix *common)
{
	apm_mask_or(&cure->adapters, &cure->adapters, apm_matrix_apm(common));
	apm_mask_or(&cure->domains, &cure->domains, apm_matrix_aqm(common));
	names_add(&cure->holders, uuid);
}

/* What the holders lose without these adapters, or domains: how many, and which. */
static unsigned int losses(const struct cure *cure, const struct snapshot *snap,
			   enum apm_dim dim, struct text *which)
{
	const struct apm_mask *ids =
		dim == APM_DIM_ADAPTER ? &cure->adapters : &cure->domains;
	unsigned int apid, apqi, nr = 0;
	size_t i;

	for (i = 0; i < cure->holders.nr; i++) {
		const struct matrix *matrix = snapshot_find(snap, cure->holders.at[i]);

		apm_mask_for_each(apid, apm_matrix_apm(&matrix->assigned)) {
			apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->assigned)) {
				if (!apm_mask_test(ids, dim == APM_DIM_ADAPTER ? apid : apqi))
					continue;
				phrase_listed(which, &nr, apid, apqi);
			}
		}
	}
	phrase_listed_end(which, nr);
	return nr;
}

void cure_unassign(const struct cure *cure, const struct snapshot *snap,
		   struct text *hint)
{
	enum apm_dim dim = APM_DIM_ADAPTER;
	struct text which = { 0 };
	bool running = false;
	size_t i;

	if (!cure->holders.nr)
		return;
	if (losses(cure, snap, APM_DIM_DOMAIN, NULL) < losses(cure, snap, dim, NULL))
		dim = APM_DIM_DOMAIN;
	text_add(hint, "apmatrix unassign");
	for (i = 0; i < cure->holders.nr; i++) {
		const struct matrix *matrix = snapshot_find(snap, cure->holders.at[i]);

		text_addf(hint, " %s", matrix_title(matrix));
		running = running || matrix->state == MATRIX_IN_USE;
	}
	text_add(hint, dim == APM_DIM_ADAPTER ? " -a " : " -d ");
	phrase_ids(hint, dim == APM_DIM_ADAPTER ? &cure->adapters : &cure->domains);
	losses(cure, snap, dim, &which);
	text_addf(hint, "%s frees what is needed; it takes %s from %s",
		  running ? " --allow-loss" : "", text_str(&which),
		  cure->holders.nr > 1 && running ? "these matrices, and a guest of them runs" :
		  running ? "a running guest" :
		  cure->holders.nr > 1 ? "these matrices" : "this matrix");
	text_free(&which);
}

void cure_free(struct cure *cure)
{
	names_free(&cure->holders);
	*cure = (struct cure){ 0 };
}

/* the host */

static bool is_in_the_way(const struct reserved *reserved, unsigned int apid,
			  unsigned int apqi)
{
	return host_reserves(reserved->snap, apid, apqi) &&
	       !(reserved->had && apm_matrix_has(reserved->had, apid, apqi)) &&
	       !(reserved->before && host_reserves(reserved->before, apid, apqi));
}

unsigned int reserved_find(struct reserved *reserved, struct text *queues)
{
	unsigned int apid, apqi, nr = 0;

	if (!host_reserves_any(reserved->snap, reserved->content, &apid, &apqi))
		return 0;
	apm_mask_for_each(apid, apm_matrix_apm(reserved->content)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(reserved->content)) {
			if (!is_in_the_way(reserved, apid, apqi))
				continue;
			if (!nr) {
				reserved->apid = apid;
				reserved->apqi = apqi;
			}
			apm_mask_set(&reserved->ids.dim[APM_DIM_ADAPTER], apid);
			apm_mask_set(&reserved->ids.dim[APM_DIM_DOMAIN], apqi);
			phrase_listed(queues, &nr, apid, apqi);
		}
	}
	phrase_listed_end(queues, nr);
	return nr;
}

/* The host's other queues of these adapters, or domains. */
static unsigned int extras(const struct reserved *reserved, enum apm_dim dim,
			   struct text *which)
{
	unsigned int apid, apqi, nr = 0;

	for (apid = 0; apid < APM_MATRIX_IDS && reserved->snap->queues; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			unsigned int id = dim == APM_DIM_ADAPTER ? apid : apqi;

			if (!apm_mask_test(&reserved->ids.dim[dim], id) ||
			    !snapshot_queue(reserved->snap, apid, apqi)->present ||
			    !host_reserves(reserved->snap, apid, apqi) ||
			    apm_matrix_has(reserved->content, apid, apqi))
				continue;
			phrase_listed(which, &nr, apid, apqi);
		}
	}
	phrase_listed_end(which, nr);
	return nr;
}

/* Each queue by itself: nothing else goes along. */
static void put_single(const struct reserved *reserved, struct text *hint)
{
	unsigned int apid, apqi, nr = 0;

	text_add(hint, "apmatrix pool reserve --apqn ");
	apm_mask_for_each(apid, apm_matrix_apm(&reserved->ids)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&reserved->ids)) {
			if (is_in_the_way(reserved, apid, apqi))
				text_addf(hint, "%s%02x.%04x", nr++ ? "," : "", apid, apqi);
		}
	}
	text_add(hint, " gives them to guests");
}

static void put_whole(const struct reserved *reserved, struct text *hint)
{
	bool by_domain = extras(reserved, APM_DIM_DOMAIN, NULL) <
			 extras(reserved, APM_DIM_ADAPTER, NULL);
	enum apm_dim dim = by_domain ? APM_DIM_DOMAIN : APM_DIM_ADAPTER;
	struct text which = { 0 };

	text_add(hint, by_domain ? "apmatrix pool reserve -d " : "apmatrix pool reserve -a ");
	phrase_ids(hint, &reserved->ids.dim[dim]);
	text_add(hint, " gives them to guests");
	if (extras(reserved, dim, &which))
		text_addf(hint, "; it also takes %s from the host", text_str(&which));
	text_free(&which);
}

void reserved_hint(const struct reserved *reserved, struct text *hint)
{
	const struct host *host = &reserved->snap->host;

	if (host->has_override && host_masks_all_ones(host))
		put_single(reserved, hint);
	else
		put_whole(reserved, hint);
}

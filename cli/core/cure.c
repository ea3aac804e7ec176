// SPDX-License-Identifier: GPL-2.0-only
/* Pure: commands that remove what is in the way. See cure.h. */
#include "core/cure.h"
#include "core/phrase.h"

void cure_add(struct cure *cure, const char *uuid, const struct apm_matrix *common)
{
	size_t i;

	apm_mask_or(&cure->adapters, &cure->adapters, apm_matrix_apm(common));
	apm_mask_or(&cure->domains, &cure->domains, apm_matrix_aqm(common));
	for (i = 0; i < cure->holders.nr; i++) {
		if (str_is(cure->holders.at[i], uuid))
			return;
	}
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

		if (!matrix)
			continue;
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

		text_addf(hint, " %s", matrix ? matrix_title(matrix) : cure->holders.at[i]);
		running = running || (matrix && matrix->state == MATRIX_IN_USE);
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

struct reserved {
	const struct snapshot *snap;
	const struct apm_matrix *content;
	struct apm_mask adapters;
	struct apm_mask domains;
};

/* The host's other queues of these adapters, or domains. */
static unsigned int extras(const struct reserved *reserved, enum apm_dim dim,
			   struct text *which)
{
	unsigned int apid, apqi, nr = 0;

	for (apid = 0; apid < APM_MATRIX_IDS && reserved->snap->queues; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			bool along = dim == APM_DIM_ADAPTER ?
				apm_mask_test(&reserved->adapters, apid) :
				apm_mask_test(&reserved->domains, apqi);

			if (!along || !snapshot_queue(reserved->snap, apid, apqi)->present ||
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
	apm_mask_for_each(apid, apm_matrix_apm(reserved->content)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(reserved->content)) {
			if (host_reserves(reserved->snap, apid, apqi))
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
	phrase_ids(hint, by_domain ? &reserved->domains : &reserved->adapters);
	text_add(hint, " gives them to guests");
	if (extras(reserved, dim, &which))
		text_addf(hint, "; it also takes %s from the host", text_str(&which));
	text_free(&which);
}

unsigned int cure_reserved(const struct snapshot *snap,
			   const struct apm_matrix *content, struct text *queues,
			   struct text *hint)
{
	struct reserved reserved = { .snap = snap, .content = content };
	unsigned int apid, apqi, nr = 0;

	apm_mask_for_each(apid, apm_matrix_apm(content)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(content)) {
			if (!host_reserves(snap, apid, apqi))
				continue;
			apm_mask_set(&reserved.adapters, apid);
			apm_mask_set(&reserved.domains, apqi);
			phrase_listed(queues, &nr, apid, apqi);
		}
	}
	phrase_listed_end(queues, nr);
	if (nr && snap->host.has_override && host_masks_all_ones(&snap->host))
		put_single(&reserved, hint);
	else if (nr)
		put_whole(&reserved, hint);
	return nr;
}

// SPDX-License-Identifier: GPL-2.0-only
/* Queues by wish. See wish.h. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/wish.h"
#include "lib/text.h"

/* A search that takes longer than this many steps ends without a result. */
#define STEPS_MAX	200000u

struct search {
	struct apm_mask available[APM_MATRIX_IDS];	/* domains of each adapter */
	struct apm_mask adapters;			/* chosen so far */
	unsigned int domains;				/* how many are needed */
	unsigned int steps;
	struct apm_mask common;				/* of a result */
};

static bool card_fits(const struct wish *wish, const struct card *card)
{
	if (!card->present || card->config == 0 || card->chkstop == 1 ||
	    (card->hwtype && card->hwtype < APM_TYPE_CEX4))
		return false;
	if (wish->mode && !str_is(card_mode(card), wish->mode))
		return false;
	return !wish->generation ||
	       (card_generation(card) &&
		!strcasecmp(card_generation(card), wish->generation));
}

/* Assigned to a matrix, or defined for one that is not active now. */
static bool is_taken(const struct snapshot *snap, unsigned int apid, unsigned int apqi)
{
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];

		if ((matrix->active && apm_matrix_has(&matrix->assigned, apid, apqi)) ||
		    (matrix->defined && apm_matrix_has(&matrix->definition, apid, apqi)))
			return true;
	}
	return false;
}

static bool queue_fits(const struct snapshot *snap, const struct wish *wish,
		       unsigned int apid, unsigned int apqi)
{
	const struct queue *queue = snapshot_queue(snap, apid, apqi);
	bool reserved = host_reserves(snap, apid, apqi);

	if (!queue->present || is_taken(snap, apid, apqi))
		return false;
	if (reserved)
		return wish->from_host;
	return queue->driver == DRIVER_VFIO_AP;
}

/* Adapters from first on, whose available domains have enough in common. */
static bool choose(struct search *search, unsigned int first, unsigned int left,
		   const struct apm_mask *common)
{
	unsigned int apid;

	if (!left) {
		search->common = *common;
		return true;
	}
	for (apid = first; apid < APM_MATRIX_IDS && search->steps < STEPS_MAX; apid++) {
		struct apm_mask both;

		search->steps++;
		apm_mask_and(&both, common, &search->available[apid]);
		if (apm_mask_weight(&both) < search->domains)
			continue;
		apm_mask_set(&search->adapters, apid);
		if (choose(search, apid + 1, left - 1, &both))
			return true;
		apm_mask_clear(&search->adapters, apid);
	}
	return false;
}

static bool find_shape(struct search *search, unsigned int adapters,
		       unsigned int domains, struct apm_matrix *matrix)
{
	struct apm_mask all;
	unsigned int i;

	memset(&all, 0xff, sizeof(all));
	memset(&search->adapters, 0, sizeof(search->adapters));
	search->domains = domains;
	search->steps = 0;
	if (!choose(search, 0, adapters, &all))
		return false;
	memset(matrix, 0, sizeof(*matrix));
	matrix->dim[APM_DIM_ADAPTER] = search->adapters;
	for (i = 0; i < domains; i++)
		apm_mask_set(&matrix->dim[APM_DIM_DOMAIN],
			     apm_mask_nth(&search->common, i));
	return true;
}

/* Further adapters, each with all domains of the present matrix. */
static bool add_adapters(const struct search *search, const struct wish *wish,
			 struct apm_matrix *matrix)
{
	const struct apm_mask *domains = apm_matrix_aqm(wish->present);
	unsigned int apid, width = apm_mask_weight(domains), found = 0;
	struct apm_mask lacking;

	memset(matrix, 0, sizeof(*matrix));
	if (!width || wish->queues % width)
		return false;
	for (apid = 0; apid < APM_MATRIX_IDS && found < wish->queues; apid++) {
		apm_mask_andnot(&lacking, domains, &search->available[apid]);
		if (!apm_mask_empty(&lacking))
			continue;
		apm_mask_set(&matrix->dim[APM_DIM_ADAPTER], apid);
		found += width;
	}
	return found == wish->queues;
}

/* Further domains, each on all adapters of the present matrix. */
static bool add_domains(const struct search *search, const struct wish *wish,
			struct apm_matrix *matrix)
{
	const struct apm_mask *adapters = apm_matrix_apm(wish->present);
	unsigned int apid, apqi, width = apm_mask_weight(adapters), found = 0;
	struct apm_mask common;

	memset(matrix, 0, sizeof(*matrix));
	if (!width || wish->queues % width)
		return false;
	memset(&common, 0xff, sizeof(common));
	apm_mask_for_each(apid, adapters)
		apm_mask_and(&common, &common, &search->available[apid]);
	apm_mask_for_each(apqi, &common) {
		if (found == wish->queues)
			break;
		apm_mask_set(&matrix->dim[APM_DIM_DOMAIN], apqi);
		found += width;
	}
	return found == wish->queues;
}

static bool grow(const struct search *search, const struct wish *wish,
		 struct apm_matrix *matrix)
{
	if (wish->spread == WISH_CARDS)
		return add_adapters(search, wish, matrix) || add_domains(search, wish, matrix);
	return add_domains(search, wish, matrix) || add_adapters(search, wish, matrix);
}

unsigned int wish_spread_of(const struct wish *wish, const struct apm_matrix *chosen)
{
	return apm_mask_weight(&chosen->dim[wish->spread == WISH_CARDS ? APM_DIM_ADAPTER :
									 APM_DIM_DOMAIN]);
}

/* Both unknown is the same. */
static bool same_word(const char *word, const char *other)
{
	return (!word && !other) || str_is(word, other);
}

static bool is_like(enum wish_likeness likeness, const struct card *card,
		    const struct card *other)
{
	if (likeness == WISH_MIXED)
		return true;
	return same_word(card_mode(card), card_mode(other)) &&
	       (likeness == WISH_SAME_MODE ||
		same_word(card_generation(card), card_generation(other)));
}

/* Are the adapters that the matrix has like this one? Absent ones are not compared. */
static bool present_is_like(const struct snapshot *snap, const struct wish *wish,
			    const struct card *card)
{
	unsigned int apid;

	apm_mask_for_each(apid, apm_matrix_apm(wish->present)) {
		if (snap->cards[apid].present &&
		    !is_like(wish->likeness, &snap->cards[apid], card))
			return false;
	}
	return true;
}

static bool is_growth(const struct wish *wish)
{
	return wish->present && !apm_matrix_empty(wish->present);
}

/* Of the available queues of search. */
static bool find_in(struct search *search, const struct wish *wish,
		    struct apm_matrix *matrix)
{
	bool found = false;
	unsigned int i;

	if (is_growth(wish))
		return grow(search, wish, matrix);
	/* each shape with this number of queues, in the order that is wanted */
	for (i = 1; i <= wish->queues && !found; i++) {
		unsigned int adapters = wish->spread == WISH_CARDS ?
					wish->queues + 1 - i : i;

		if (wish->queues % adapters == 0 && adapters <= APM_MATRIX_IDS &&
		    wish->queues / adapters <= APM_MATRIX_IDS)
			found = find_shape(search, adapters, wish->queues / adapters, matrix);
	}
	return found;
}

/* Of the queues of all that have adapters like this one. */
static bool find_like(const struct snapshot *snap, const struct wish *wish,
		      const struct search *all, unsigned int leader,
		      struct apm_matrix *matrix)
{
	struct search *search = xnew(struct search);
	unsigned int apid;
	bool found;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (is_like(wish->likeness, &snap->cards[apid], &snap->cards[leader]))
			search->available[apid] = all->available[apid];
	}
	found = find_in(search, wish, matrix);
	free(search);
	return found;
}

/* Is it the first adapter of its kind that has anything? */
static bool is_leader(const struct snapshot *snap, const struct wish *wish,
		      const struct search *all, unsigned int apid)
{
	unsigned int other;

	if (apm_mask_empty(&all->available[apid]))
		return false;
	for (other = 0; other < apid; other++) {
		if (!apm_mask_empty(&all->available[other]) &&
		    is_like(wish->likeness, &snap->cards[apid], &snap->cards[other]))
			return false;
	}
	return true;
}

static unsigned int list_available(const struct snapshot *snap, const struct wish *wish,
				   struct search *search)
{
	unsigned int apid, apqi, available = 0;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (!card_fits(wish, &snap->cards[apid]))
			continue;
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (!queue_fits(snap, wish, apid, apqi))
				continue;
			apm_mask_set(&search->available[apid], apqi);
			available++;
		}
	}
	return available;
}

bool wish_find(const struct snapshot *snap, const struct wish *wish,
	       struct apm_matrix *matrix, unsigned int *available)
{
	struct search *all = xnew(struct search);
	struct apm_matrix other;
	unsigned int apid;
	bool found = false;

	*available = list_available(snap, wish, all);
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		if (!is_leader(snap, wish, all, apid) ||
		    (wish->likeness != WISH_MIXED && is_growth(wish) &&
		     !present_is_like(snap, wish, &snap->cards[apid])) ||
		    !find_like(snap, wish, all, apid, &other) ||
		    (found && wish_spread_of(wish, &other) <= wish_spread_of(wish, matrix)))
			continue;
		*matrix = other;
		found = true;
	}
	free(all);
	return found;
}

// SPDX-License-Identifier: GPL-2.0-only
/* The queues that were asked for. See queue-rows.h. */
#include <stdlib.h>

#include "context/context.h"
#include "lib/words.h"
#include "output/queue-rows.h"

const char *card_trouble(const struct card *card)
{
	if (card->config == 0)
		return "deconfigured";
	return card->chkstop == 1 ? "checkstopped" : NULL;
}

static bool is_wanted(const struct queue_rows *rows, unsigned int apid,
		      unsigned int apqi)
{
	const struct apmatrix *apm = rows->apm;
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const char *of = apm->value[OPT_OF];

	if (status == QUEUE_ABSENT)
		return false;
	if (apm->given[OPT_FREE] || apm->given[OPT_UNBOUND])
		return (apm->given[OPT_FREE] && status == QUEUE_FREE) ||
		       (apm->given[OPT_UNBOUND] &&
			snapshot_queue(apm->snap, apid, apqi)->present &&
			snapshot_queue(apm->snap, apid, apqi)->driver == DRIVER_NONE);
	if (!of)
		return true;
	if (words_have(option_descs[OPT_OF].words, of))
		return status == QUEUE_HOST;
	return owner && (str_is(owner->uuid, of) || str_is(owner->name, of));
}

void queue_rows_begin(struct queue_rows *rows, const struct apmatrix *apm)
{
	unsigned int apid, apqi;

	*rows = (struct queue_rows){ .apm = apm };
	queue_view_begin(&rows->view, apm->snap);
	rows->apqns = xcalloc(APM_MATRIX_APQNS, sizeof(*rows->apqns));
	apm_mask_for_each(apid, &rows->view.adapters) {
		apm_mask_for_each(apqi, &rows->view.domains) {
			if (is_wanted(rows, apid, apqi))
				rows->apqns[rows->nr++] =
					(uint16_t)(apid * APM_MATRIX_IDS + apqi);
		}
	}
}

void queue_rows_end(struct queue_rows *rows)
{
	free(rows->apqns);
	queue_view_end(&rows->view);
}

// SPDX-License-Identifier: GPL-2.0-only
/* The queues as JSON. See json-queues.h. */
#include "output/json-queues.h"
#include "output/queue-rows.h"

static void put_queue(const struct queue_rows *rows, unsigned int apid,
		      unsigned int apqi, struct jsonw *json)
{
	const struct matrix *owner = queue_owner(&rows->view, apid, apqi);
	enum queue_status status = queue_status(&rows->view, apid, apqi);
	const struct card *card = &rows->apm->snap->cards[apid];

	jsonw_object(json, NULL);
	jsonw_inline(json);
	jsonw_apqn(json, "apqn", apid, apqi);
	jsonw_int(json, "adapter", apid);
	jsonw_int(json, "domain", apqi);
	jsonw_string(json, "type", card->type);
	jsonw_string(json, "generation", card_generation(card));
	jsonw_string(json, "mode", card_mode(card));
	jsonw_string(json, "driver", queue_driver(&rows->view, apid, apqi));
	jsonw_string(json, "status", queue_status_word(status));
	jsonw_string(json, "matrix", owner ? owner->uuid : NULL);
	jsonw_string(json, "reason", status == QUEUE_MISSING ?
		     queue_verdict(&rows->view, apid, apqi).word : card_trouble(card));
	jsonw_object_end(json);
	jsonw_inline_end(json);
}

void render_json_queues(struct apmatrix *apm, struct jsonw *json)
{
	struct queue_rows rows;
	size_t i;

	jsonw_array(json, "queues");
	if (apm->report.queues) {
		queue_rows_begin(&rows, apm);
		for (i = 0; i < rows.nr; i++)
			put_queue(&rows, rows.apqns[i] / APM_MATRIX_IDS,
				  rows.apqns[i] % APM_MATRIX_IDS, json);
		queue_rows_end(&rows);
	}
	jsonw_array_end(json);
}

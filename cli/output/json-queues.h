/* SPDX-License-Identifier: GPL-2.0-only */
/* "queues" of the JSON output. */
#ifndef APM_JSON_QUEUES_H
#define APM_JSON_QUEUES_H

#include "context/context.h"
#include "format/json-write.h"

/* Empty unless the report has the queues; then all are needed in the snapshot. */
void render_json_queues(struct apmatrix *apm, struct jsonw *json);

#endif

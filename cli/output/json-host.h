/* SPDX-License-Identifier: GPL-2.0-only */
/* "host" of the JSON output. */
#ifndef APM_JSON_HOST_H
#define APM_JSON_HOST_H

#include "context/context.h"
#include "format/json-write.h"

/* Needs the cards in the snapshot if the report has the host; else it is null. */
void render_json_host(struct apmatrix *apm, struct jsonw *json);

#endif

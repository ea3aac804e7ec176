/* SPDX-License-Identifier: GPL-2.0-only */
/* The report as JSON. */
#ifndef APM_RENDER_JSON_H
#define APM_RENDER_JSON_H

#include <stdio.h>

#include "context/context.h"

void render_json(struct apmatrix *apm, FILE *out);

#endif

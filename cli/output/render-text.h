/* SPDX-License-Identifier: GPL-2.0-only */
/* What a person sees of matrices and changes. */
#ifndef APM_RENDER_TEXT_H
#define APM_RENDER_TEXT_H

#include <stdio.h>

#include "context/context.h"

void render_list(struct apmatrix *apm, FILE *out);
void render_show(struct apmatrix *apm, FILE *out);
void render_changes(struct apmatrix *apm, FILE *out);
/* The same without a word if nothing changed: for commands that write in any case. */
void render_change_lines(struct apmatrix *apm, FILE *out);
/* The findings, each with its word; those with the same hint have it once. */
void render_findings(const struct apmatrix *apm, FILE *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Errors of the command that runs, into its report. */
#ifndef APM_ERROR_H
#define APM_ERROR_H

#include "context/context.h"

/* An error that begins with the command's name and a subject. */
struct problem *report_error(struct apmatrix *apm, enum exit_code code, int err,
			     const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same from a complaint, which is empty afterwards; subject may be NULL. */
void report_complaint(struct apmatrix *apm, const char *subject,
		      struct complaint *complaint);
/* A file that input_read() cannot read; ret is what it returned. */
struct problem *report_unreadable(struct apmatrix *apm, const char *name, int ret);
/* The guest matrix is not reported, so it cannot be waited for. */
void report_untold_guest(struct apmatrix *apm, const char *title);
/* vfio_ap is not loaded. */
void report_no_module(struct apmatrix *apm);

#endif

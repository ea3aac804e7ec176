/* SPDX-License-Identifier: GPL-2.0-only */
/* Errors of the command that runs, into its report. */
#ifndef APM_ERROR_H
#define APM_ERROR_H

#include "context/context.h"

/* An error that begins with the command's name and a subject. */
struct problem *report_error(struct apmatrix *apm, enum exit_code code, int err,
			     const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* A complaint about subject (or NULL) as such an error; it is empty afterwards. */
void report_complaint(struct apmatrix *apm, const char *subject,
		      struct complaint *complaint);
/* A file that input_read() cannot read; ret is what it returned. */
void report_unreadable(struct apmatrix *apm, const char *name, int ret);
/* What the guest of a matrix has cannot be waited for. */
void report_untold_guest(struct apmatrix *apm, const char *title);
/* There is no vfio_ap to make a matrix with. */
void report_no_module(struct apmatrix *apm);

#endif

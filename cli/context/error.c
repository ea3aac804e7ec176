// SPDX-License-Identifier: GPL-2.0-only
/* Errors of a command. See error.h. */
#include <stdarg.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "lib/sysfs-names.h"

struct problem *report_error(struct apmatrix *apm, enum exit_code code, int err,
			     const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vadd(&apm->report.errors, code, err,
			       apm->command->name, format, args);
	va_end(args);
	return problem;
}

void report_complaint(struct apmatrix *apm, const char *subject,
		      struct complaint *complaint)
{
	struct problem *problem;

	problem = report_error(apm, EXIT_CODE_USAGE, 0, "%s%s%s",
			       subject ? subject : "", subject ? ": " : "",
			       complaint->message);
	if (complaint->hint)
		problem_hint(problem, "%s", complaint->hint);
	complaint_free(complaint);
}

struct problem *report_unreadable(struct apmatrix *apm, const char *name, int ret)
{
	return report_error(apm, exit_code_from_errno(-ret), -ret, "cannot read %s: %s",
			    name, strerror(-ret));
}

void report_no_module(struct apmatrix *apm)
{
	problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
				  "no " MATRIX_DEVICE),
		     "the vfio_ap module is not loaded: modprobe vfio_ap, "
		     "or see apmatrix doctor");
}

void report_untold_guest(struct apmatrix *apm, const char *title)
{
	problem_hint(report_error(apm, EXIT_CODE_UNSUPPORTED, 0,
				  "%s: this kernel does not report what the guest has",
				  title),
		     "the module of this package reports it, see apmatrix doctor");
}

// SPDX-License-Identifier: GPL-2.0-only
/* The words of what doctor finds. See doctor-finding.h. */
#include <stdarg.h>

#include "cmd/doctor-finding.h"

const struct help_term doctor_terms[FINDING_NR + 1] = {
#define X(name, word, sentence, weighs)	[FINDING_##name] = { word, sentence, weighs },
	DOCTOR_FINDINGS(X)
#undef X
};

struct problem *doctor_found(struct doctor *doctor, enum finding finding,
			     const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vfinding(&doctor->apm->report.findings,
				   &doctor_terms[finding], format, args);
	va_end(args);
	return problem;
}

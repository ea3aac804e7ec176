// SPDX-License-Identifier: GPL-2.0-only
/* What went wrong, as data. See problem.h. */
#include <stdlib.h>
#include <string.h>

#include "apm/apm.h"
#include "core/problem.h"
#include "core/term.h"
#include "lib/text.h"

static __attribute__((format(printf, 3, 0)))
struct problem *add(struct problems *problems, const char *subject,
		    const char *format, va_list args)
{
	struct text message = { 0 };
	struct problem *problem;

	if (subject)
		text_addf(&message, "%s: ", subject);
	text_vaddf(&message, format, args);
	problems->at = xrealloc(problems->at, problems->nr + 1,
				sizeof(*problems->at));
	problem = &problems->at[problems->nr++];
	*problem = (struct problem){ .message = text_steal(&message) };
	return problem;
}

struct problem *problem_vadd(struct problems *problems, enum exit_code code,
			     int err, const char *subject, const char *format,
			     va_list args)
{
	struct problem *problem = add(problems, subject, format, args);

	problem->code = code;
	problem->err = err;
	return problem;
}

struct problem *problem_add(struct problems *problems, enum exit_code code,
			    int err, const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vadd(problems, code, err, NULL, format, args);
	va_end(args);
	return problem;
}

struct problem *problem_vfinding(struct problems *problems,
				 const struct help_term *term,
				 const char *format, va_list args)
{
	struct problem *problem = add(problems, NULL, format, args);

	problem->word = term->word;
	problem->serious = term->weighs;
	return problem;
}

struct problem *problem_finding(struct problems *problems,
				const struct help_term *term,
				const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vfinding(problems, term, format, args);
	va_end(args);
	return problem;
}

struct problem *problem_hint(struct problem *problem, const char *format, ...)
{
	struct text hint = { 0 };
	va_list args;

	va_start(args, format);
	text_vaddf(&hint, format, args);
	va_end(args);
	free(problem->hint);
	problem->hint = text_steal(&hint);
	return problem;
}

static void replace(char **field, const char *value)
{
	free(*field);
	*field = xstrdup(value);
}

struct problem *problem_matrix(struct problem *problem, const char *uuid)
{
	replace(&problem->matrix, uuid);
	return problem;
}

struct problem *problem_holder(struct problem *problem, const char *uuid)
{
	replace(&problem->holder, uuid);
	return problem;
}

struct problem *problem_apqn(struct problem *problem, unsigned int apid,
			     unsigned int apqi)
{
	char apqn[APM_APQN_TEXT_LEN + 1] = "";

	apm_apqn_format(apid, apqi, apqn);
	replace(&problem->apqn, apqn);
	return problem;
}

struct problem *problem_first_apqn(struct problem *problem,
				   const struct apm_matrix *matrix)
{
	return problem_apqn(problem, apm_mask_next(apm_matrix_apm(matrix), 0),
			    apm_mask_next(apm_matrix_aqm(matrix), 0));
}

void problem_like(struct problem *problem, const struct problem *other)
{
	replace(&problem->matrix, other->matrix);
	replace(&problem->apqn, other->apqn);
	replace(&problem->holder, other->holder);
}

enum exit_code problems_code(const struct problems *problems)
{
	return problems->nr ? problems->at[0].code : EXIT_CODE_OK;
}

void problems_print(const struct problems *problems, FILE *out)
{
	size_t i;

	for (i = 0; i < problems->nr; i++) {
		const struct problem *problem = &problems->at[i];

		fprintf(out, "apmatrix: %s", problem->message);
		if (problem->err)
			fprintf(out, " [%s]", errno_name(problem->err));
		fputc('\n', out);
		if (problem->hint)
			fprintf(out, "hint: %s\n", problem->hint);
	}
}

void problems_move(struct problems *to, struct problems *from)
{
	if (from->nr) {
		to->at = xrealloc(to->at, to->nr + from->nr, sizeof(*to->at));
		memcpy(to->at + to->nr, from->at, from->nr * sizeof(*to->at));
		to->nr += from->nr;
	}
	free(from->at);
	*from = (struct problems){ 0 };
}

void problems_drop(struct problems *problems, size_t number)
{
	struct problem *problem = &problems->at[number];

	free(problem->matrix);
	free(problem->apqn);
	free(problem->holder);
	free(problem->message);
	free(problem->hint);
	problems->nr--;
	memmove(problem, problem + 1, (problems->nr - number) * sizeof(*problem));
}

void problems_free(struct problems *problems)
{
	while (problems->nr)
		problems_drop(problems, problems->nr - 1);
	free(problems->at);
	*problems = (struct problems){ 0 };
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A problem: subject, fact, cause, and a hint on the next line if there is one.
 * It becomes a line on stderr and an entry of "errors" or "warnings" in JSON.
 */
#ifndef APM_PROBLEM_H
#define APM_PROBLEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lib/exit-code.h"

struct apm_matrix;
struct help_term;

struct problem {
	enum exit_code code;
	int err;		/* errno value, 0: not from the kernel */
	char *matrix;		/* uuid or NULL */
	char *apqn;		/* or NULL */
	char *holder;		/* uuid of who has it, or NULL */
	char *message;		/* without the program's name */
	char *hint;		/* or NULL */
	/* of what check and doctor find, else NULL and false */
	const char *word;	/* documented, stable, lower case and dashes */
	bool serious;		/* something does not work; else it is a note */
};

struct problems {
	struct problem *at;
	size_t nr;
};

/*
 * Add one. err is an errno value or 0; the setters below fill in the rest and
 * copy what they get. The pointer is good until the next problem_add().
 */
struct problem *problem_add(struct problems *problems, enum exit_code code,
			    int err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same, after "subject: " unless that is NULL. */
struct problem *problem_vadd(struct problems *problems, enum exit_code code,
			     int err, const char *subject, const char *format,
			     va_list args)
	__attribute__((format(printf, 5, 0)));
/* A finding; it is not an error of the command. */
struct problem *problem_finding(struct problems *problems,
				const struct help_term *term,
				const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct problem *problem_vfinding(struct problems *problems,
				 const struct help_term *term,
				 const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));
struct problem *problem_hint(struct problem *problem, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct problem *problem_matrix(struct problem *problem, const char *uuid);
struct problem *problem_apqn(struct problem *problem, unsigned int apid,
			     unsigned int apqi);
/* The first queue of a matrix that has some. */
struct problem *problem_first_apqn(struct problem *problem,
				   const struct apm_matrix *matrix);
struct problem *problem_holder(struct problem *problem, const char *uuid);
/* Matrix, queue and holder of another problem. */
void problem_like(struct problem *problem, const struct problem *other);

/* The first problem's code, or EXIT_CODE_OK. */
enum exit_code problems_code(const struct problems *problems);
/* "apmatrix: message [ERRNO]" and "hint: ..." lines. */
void problems_print(const struct problems *problems, FILE *out);
void problems_move(struct problems *to, struct problems *from);
void problems_drop(struct problems *problems, size_t number);
void problems_free(struct problems *problems);

#endif

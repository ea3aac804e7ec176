/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One command line while it is executed.
 */
#ifndef CALL_H
#define CALL_H

#include <stdio.h>

#include "session.h"

#define MAX_WORDS	32

struct call {
	struct session *session;
	int nr;					/* positional words, command first */
	const char *word[MAX_WORDS];
	int nr_opts;
	const char *opt[MAX_WORDS];		/* key=value and flags */
	FILE *detail;				/* whole lines before the answer */
	FILE *answer;				/* what follows "ok" or "fail" */
};

int call_parse(struct call *call, char *line);
void call_move_flags(struct call *call, const char *const *opts);
int call_check(const struct call *call, const char *const *opts);
const char *call_value(const struct call *call, const char *key);
bool call_flag(const struct call *call, const char *flag);
int call_number(const struct call *call, const char *key, uint64_t *value);
struct vm_slot *call_vm(struct call *call);
int parse_number(const char *text, uint64_t *value);
int refuse(struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif /* CALL_H */

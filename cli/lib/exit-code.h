/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every exit status with its name and its meaning. They are an interface: never
 * renumbered, listed by help and the man page, and "code" in JSON.
 */
#ifndef APM_EXIT_CODE_H
#define APM_EXIT_CODE_H

/* X(name, meaning), in the order of their numbers */
#define EXIT_CODES(X)							\
	X(OK, "success or no change needed")				\
	X(FAILURE, "other error")					\
	X(USAGE, "invalid command line or input file")			\
	X(NOT_FOUND, "no such matrix, adapter, domain or queue")	\
	X(CONFLICT,							\
	  "assigned or kept elsewhere: another matrix, the host, a definition")	\
	X(BUSY, "in use by a guest, or locked; try again later")	\
	X(PERMISSION, "permission denied")				\
	X(UNSUPPORTED, "not supported by this machine, kernel or module") \
	X(PARTIAL, "partly done, or a failed change could not be undone") \
	X(DIFFERENT, "with --exit-code only: differences or findings")	\
	X(TIMEOUT, "timed out")						\
	X(STALE_PLAN, "the host has changed since the plan was made")

enum exit_code {
#define X(name, sentence)	EXIT_CODE_##name,
	EXIT_CODES(X)
#undef X
	EXIT_CODE_NR
};

const char *exit_code_name(enum exit_code code);
const char *exit_code_sentence(enum exit_code code);

/* What an errno value (positive) means for the caller of the tool. */
enum exit_code exit_code_from_errno(int err);

/* EADDRINUSE and its like: the name of an errno value, "E?" if unknown. */
const char *errno_name(int err);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every exit status with its name and its meaning. They are an interface: never
 * renumbered, listed by help and the man page, and "code" in JSON.
 */
#ifndef APM_EXIT_CODE_H
#define APM_EXIT_CODE_H

enum exit_code {
	EXIT_CODE_OK,
	EXIT_CODE_FAILURE,
	EXIT_CODE_USAGE,
	EXIT_CODE_NOT_FOUND,
	EXIT_CODE_CONFLICT,
	EXIT_CODE_BUSY,
	EXIT_CODE_PERMISSION,
	EXIT_CODE_UNSUPPORTED,
	EXIT_CODE_PARTIAL,
	EXIT_CODE_DIFFERENT,
	EXIT_CODE_TIMEOUT,
	EXIT_CODE_STALE_PLAN,
	EXIT_CODE_NR
};

const char *exit_code_name(enum exit_code code);
const char *exit_code_sentence(enum exit_code code);

/* What an errno value (positive) means for the caller of the tool. */
enum exit_code exit_code_from_errno(int err);

/* EADDRINUSE and its like: the name of an errno value, "E?" if unknown. */
const char *errno_name(int err);

#endif

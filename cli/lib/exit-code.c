// SPDX-License-Identifier: GPL-2.0-only
/* Every exit status, and how errno values map to them. See exit-code.h. */
#include <errno.h>
#include <string.h>

#include "lib/exit-code.h"

static const struct {
	const char *name;
	const char *sentence;
} codes[EXIT_CODE_NR] = {
	[EXIT_CODE_OK] = { "OK", "done, or already so" },
	[EXIT_CODE_FAILURE] = { "FAILURE", "a failure that has no code of its own" },
	[EXIT_CODE_USAGE] = { "USAGE", "the command line or an input file is wrong" },
	[EXIT_CODE_NOT_FOUND] = { "NOT_FOUND",
		"no such matrix, adapter, domain or queue" },
	[EXIT_CODE_CONFLICT] = { "CONFLICT",
		"somebody else has it: another matrix, the host, a definition" },
	[EXIT_CODE_BUSY] = { "BUSY", "in use by a guest, or locked; may go away" },
	[EXIT_CODE_PERMISSION] = { "PERMISSION", "not permitted" },
	[EXIT_CODE_UNSUPPORTED] = { "UNSUPPORTED",
		"the machine, kernel or module cannot do this" },
	[EXIT_CODE_PARTIAL] = { "PARTIAL",
		"done in part, or a change that failed could not be undone" },
	[EXIT_CODE_DIFFERENT] = { "DIFFERENT",
		"only with --exit-code: something was found" },
	[EXIT_CODE_TIMEOUT] = { "TIMEOUT", "waited long enough" },
	[EXIT_CODE_STALE_PLAN] = { "STALE_PLAN",
		"the host is no longer what the plan was made for" },
};

const char *exit_code_name(enum exit_code code)
{
	return code < EXIT_CODE_NR ? codes[code].name : "FAILURE";
}

const char *exit_code_sentence(enum exit_code code)
{
	return code < EXIT_CODE_NR ? codes[code].sentence : "";
}

enum exit_code exit_code_from_errno(int err)
{
	switch (err) {
	case 0:
		return EXIT_CODE_OK;
	case ENODEV:
	case ENOENT:
	case ENXIO:
		return EXIT_CODE_NOT_FOUND;
	case EADDRINUSE:
	case EADDRNOTAVAIL:
	case EEXIST:
		return EXIT_CODE_CONFLICT;
	case EBUSY:
	case EAGAIN:
		return EXIT_CODE_BUSY;
	case EACCES:
	case EPERM:
	case EROFS:
		return EXIT_CODE_PERMISSION;
	case ENOSYS:
	case EOPNOTSUPP:
		return EXIT_CODE_UNSUPPORTED;
	case ETIMEDOUT:
		return EXIT_CODE_TIMEOUT;
	default:
		return EXIT_CODE_FAILURE;
	}
}

const char *errno_name(int err)
{
	const char *name = err > 0 ? strerrorname_np(err) : NULL;

	return name ? name : "E?";
}

// SPDX-License-Identifier: GPL-2.0-only
/* Every exit status, and how errno values map to them. See exit-code.h. */
#include <errno.h>
#include <string.h>

#include "lib/exit-code.h"

static const struct {
	const char *name;
	const char *sentence;
} codes[EXIT_CODE_NR] = {
	[EXIT_CODE_OK] = { "OK", "success or no change needed" },
	[EXIT_CODE_FAILURE] = { "FAILURE", "other error" },
	[EXIT_CODE_USAGE] = { "USAGE", "invalid command line or input file" },
	[EXIT_CODE_NOT_FOUND] = { "NOT_FOUND",
		"no such matrix, adapter, domain or queue" },
	[EXIT_CODE_CONFLICT] = { "CONFLICT",
		"assigned or reserved elsewhere: another matrix, the host, a definition" },
	[EXIT_CODE_BUSY] = { "BUSY", "in use by a guest, or locked; try again later" },
	[EXIT_CODE_PERMISSION] = { "PERMISSION", "permission denied" },
	[EXIT_CODE_UNSUPPORTED] = { "UNSUPPORTED",
		"not supported by this machine, kernel or module" },
	[EXIT_CODE_PARTIAL] = { "PARTIAL",
		"partly done, or a failed change could not be undone" },
	[EXIT_CODE_DIFFERENT] = { "DIFFERENT",
		"with --exit-code only: differences or findings" },
	[EXIT_CODE_TIMEOUT] = { "TIMEOUT", "timed out" },
	[EXIT_CODE_STALE_PLAN] = { "STALE_PLAN",
		"the host has changed since the plan was made" },
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

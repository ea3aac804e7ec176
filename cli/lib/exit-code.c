// SPDX-License-Identifier: GPL-2.0-only
/* Every exit status, and how errno values map to them. See exit-code.h. */
#include <errno.h>
#include <string.h>

#include "lib/exit-code.h"

static const struct {
	const char *name;
	const char *sentence;
} codes[EXIT_CODE_NR] = {
#define X(name, sentence)	[EXIT_CODE_##name] = { #name, sentence },
	EXIT_CODES(X)
#undef X
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

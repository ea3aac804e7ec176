// SPDX-License-Identifier: GPL-2.0-only
/* Files that a user names. See input.h. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "host/input.h"

static int read_all_of(int fd, struct text *text)
{
	char part[16384];
	ssize_t got;

	while ((got = read(fd, part, sizeof(part)))) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (text->len + (size_t)got > INPUT_MAX)
			return -EFBIG;
		text_addn(text, part, (size_t)got);
	}
	return 0;
}

const char *input_title(const char *path)
{
	return str_is(path, "-") ? "standard input" : path;
}

int input_read(const char *path, struct text *text)
{
	int fd = STDIN_FILENO, ret;

	if (!str_is(path, "-"))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = read_all_of(fd, text);
	if (fd != STDIN_FILENO)
		close(fd);
	return ret;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files of sysfs and debugfs. See io.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "io.h"

#define PAGE 4096
#define STEP_US 100000UL	/* the most of a step that counts */

int io_write(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t done;
	int ret = 0;

	if (fd < 0)
		return -errno;
	done = write(fd, text, len);
	if (done < 0)
		ret = -errno;
	else if ((size_t)done != len)
		ret = -EIO;
	close(fd);
	return ret;
}

int io_put(const char *text, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	return io_write(path, text, strlen(text));
}

static int read_all(const char *path, char *buf, size_t size, size_t page)
{
	size_t len = 0;
	ssize_t got;
	int fd, ret;

	buf[0] = '\0';
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	do {
		got = read(fd, buf + len, size - 1 - len);
		if (got > 0)
			len += (size_t)got;
	} while (got > 0 && (size_t)got >= page && len < size - 1);
	ret = got < 0 ? -errno : (int)len;
	buf[len] = '\0';
	close(fd);
	return ret;
}

int io_read(char *buf, size_t size, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	return read_all(path, buf, size, 1);
}

int io_attr(char *buf, size_t size, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	return read_all(path, buf, size, PAGE);
}

int io_list(const char *path, void (*fn)(void *ctx, const char *name), void *ctx)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		fn(ctx, entry->d_name);
	closedir(dir);
	return 0;
}

void io_be_patient(struct io_patience *patience, unsigned long us)
{
	patience->left_us = us;
	patience->last = io_now();
}

bool io_is_patient(struct io_patience *patience)
{
	unsigned long now = io_now(), passed = now - patience->last;

	if (passed > STEP_US)
		passed = STEP_US;
	patience->last = now;
	patience->left_us -= passed < patience->left_us ? passed : patience->left_us;
	return patience->left_us;
}

bool io_wait_to_read(int fd, unsigned long us)
{
	struct pollfd readable = { .fd = fd, .events = POLLIN };
	struct io_patience patience;

	io_be_patient(&patience, us);
	do {
		if (poll(&readable, 1, STEP_US / 1000) == 1)
			return true;
	} while (io_is_patient(&patience));
	return false;
}

unsigned long io_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned long)now.tv_sec * 1000000UL + (unsigned long)now.tv_nsec / 1000;
}

char *io_line(char **text)
{
	char *line = *text, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end++ = '\0';
	*text = end;
	return line;
}

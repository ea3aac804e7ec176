/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of sysfs and debugfs: whole texts, one system call for each write, and
 * the errno of each. Nothing here knows what the files mean.
 */
#ifndef PROPERTY_IO_H
#define PROPERTY_IO_H

#include <stdbool.h>
#include <stddef.h>

/* One write(2) of len bytes: 0, or a negative errno (-EIO if it was short). */
int io_write(const char *path, const char *text, size_t len);

/* The same with a text and a path made as printf does. */
int io_put(const char *text, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * The whole of a file, however many reads it takes, with a NUL at the end. What
 * does not fit into size is cut. Returns the length or a negative errno.
 */
int io_read(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * The same for an attribute of sysfs, which gives a page at a time: less than a
 * page is the end, and need not be asked for once more.
 */
int io_attr(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Calls fn with each name in a directory. 0 or a negative errno. */
int io_list(const char *path, void (*fn)(void *ctx, const char *name), void *ctx);

/* CLOCK_MONOTONIC in microseconds. */
unsigned long io_now(void);

/*
 * Time to wait for something, in microseconds. Of a step that takes longer than it should, such
 * as when the machine stands still, only a part counts: what is waited for stood still, too.
 */
struct io_patience {
	unsigned long left_us, last;
};

void io_be_patient(struct io_patience *patience, unsigned long us);
/* After each step: is there any time left? */
bool io_is_patient(struct io_patience *patience);
/* Waits until there is something to read. False if there was nothing for so long. */
bool io_wait_to_read(int fd, unsigned long us);

/* The next line of a text, its newline replaced by NUL; NULL at the end. */
char *io_line(char **text);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mediated devices, through sysfs.
 */
#include "io.h"
#include "world.h"

int mdev_create(const char *uuid)
{
	return io_put(uuid, MDEV_TYPE_DIR "/create");
}

int mdev_remove(const char *uuid)
{
	return io_put("1", MATRIX_DIR "/%s/remove", uuid);
}

int mdev_write(const char *uuid, const char *attr, const char *text)
{
	return io_put(text, MATRIX_DIR "/%s/%s", uuid, attr);
}

int mdev_read(const char *uuid, const char *attr, char *buf, size_t size)
{
	return io_attr(buf, size, MATRIX_DIR "/%s/%s", uuid, attr);
}

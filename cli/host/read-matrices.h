/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The active matrices, from sysfs into the snapshot. What vanishes while it is
 * read is as if it had not been there.
 */
#ifndef APM_READ_MATRICES_H
#define APM_READ_MATRICES_H

#include "core/model.h"
#include "core/problem.h"
#include "host/sysfs.h"

/* All active matrices. Needs the host. Unreadable files become warnings. */
void read_matrices(struct sysfs *fs, struct snapshot *snap,
		   struct problems *warnings);
/* One of them again, after a change; false if it is not active any more. */
bool read_matrix(struct sysfs *fs, const struct snapshot *snap,
		 struct matrix *matrix, struct problems *warnings);
/* Does the kernel report guest matrices? Since 6.0. */
bool guest_is_told(struct sysfs *fs, const char *uuid);
/* Only the guest matrix, for waiting; false if the matrix is gone. */
bool read_guest(struct sysfs *fs, const struct snapshot *snap,
		struct matrix *matrix);
/*
 * The reasons from the kernel, if it has them. If they do not fit the matrix as it
 * was read before, the matrix is read again.
 */
void read_reasons(struct sysfs *fs, const struct snapshot *snap,
		  struct matrix *matrix);
/* How often the guest matrix has changed, if the kernel counts that. */
void read_generation(struct sysfs *fs, const struct snapshot *snap,
		     struct matrix *matrix);
/* The path of an attribute of a matrix; the caller frees it. */
char *matrix_path(const char *uuid, const char *attribute);

#endif

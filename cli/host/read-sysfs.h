/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From sysfs into the snapshot. Each function reads one part, so that a
 * command reads only what it shows. What disappears while it is read is treated
 * as absent.
 */
#ifndef APM_READ_SYSFS_H
#define APM_READ_SYSFS_H

#include "core/model.h"
#include "core/problem.h"
#include "host/sysfs.h"

/* The bus, its masks and limits, the module's features. */
void read_host(struct sysfs *fs, struct snapshot *snap);
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
/* The reasons from the kernel, if it has them. */
void read_reasons(struct sysfs *fs, const struct snapshot *snap,
		  struct matrix *matrix);
void read_cards(struct sysfs *fs, struct snapshot *snap);
/* The queues of a matrix (all that exist if NULL). May be called repeatedly. */
void read_queues(struct sysfs *fs, struct snapshot *snap,
		 const struct apm_matrix *of);
/* The driver overrides of all queues; reads all queues, if the kernel has them. */
void read_overrides(struct sysfs *fs, struct snapshot *snap);
/*
 * Which process has which matrix open, from /proc (read-guests.c). Without the
 * permission to inspect other processes it finds none. Once for each snapshot.
 */
void read_guests(struct sysfs *fs, struct snapshot *snap);

/* The path of an attribute of a matrix; the caller frees it. */
char *matrix_path(const char *uuid, const char *attribute);

#endif

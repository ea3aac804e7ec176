/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From sysfs into the snapshot. Each function reads one part, so that a
 * command pays only for what it shows. What vanishes while it is read is as if
 * it had not been there.
 */
#ifndef APM_READ_SYSFS_H
#define APM_READ_SYSFS_H

#include "core/model.h"
#include "core/problem.h"
#include "host/sysfs.h"

/* The bus, its masks and limits, the module's features. */
void read_host(struct sysfs *fs, struct snapshot *snap);
/* All active matrices. Needs the host. Warnings for what is not readable. */
void read_matrices(struct sysfs *fs, struct snapshot *snap,
		   struct problems *warnings);
/* One of them again, after a change; false if it is not active any more. */
bool read_matrix(struct sysfs *fs, const struct snapshot *snap,
		 struct matrix *matrix, struct problems *warnings);
/* Does the kernel tell what the guest of an active matrix has? Not before 6.0. */
bool guest_is_told(struct sysfs *fs, const char *uuid);
/* Only what the guest has, for waiting; false if it is gone. */
bool read_guest(struct sysfs *fs, const struct snapshot *snap,
		struct matrix *matrix);
/* The kernel's own reasons, where it tells them. */
void read_reasons(struct sysfs *fs, const struct snapshot *snap,
		  struct matrix *matrix);
void read_cards(struct sysfs *fs, struct snapshot *snap);
/* The queues of a matrix (all that exist if NULL). May be called repeatedly. */
void read_queues(struct sysfs *fs, struct snapshot *snap,
		 const struct apm_matrix *of);
/* The driver overrides of all queues; reads all queues, if the kernel has them. */
void read_overrides(struct sysfs *fs, struct snapshot *snap);
/*
 * Which process holds which matrix open, from /proc (read-guests.c). Who may not
 * look at other processes finds none. Once for each snapshot.
 */
void read_guests(struct sysfs *fs, struct snapshot *snap);

/* The path of an attribute of a matrix; the caller frees it. */
char *matrix_path(const char *uuid, const char *attribute);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cards and queues, from sysfs into the snapshot. Each function reads one part,
 * so that a command pays only for what it shows.
 */
#ifndef APM_READ_QUEUES_H
#define APM_READ_QUEUES_H

#include "core/model.h"
#include "host/sysfs.h"

/* Not their serial numbers. */
void read_cards(struct sysfs *fs, struct snapshot *snap);
/*
 * The serial number of a card, of all cards. zcrypt asks the card for it, and if it has no
 * queue there, the AP bus scans all of them first: to be read only where it is needed.
 */
void read_card_serial(struct sysfs *fs, struct snapshot *snap, unsigned int apid);
void read_serials(struct sysfs *fs, struct snapshot *snap);
/* The queues of a matrix (all that exist if NULL). May be called repeatedly. */
void read_queues(struct sysfs *fs, struct snapshot *snap,
		 const struct apm_matrix *of);
/* The details of one queue that exists; zcrypt alone knows them. */
void read_queue_detail(struct sysfs *fs, struct snapshot *snap, unsigned int apid,
		       unsigned int apqi);
/* The driver overrides of all queues; reads all queues, if the kernel has them. */
void read_overrides(struct sysfs *fs, struct snapshot *snap);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The AP bus in sysfs: the host's configuration, the masks of its drivers, and
 * which driver has which queue.
 */
#ifndef PROPERTY_BUS_H
#define PROPERTY_BUS_H

#include "model.h"

#define BUS "/sys/bus/ap"

/* The host's AP configuration as the bus has last scanned it. 0 or -errno. */
int bus_host(struct apm_matrix *host);

/* Who drives each queue below MODEL_IDS. 0 or -errno. */
int bus_drivers(enum model_driver drivers[MODEL_IDS][MODEL_IDS]);

/* apmask or aqmask, read. */
int bus_read_mask(enum apm_dim dim, struct apm_mask *mask);

/*
 * Returns after a whole scan that began no earlier than this call: a write to
 * `scans` may do no more than wait for one that was under way already, the
 * second one cannot.
 */
int bus_scan(void);

/* The file of a mask: "apmask" or "aqmask". */
const char *bus_mask_name(enum apm_dim dim);

/* The driver's name in sysfs, for MODEL_HOST and MODEL_VFIO_AP. */
const char *bus_driver_name(enum model_driver driver);

#endif

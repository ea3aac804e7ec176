/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included before anything else in every file of the module.
 *
 * vap_facts.h is made by probe.sh from facts.tbl. Only files of this directory and of
 * mdev/ look at its macros.
 */
#ifndef VAP_COMPAT_H
#define VAP_COMPAT_H

#include "vap_facts.h"

/* VFIO and mdev are of the present generation: nothing has to be bridged. */
#define VAP_VFIO_PRESENT						\
	(VAP_HAS_VFIO_ALLOC_DEVICE && VAP_HAS_VFIO_DEVICE_OPS &&	\
	 VAP_HAS_MDEV_PARENT_STRUCT)

#endif

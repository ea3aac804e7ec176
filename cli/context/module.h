/* SPDX-License-Identifier: GPL-2.0-only */
/* Is the loaded vfio_ap the one that should be loaded? */
#ifndef APM_CONTEXT_MODULE_H
#define APM_CONTEXT_MODULE_H

#include "context/context.h"
#include "host/config.h"

/*
 * What is wrong with the loaded vfio_ap, and what that costs: it is not the one of
 * this package, although that is expected. It is expected where dkms or modprobe
 * has it, or the configuration says so. NULL: nothing is wrong, none is loaded, or
 * the configuration accepts the kernel's own. apm->snap has the host.
 */
char *module_is_stock(struct apmatrix *apm, enum stock_module *policy);

/* Adds that as a warning, if there is something to say. */
void module_warn(struct apmatrix *apm);

#endif

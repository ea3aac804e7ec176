/* SPDX-License-Identifier: GPL-2.0-only */
/* The configuration of the tool, /etc/apmatrix.conf: lines KEY = VALUE, # begins a comment. */
#ifndef APM_CONFIG_H
#define APM_CONFIG_H

#include "host/sysfs.h"
#include "lib/parse.h"

/* What happens if the loaded vfio_ap is not the one of this package. */
enum stock_module {
	STOCK_UNSET,	/* as START where the package's module is expected, else as ACCEPT */
	STOCK_START,	/* restore starts matrices, and says what is missing */
	STOCK_REFUSE,	/* restore starts none */
	STOCK_ACCEPT,	/* the kernel's own is wanted: no message */
};

struct config {
	enum stock_module stock_module;
};

/*
 * Fills config. A missing file is an empty one. Returns false with a complaint if
 * the file cannot be read or has a wrong line; config has what was valid then.
 */
bool config_read(struct sysfs *fs, struct config *config, struct complaint *complaint);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The one place for the version. make style compares it with dkms.conf and looks for copies. */
#ifndef VAP_VERSION_H
#define VAP_VERSION_H

#define VAP_VERSION "0.1.0"

#endif

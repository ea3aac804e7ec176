/* SPDX-License-Identifier: GPL-2.0-only */
/* The one place for the version; dkms.conf has to agree, which the build checks. */
#ifndef VAP_VERSION_H
#define VAP_VERSION_H

#define VAP_VERSION "0.1.0"

#endif

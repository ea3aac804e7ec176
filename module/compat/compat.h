/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Included before anything else in every file of the module.
 *
 * vap_facts.h is made by probe.sh: one line for each thing that kernels differ
 * in, always defined, as 0 or 1 (VAP_AP_LAYOUT: 510, 517 or 702). Only files
 * of this directory look at them.
 */
#ifndef VAP_COMPAT_H
#define VAP_COMPAT_H

#include "vap_facts.h"

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* CFG_CHG signals that come after their update was counted. See late.c. */
#ifndef PROPERTY_LATE_H
#define PROPERTY_LATE_H

#include "world.h"

/* Attaches a guest so often while its masks change. False: a check failed. */
bool late_signals(struct world *world, unsigned long rounds);

#endif

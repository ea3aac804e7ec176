// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two locks of the simulator. See lock.h for their rules.
 */
#include "lock.h"

DEFINE_RAW_SPINLOCK(sim_lock);
DEFINE_MUTEX(sim_control_mutex);

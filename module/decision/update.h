/* SPDX-License-Identifier: GPL-2.0-only */
/* Bringing mdevs up to date. See update.c. */
#ifndef VAP_UPDATE_H
#define VAP_UPDATE_H

#include "effects/effects.h"

int vap_update_init(void);
void vap_update_exit(void);
void vap_update_init_mdev(struct vap_mdev *mdev);
void vap_update_marked(void);
int vap_update_wait_interruptible(struct vap_mdev *mdev, unsigned long mark);
int vap_update_wait_killable(struct vap_mdev *mdev, unsigned long mark);
void vap_update_wait_uninterruptible(struct vap_mdev *mdev, unsigned long mark);

#endif

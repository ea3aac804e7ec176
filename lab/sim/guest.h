/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The VMs of KVM, and what each may use.
 */
#ifndef SIM_GUEST_H
#define SIM_GUEST_H

#include "ap.h"

struct kvm_s390_sie_block;

int sim_guest_init(void);
void sim_guest_exit(void);
int sim_guest_register(struct kvm_s390_sie_block *sie);
u32 sim_guest_enter(struct kvm_s390_sie_block *sie, struct sim_masks *masks,
		    bool *protected);
void sim_guest_leave(struct kvm_s390_sie_block *sie,
		     const struct sim_masks *masks);
int sim_guest_protect(u32 id, bool on);
int sim_guest_disable_aiv(u32 id);
int sim_guest_watch(void);
void sim_guest_unwatch(void);

#endif /* SIM_GUEST_H */

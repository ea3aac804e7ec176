/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A session of the program apvmm: its VMs, devices and eventfds.
 */
#ifndef SESSION_H
#define SESSION_H

#include <pthread.h>

#include "lab_vmm.h"

#define MAX_VMS		8
#define MAX_DEVS	32
#define MAX_EVTS	32
#define RAW_MAX		4096			/* bytes of an ioctl's argument: a page */

struct vm_slot {
	char name[24];
	struct lab_vm *vm;
	struct lab_script *pending;		/* of step, for run */
	struct lab_script *spin[LAB_VMM_MAX_VCPUS];
};

/* A device fd: the first one of an attachment, or another one. */
struct dev_slot {
	bool used;
	struct lab_device *dev;			/* NULL for one more fd */
	int fd;
};

struct evt_slot {
	char name[24];
	int fd;
};

/* A page that is not present yet, and its contents. See stall.c. */
struct stall {
	int uffd;				/* -1: no page is stalled */
	pthread_cond_t begun;			/* a page was stalled */
	uint8_t *page;
	uint8_t bytes[RAW_MAX];
};

struct session {
	pthread_mutex_t lock;			/* the tables below */
	struct vm_slot vms[MAX_VMS];
	struct vm_slot *current;
	struct dev_slot devs[MAX_DEVS];
	struct evt_slot evts[MAX_EVTS];
	struct stall stall;
	unsigned int busy;			/* commands in progress */
	bool quit;
};

/* Runs a script on a vCPU in the background; owns the script, also after an error. */
int slot_spin(struct vm_slot *slot, unsigned int cpu, struct lab_script *script);

void session_init(struct session *session);
void session_close(struct session *session);

#endif /* SESSION_H */

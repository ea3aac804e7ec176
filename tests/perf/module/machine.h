/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine that is measured: hardware, masks, mdevs and guests. Every call
 * ends the program where it fails.
 */
#ifndef PERF_MACHINE_H
#define PERF_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "crycb.h"
#include "lab_vmm.h"

#define MACHINE_MDEVS	68U
#define MACHINE_GUESTS	16U

/* An attribute of an mdev that is kept open between the samples. */
enum machine_attr {
	ATTR_ASSIGN_ADAPTER,
	ATTR_UNASSIGN_ADAPTER,
	ATTR_ASSIGN_DOMAIN,
	ATTR_UNASSIGN_DOMAIN,
	ATTR_ASSIGN_CONTROL,
	ATTR_UNASSIGN_CONTROL,
	ATTR_CONFIG,
	ATTR_NR
};

struct machine_guest {
	struct lab_vm *vm;
	struct lab_device *dev;		/* NULL: nothing attached */
	struct crycb crycb;		/* what KVM's log says of its APCB */
};

extern struct machine_guest machine_guest[MACHINE_GUESTS];

/* No guests, no mdevs, every queue free for guests and at its defaults. */
void machine_reset(void);
/* mdev nr with adapters [a, a + nr_a) and domains [d, d + nr_d). */
void machine_mdev(unsigned int nr, unsigned int a, unsigned int nr_a, unsigned int d,
		  unsigned int nr_d);
/* nr mdevs from first on with one queue each, of the hardware's last adapters. */
void machine_other_mdevs(unsigned int first, unsigned int nr);
/* The UUID of an mdev, until the next call. */
const char *machine_uuid(unsigned int mdev);
/* Writes to an open attribute: 0 or -errno. */
int machine_write(unsigned int mdev, enum machine_attr attr, const char *text);
/* The same with a number, and no failure. */
void machine_id(unsigned int mdev, enum machine_attr attr, unsigned int id);
/* The matrix as ap_config has it. */
void machine_config(unsigned int mdev, unsigned int a, unsigned int nr_a, unsigned int d,
		    unsigned int nr_d);
/* An attribute for reading, the caller closes it. */
int machine_open(unsigned int mdev, const char *name);
/* Opens an attribute and reads it to its end; its length. */
unsigned int machine_read(unsigned int mdev, const char *name);

/* A VM with one vCPU that does not run. */
void machine_vm(unsigned int nr);
void machine_attach(unsigned int guest, unsigned int mdev);
void machine_detach(unsigned int guest);

/* apmask := all adapters but those of [a, a + nr) are free for guests. 0 or -errno. */
int machine_host_adapters(unsigned int a, unsigned int nr);
void machine_reset_latency(unsigned int ms);
void machine_control(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Until no queue is being reset, and nobody works on one. */
void machine_rest(void);

void machine_load(void);
void machine_unload(void);
void machine_bind(unsigned int apid, unsigned int apqi);
void machine_unbind(unsigned int apid, unsigned int apqi);

#endif

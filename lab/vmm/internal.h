/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private declarations of the library.
 */
#ifndef LAB_VMM_INTERNAL_H
#define LAB_VMM_INTERNAL_H

#include <pthread.h>
#include <linux/kvm.h>

#include "lab_vmm.h"

struct lab_vcpu {
	int fd;
	struct kvm_run *run;
	size_t run_size;
	pthread_mutex_t lock;		/* held while a script runs on it */
	pthread_t thread;		/* of lab_vmm_start() */
	uint32_t *stop;			/* of its script; NULL: no such thread */
	int ended;			/* result of the background script */
};

struct lab_vm {
	int kvm;			/* /dev/kvm */
	int fd;				/* the VM */
	int vfio;			/* its KVM-VFIO device */
	uint8_t *mem;
	size_t mem_size;
	struct lab_vcpu *vcpu[LAB_VMM_MAX_VCPUS];
};

/* error.c */
int fail_at(int err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* mem.c */
int mem_alloc(struct lab_vm *vm, size_t size);
void mem_free(struct lab_vm *vm);
void mem_init_lowcore(struct lab_vm *vm);

/* vcpu.c */
void vcpu_close(struct lab_vcpu *vcpu);
int vcpu_inject_operation_exception(struct lab_vcpu *vcpu);

#endif /* LAB_VMM_INTERNAL_H */

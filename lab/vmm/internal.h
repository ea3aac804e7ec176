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

/* iommufd.c: on /dev/iommu */
int iommufd_new_ioas(int iommufd, uint32_t *ioas);
int iommufd_map(int iommufd, uint32_t ioas, uint64_t vaddr, uint64_t iova, uint64_t size);
/* Returns the bytes unmapped. */
int64_t iommufd_unmap(int iommufd, uint32_t ioas, uint64_t iova, uint64_t size);
int iommufd_bind(int iommufd, uint32_t ioas, int device);

/*
 * guest_code.c. put writes steps as machine code, which ends with the instruction end, into
 * guest memory: -EOPNOTSUPP if a step needs the simulator. get reads the results.
 */
#define GUEST_CODE_END	((uint32_t)APHWSIM_END_IPA << 16 | APHWSIM_END_IPB >> 16)
int guest_code_put(struct lab_vm *vm, const struct aphwsim_step *steps, unsigned int nr,
		   uint32_t end);
void guest_code_get(struct lab_vm *vm, struct aphwsim_step *steps, unsigned int nr);
/* Where the code begins, in guest memory. */
uint64_t guest_code_start(void);

#endif /* LAB_VMM_INTERNAL_H */

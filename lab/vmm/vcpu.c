// SPDX-License-Identifier: GPL-2.0-only
/*
 * vCPUs: creation, the end of a script in the background, and interruptions.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "internal.h"

#define PGM_OPERATION	0x0001
/* Control register 6: all eight I/O interruption subclasses enabled. */
#define CR6_ALL_ISCS	0xff000000UL

void vcpu_close(struct lab_vcpu *vcpu)
{
	if (vcpu->run)
		munmap(vcpu->run, vcpu->run_size);
	if (vcpu->fd >= 0)
		close(vcpu->fd);
	pthread_mutex_destroy(&vcpu->lock);
	free(vcpu);
}

static int vcpu_init(struct lab_vm *vm, struct lab_vcpu *vcpu)
{
	struct kvm_sregs sregs;
	int ret;

	ret = __lab_vmm_ioctl(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "KVM_GET_VCPU_MMAP_SIZE");
	if (ret < 0)
		return ret;
	vcpu->run_size = ret;
	vcpu->run = mmap(NULL, vcpu->run_size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0);
	if (vcpu->run == MAP_FAILED) {
		vcpu->run = NULL;
		return fail_at(-errno, "mmap of kvm_run");
	}
	ret = __lab_vmm_ioctl(vcpu->fd, KVM_S390_INITIAL_RESET, NULL, "KVM_S390_INITIAL_RESET");
	if (ret)
		return ret;
	ret = __lab_vmm_ioctl(vcpu->fd, KVM_GET_SREGS, &sregs, "KVM_GET_SREGS");
	if (ret)
		return ret;
	sregs.crs[6] = CR6_ALL_ISCS;
	return __lab_vmm_ioctl(vcpu->fd, KVM_SET_SREGS, &sregs, "KVM_SET_SREGS");
}

int __lab_vmm_create_vcpu(struct lab_vm *vm, unsigned int cpu)
{
	struct lab_vcpu *vcpu;
	int ret;

	if (cpu >= LAB_VMM_MAX_VCPUS)
		return fail_at(-EINVAL, "vCPU number");
	if (vm->vcpu[cpu])
		return 0;
	vcpu = calloc(1, sizeof(*vcpu));
	if (!vcpu)
		return -ENOMEM;
	pthread_mutex_init(&vcpu->lock, NULL);
	vcpu->fd = __lab_vmm_ioctl(vm->fd, KVM_CREATE_VCPU, (void *)(uintptr_t)cpu,
				   "KVM_CREATE_VCPU");
	ret = vcpu->fd < 0 ? vcpu->fd : vcpu_init(vm, vcpu);
	if (ret) {
		vcpu_close(vcpu);
		return ret;
	}
	vm->vcpu[cpu] = vcpu;
	return 0;
}

int vcpu_inject_operation_exception(struct lab_vcpu *vcpu)
{
	struct kvm_s390_irq irq = {
		.type = KVM_S390_PROGRAM_INT,
		.u.pgm.code = PGM_OPERATION,
	};

	return __lab_vmm_ioctl(vcpu->fd, KVM_S390_IRQ, &irq, "KVM_S390_IRQ");
}

int __lab_vmm_stop(struct lab_vm *vm, unsigned int cpu)
{
	struct lab_vcpu *vcpu = cpu < LAB_VMM_MAX_VCPUS ? vm->vcpu[cpu] : NULL;

	if (!vcpu || !vcpu->stop)
		return fail_at(-ESRCH, "vCPU %u does not run", cpu);
	__atomic_store_n(vcpu->stop, 1, __ATOMIC_SEQ_CST);
	pthread_kill(vcpu->thread, SIGUSR1);
	pthread_join(vcpu->thread, NULL);
	vcpu->stop = NULL;
	return vcpu->ended;
}

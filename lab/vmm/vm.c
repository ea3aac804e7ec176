// SPDX-License-Identifier: GPL-2.0-only
/*
 * A VM whose CPU model has AP.
 *
 * The facilities must be in the model before the first vCPU is created, because
 * KVM freezes the model then. AP interpretation may change at any time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "internal.h"

#define DEFAULT_MEMORY	(16UL << 20)
#define FAC_QCI		12
#define FAC_APFT	15
#define FAC_AQIC	65

static int set_attr(struct lab_vm *vm, unsigned int group, uint64_t attr, void *addr,
		    const char *what)
{
	struct kvm_device_attr a = {
		.group = group,
		.attr = attr,
		.addr = (uintptr_t)addr,
	};

	return __lab_vmm_ioctl(vm->fd, KVM_SET_DEVICE_ATTR, &a, what);
}

static void put_facility(__u64 *list, unsigned int nr, bool on)
{
	uint64_t bit = 1UL << (63 - nr % 64);

	if (on)
		list[nr / 64] |= bit;
	else
		list[nr / 64] &= ~bit;
}

static int set_cpu_model(struct lab_vm *vm, const struct lab_vm_config *config)
{
	struct kvm_s390_vm_cpu_processor *proc = calloc(1, sizeof(*proc));
	struct kvm_s390_vm_cpu_machine *mach = calloc(1, sizeof(*mach));
	struct kvm_device_attr get = {
		.group = KVM_S390_VM_CPU_MODEL,
		.attr = KVM_S390_VM_CPU_MACHINE,
		.addr = (uintptr_t)mach,
	};
	int ret = -ENOMEM;

	if (!proc || !mach)
		goto out;
	ret = __lab_vmm_ioctl(vm->fd, KVM_GET_DEVICE_ATTR, &get, "KVM_S390_VM_CPU_MACHINE");
	if (ret)
		goto out;
	proc->cpuid = mach->cpuid;
	proc->ibc = mach->ibc;
	memcpy(proc->fac_list, mach->fac_list, sizeof(proc->fac_list));
	put_facility(proc->fac_list, FAC_QCI, !config->no_fac12);
	put_facility(proc->fac_list, FAC_APFT, !config->no_fac15);
	put_facility(proc->fac_list, FAC_AQIC, !config->no_fac65);
	ret = set_attr(vm, KVM_S390_VM_CPU_MODEL, KVM_S390_VM_CPU_PROCESSOR, proc,
		       "KVM_S390_VM_CPU_PROCESSOR");
out:
	free(proc);
	free(mach);
	return ret;
}

int __lab_vmm_get_processor(struct lab_vm *vm, struct kvm_s390_vm_cpu_processor *proc)
{
	struct kvm_device_attr get = {
		.group = KVM_S390_VM_CPU_MODEL,
		.attr = KVM_S390_VM_CPU_PROCESSOR,
		.addr = (uintptr_t)proc,
	};

	return __lab_vmm_ioctl(vm->fd, KVM_GET_DEVICE_ATTR, &get, "KVM_S390_VM_CPU_PROCESSOR");
}

int __lab_vmm_set_processor(struct lab_vm *vm, void *proc)
{
	return set_attr(vm, KVM_S390_VM_CPU_MODEL, KVM_S390_VM_CPU_PROCESSOR, proc,
			"KVM_S390_VM_CPU_PROCESSOR");
}

static int pv_command(struct lab_vm *vm, unsigned int command, void *data, const char *what)
{
	struct kvm_pv_cmd cmd = { .cmd = command, .data = (uintptr_t)data };

	return __lab_vmm_ioctl(vm->fd, KVM_S390_PV_COMMAND, &cmd, what);
}

int __lab_vmm_pv_info(struct lab_vm *vm, struct kvm_s390_pv_info *info)
{
	return pv_command(vm, KVM_PV_INFO, info, "KVM_PV_INFO");
}

int __lab_vmm_pv_enable(struct lab_vm *vm)
{
	return pv_command(vm, KVM_PV_ENABLE, NULL, "KVM_PV_ENABLE");
}

int __lab_vmm_set_apie(struct lab_vm *vm, bool on)
{
	return set_attr(vm, KVM_S390_VM_CRYPTO,
			on ? KVM_S390_VM_CRYPTO_ENABLE_APIE : KVM_S390_VM_CRYPTO_DISABLE_APIE,
			NULL, "KVM_S390_VM_CRYPTO APIE");
}

int __lab_vmm_set_memslot(struct lab_vm *vm, bool present)
{
	struct kvm_userspace_memory_region region = {
		.memory_size = present ? vm->mem_size : 0,
		.userspace_addr = (uintptr_t)vm->mem,
	};

	return __lab_vmm_ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region,
			       "KVM_SET_USER_MEMORY_REGION");
}

int __lab_vmm_create(const struct lab_vm_config *config, struct lab_vm **out)
{
	struct kvm_create_device vfio = { .type = KVM_DEV_TYPE_VFIO };
	struct lab_vm *vm = calloc(1, sizeof(*vm));
	int ret;

	if (!vm)
		return -ENOMEM;
	vm->kvm = vm->fd = vm->vfio = -1;
	ret = mem_alloc(vm, config->memory ? config->memory : DEFAULT_MEMORY);
	if (ret)
		goto err;
	mem_init_lowcore(vm);
	vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (vm->kvm < 0) {
		ret = fail_at(-errno, "/dev/kvm");
		goto err;
	}
	vm->fd = __lab_vmm_ioctl(vm->kvm, KVM_CREATE_VM, NULL, "KVM_CREATE_VM");
	if (vm->fd < 0) {
		ret = vm->fd;
		goto err;
	}
	ret = __lab_vmm_set_memslot(vm, true);
	if (ret)
		goto err;
	ret = set_cpu_model(vm, config);
	if (ret)
		goto err;
	if (!config->no_apie) {
		ret = __lab_vmm_set_apie(vm, true);
		if (ret)
			goto err;
	}
	ret = __lab_vmm_ioctl(vm->fd, KVM_CREATE_DEVICE, &vfio, "KVM_CREATE_DEVICE(VFIO)");
	if (ret)
		goto err;
	vm->vfio = vfio.fd;
	*out = vm;
	return 0;

err:
	lab_vmm_destroy(vm);
	return ret;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void lab_vmm_close_vm(struct lab_vm *vm)
{
	for (unsigned int i = 0; i < LAB_VMM_MAX_VCPUS; i++) {
		if (!vm->vcpu[i])
			continue;
		if (vm->vcpu[i]->stop)
			__lab_vmm_stop(vm, i);
		vcpu_close(vm->vcpu[i]);
		vm->vcpu[i] = NULL;
	}
	close_fd(&vm->vfio);
	close_fd(&vm->fd);
	close_fd(&vm->kvm);
}

void lab_vmm_destroy(struct lab_vm *vm)
{
	if (!vm)
		return;
	lab_vmm_close_vm(vm);
	mem_free(vm);
	free(vm);
}

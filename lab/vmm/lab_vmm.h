/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small VMM as a library: it uses KVM and VFIO as QEMU does for a guest with a
 * vfio-ap device. Each call does one thing and returns every errno to the test.
 *
 * There are two variants of each call: __lab_vmm_foo() returns 0 (or a value
 * >= 0) or a negative errno; lab_vmm_foo() prints a message and ends the program
 * on failure. lab_vmm_failed_at() names the last step that failed in this thread.
 *
 * Threads: calls on one vCPU exclude each other. Ioctls of a device, which use
 * the file descriptor only, may run at any time. The caller must serialize
 * everything else on one VM.
 */
#ifndef LAB_VMM_H
#define LAB_VMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/kvm.h>
#include <linux/vfio.h>

#include "aphwsim_uapi.h"

struct lab_vm;
struct lab_device;
struct lab_script;

/* error.c */

int lab_vmm_must(int ret, const char *call, const char *file, int line);
#define LAB_VMM_MUST(call) lab_vmm_must((call), #call, __FILE__, __LINE__)

/* The step (an ioctl's name, a path) at which the last call failed, or "". */
const char *lab_vmm_failed_at(void);

/* "EBUSY" for 16 or -16; a number as text for what has no name here. */
const char *lab_vmm_errno_name(int err);

/* vm.c */

#define LAB_VMM_MAX_VCPUS 4

struct lab_vm_config {
	size_t memory;		/* bytes, a multiple of 1 MiB; 0: 16 MiB */
	bool no_apie;		/* leave AP interpretation off */
	bool no_fac12;		/* hide QCI, */
	bool no_fac15;		/* TAPQ with the T bit, */
	bool no_fac65;		/* PQAP(AQIC) from the guest's CPU model */
};

/*
 * Creates a VM with memory, CPU model, AP interpretation and the KVM-VFIO device,
 * without a vCPU. Its lowcore has new PSWs for every class of interruption.
 */
int __lab_vmm_create(const struct lab_vm_config *config, struct lab_vm **vm);
#define lab_vmm_create(...) LAB_VMM_MUST(__lab_vmm_create(__VA_ARGS__))

/* Ends the vCPUs, closes the VM, frees its memory. Its devices must be detached. */
void lab_vmm_destroy(struct lab_vm *vm);

/* Closes the VM's file descriptors only, before its devices. */
void lab_vmm_close_vm(struct lab_vm *vm);

/* Creates vCPU cpu (below LAB_VMM_MAX_VCPUS) unless it exists. */
int __lab_vmm_create_vcpu(struct lab_vm *vm, unsigned int cpu);
#define lab_vmm_create_vcpu(...) LAB_VMM_MUST(__lab_vmm_create_vcpu(__VA_ARGS__))

/*
 * The VM's CPU model. KVM copies it with the VM's lock held, so a model in a page
 * that is not present keeps the lock until the page is. -EBUSY once there is a vCPU.
 */
int __lab_vmm_get_processor(struct lab_vm *vm, struct kvm_s390_vm_cpu_processor *proc);
int __lab_vmm_set_processor(struct lab_vm *vm, void *proc);

/*
 * KVM_S390_PV_COMMAND. KVM copies the header of info with the VM's lock held, and with it makes
 * a protected guest, for which it waits as long as the Ultravisor is busy.
 */
int __lab_vmm_pv_info(struct lab_vm *vm, struct kvm_s390_pv_info *info);
int __lab_vmm_pv_enable(struct lab_vm *vm);

/* Switches AP interpretation, or the memory slot, of a running VM on or off. */
int __lab_vmm_set_apie(struct lab_vm *vm, bool on);
#define lab_vmm_set_apie(...) LAB_VMM_MUST(__lab_vmm_set_apie(__VA_ARGS__))
int __lab_vmm_set_memslot(struct lab_vm *vm, bool present);
#define lab_vmm_set_memslot(...) LAB_VMM_MUST(__lab_vmm_set_memslot(__VA_ARGS__))

/* mem.c: guest absolute memory, as the VMM sees it */

/* NULL if the range is not all within the guest's memory. */
void *lab_vmm_mem(struct lab_vm *vm, uint64_t addr, size_t len);
size_t lab_vmm_mem_size(const struct lab_vm *vm);

/* Addresses of messages and QCI blocks in guest memory. */
#define LAB_VMM_NIB	0x002000UL
#define LAB_VMM_QCI	0x003000UL
#define LAB_VMM_REQUEST	0x010000UL
#define LAB_VMM_REPLY	0x020000UL
#define LAB_VMM_MSG_MAX	0x010000UL

/* vfio.c */

enum lab_attach_flags {
	LAB_ATTACH_NO_KVM	= 1 << 0,	/* do not tell KVM of the group */
	LAB_ATTACH_TYPE1	= 1 << 1,	/* VFIO_TYPE1_IOMMU instead of v2 */
	LAB_ATTACH_NO_MAP	= 1 << 2,	/* map nothing for DMA */
	LAB_ATTACH_NO_OPEN	= 1 << 3,	/* stop before GET_DEVICE_FD */
	LAB_ATTACH_CDEV		= 1 << 4,	/* device file and iommufd */
};

/*
 * Attaches mdev uuid in the same order as QEMU: group, container,
 * DMA map of all guest memory at IOVA 0 (in pieces of chunk bytes, 0: in one),
 * KVM-VFIO device, device fd. After a failure nothing stays attached.
 */
int __lab_vmm_attach(struct lab_vm *vm, const char *uuid, unsigned int flags,
		     size_t chunk, struct lab_device **dev);
#define lab_vmm_attach(...) LAB_VMM_MUST(__lab_vmm_attach(__VA_ARGS__))

/* Closes the device, leaves KVM and the container, as device_del does. */
void lab_vmm_detach(struct lab_device *dev);

/* The first device fd of an attachment, -1 if it was closed or never opened. */
int lab_vmm_device_fd(const struct lab_device *dev);

/* Another device fd of name (NULL: the mdev itself); the caller closes it. */
int __lab_vmm_open_device(struct lab_device *dev, const char *name);
#define lab_vmm_open_device(...) LAB_VMM_MUST(__lab_vmm_open_device(__VA_ARGS__))

/* Closes the first device fd; group and container stay open. */
void lab_vmm_close_device(struct lab_device *dev);

/* Closes group and container only; KVM and an open device have references. */
void lab_vmm_close_group(struct lab_device *dev);

/* Adds the group to the KVM-VFIO device, or removes it. */
int __lab_vmm_set_kvm(struct lab_device *dev, bool add);
#define lab_vmm_set_kvm(...) LAB_VMM_MUST(__lab_vmm_set_kvm(__VA_ARGS__))

/* Maps or unmaps guest memory for DMA; unmap returns the bytes unmapped. */
int __lab_vmm_dma_map(struct lab_device *dev, uint64_t iova, uint64_t size);
#define lab_vmm_dma_map(...) LAB_VMM_MUST(__lab_vmm_dma_map(__VA_ARGS__))
int64_t __lab_vmm_dma_unmap(struct lab_device *dev, uint64_t iova, uint64_t size);

/* Ioctls of a device fd. The caller chooses argsz, valid or not. */
int __lab_vmm_info(int fd, struct vfio_device_info *info);
#define lab_vmm_info(...) LAB_VMM_MUST(__lab_vmm_info(__VA_ARGS__))
int __lab_vmm_irq_info(int fd, struct vfio_irq_info *info);
#define lab_vmm_irq_info(...) LAB_VMM_MUST(__lab_vmm_irq_info(__VA_ARGS__))
int __lab_vmm_reset(int fd);
#define lab_vmm_reset(...) LAB_VMM_MUST(__lab_vmm_reset(__VA_ARGS__))

/* Sets eventfd efd (-1: none) as the trigger of interrupt index. */
int __lab_vmm_set_irq(int fd, unsigned int index, int efd);
#define lab_vmm_set_irq(...) LAB_VMM_MUST(__lab_vmm_set_irq(__VA_ARGS__))

/* Any ioctl. what: its name for lab_vmm_failed_at(). */
int __lab_vmm_ioctl(int fd, unsigned long cmd, void *arg, const char *what);

/* script.c */

/* An empty script. add appends a zeroed step, valid until the next add. */
struct lab_script *lab_script_new(void);
void lab_script_free(struct lab_script *script);
struct aphwsim_step *lab_script_add(struct lab_script *script);
unsigned int lab_script_len(const struct lab_script *script);
const struct aphwsim_step *lab_script_step(const struct lab_script *script, unsigned int nr);

/* Appends a jump to step to, executed times times (0: until stopped). */
void lab_script_loop(struct lab_script *script, unsigned int to, unsigned int times);

/* SIE entries for it so far, also while it runs. */
uint64_t lab_script_entries(const struct lab_script *script);

/* Steps executed so far, as of the last exit from SIE. */
uint64_t lab_script_executed(const struct lab_script *script);

/* Has it ended, or could it not go on? */
bool lab_script_ended(const struct lab_script *script);

/* Exits to user space with an instruction that KVM does not handle. */
unsigned int lab_script_user_exits(const struct lab_script *script);

/*
 * Runs a script on a vCPU to its end. Instructions that KVM does not handle get
 * an operation exception, as from QEMU.
 */
int __lab_vmm_run(struct lab_vm *vm, unsigned int cpu, struct lab_script *script);
#define lab_vmm_run(...) LAB_VMM_MUST(__lab_vmm_run(__VA_ARGS__))

/*
 * On a host without the simulator a script becomes machine code (guest_code.c), which can have
 * AP instructions only. This executes such code, without AP instructions, in this process, and
 * compares the results: -EIO if they are wrong.
 */
int __lab_vmm_check_guest_code(struct lab_vm *vm);

/* Runs it in a new thread until lab_vmm_stop(), which returns its result. */
int __lab_vmm_start(struct lab_vm *vm, unsigned int cpu, struct lab_script *script);
#define lab_vmm_start(...) LAB_VMM_MUST(__lab_vmm_start(__VA_ARGS__))
int __lab_vmm_stop(struct lab_vm *vm, unsigned int cpu);
#define lab_vmm_stop(...) LAB_VMM_MUST(__lab_vmm_stop(__VA_ARGS__))

/* steps.c: AP instructions as steps; apqn is adapter << 8 | domain */

enum lab_pqap_fc {
	LAB_TAPQ = 0, LAB_RAPQ = 1, LAB_ZAPQ = 2, LAB_AQIC = 3, LAB_QCI = 4, LAB_QACT = 5,
};

void lab_step_pqap(struct aphwsim_step *step, uint64_t gr0, uint64_t gr1, uint64_t gr2);
void lab_step_aqic(struct aphwsim_step *step, unsigned int apqn, bool on,
		   unsigned int isc, uint64_t nib);
void lab_step_qci(struct aphwsim_step *step, uint64_t addr);
void lab_step_nqap(struct aphwsim_step *step, unsigned int apqn, uint64_t psmid,
		   uint64_t addr, uint64_t len);
void lab_step_dqap(struct aphwsim_step *step, unsigned int apqn, uint64_t addr, uint64_t len);

/* Parts of the result: the AP queue status in gr1, DQAP's registers. */
uint32_t lab_step_status(const struct aphwsim_step *step);
unsigned int lab_step_rc(const struct aphwsim_step *step);
uint64_t lab_step_psmid(const struct aphwsim_step *step);
uint64_t lab_step_reply_len(const struct aphwsim_step *step);

#endif /* LAB_VMM_H */

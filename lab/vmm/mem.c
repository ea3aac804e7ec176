// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest memory: one region from absolute address 0 on, aligned to 1 MiB, as KVM
 * on s390 requires.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

#define MIB (1UL << 20)

/* Lowcore offsets of the new PSWs: restart, external, SVC, program, mcck, I/O */
static const unsigned int new_psw[] = { 0x1a0, 0x1b0, 0x1c0, 0x1d0, 0x1e0, 0x1f0 };

int mem_alloc(struct lab_vm *vm, size_t size)
{
	uint8_t *raw, *mem;

	if (!size || size % MIB)
		return fail_at(-EINVAL, "guest memory of %zu bytes", size);
	raw = mmap(NULL, size + MIB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (raw == MAP_FAILED)
		return fail_at(-errno, "mmap of guest memory");
	mem = (uint8_t *)(((uintptr_t)raw + MIB - 1) & ~(MIB - 1));
	if (mem > raw)
		munmap(raw, mem - raw);
	if (raw + MIB > mem)
		munmap(mem + size, raw + MIB - mem);
	vm->mem = mem;
	vm->mem_size = size;
	return 0;
}

void mem_free(struct lab_vm *vm)
{
	if (vm->mem)
		munmap(vm->mem, vm->mem_size);
	vm->mem = NULL;
}

/*
 * Each class of interruption has an address of its own, so that the PSW shows
 * which one occurred. There, on a host without the simulator, the guest ends.
 */
void mem_init_lowcore(struct lab_vm *vm)
{
	const uint32_t end = GUEST_CODE_END;

	for (unsigned int i = 0; i < sizeof(new_psw) / sizeof(new_psw[0]); i++) {
		uint64_t psw[2] = { APHWSIM_PSW_MASK, 0x1000 + new_psw[i] };

		memcpy(vm->mem + new_psw[i], psw, sizeof(psw));
		memcpy(vm->mem + psw[1], &end, sizeof(end));
	}
}

void *lab_vmm_mem(struct lab_vm *vm, uint64_t addr, size_t len)
{
	if (!vm->mem || addr > vm->mem_size || len > vm->mem_size - addr)
		return NULL;
	return vm->mem + addr;
}

size_t lab_vmm_mem_size(const struct lab_vm *vm)
{
	return vm->mem_size;
}

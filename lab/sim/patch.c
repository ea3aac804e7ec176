// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbols and text of the running, unmodified kernel.
 *
 * kallsyms_lookup_name() finds symbols that are not exported; a kprobe finds
 * kallsyms_lookup_name(). A function is replaced by writing a jump over its
 * first bytes. This is done once, in process context, before another CPU can
 * execute the function. It is never undone, so the module stays loaded.
 */
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/stop_machine.h>
#include <linux/string.h>
#include "patch.h"

/* Flag of __set_memory() that makes pages executable */
#define SIM_MAKE_EXECUTABLE	8UL

typedef unsigned long (*lookup_fn)(const char *name);
typedef void *(*kernel_write_fn)(void *dst, const void *src, size_t size);
typedef int (*set_memory_fn)(unsigned long addr, unsigned long pages,
			     unsigned long flags);

static lookup_fn lookup;
static kernel_write_fn kernel_write_text;

/* To be called before the other functions here. 0 or -errno */
int sim_patch_init(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	int ret;

	ret = register_kprobe(&probe);
	if (ret)
		return ret;
	lookup = (lookup_fn)probe.addr;
	unregister_kprobe(&probe);

	kernel_write_text = (kernel_write_fn)sim_symbol("__s390_kernel_write");
	if (!kernel_write_text)	/* name before 6.4 */
		kernel_write_text = (kernel_write_fn)sim_symbol("s390_kernel_write");
	return kernel_write_text ? 0 : -ENOENT;
}

/* Address of a symbol of the kernel or a loaded module, or 0 */
unsigned long sim_symbol(const char *name)
{
	return lookup(name);
}

/* Writes to data of the kernel that may be read-only */
void sim_patch_data(void *to, const void *from, size_t size)
{
	kernel_write_text(to, from, size);
}

/*
 * Replaces the function @name by @to, which must have the same prototype. A
 * jump of up to 4 GiB is one instruction. A longer one uses %r1, which calls do
 * not preserve. The bytes that the function tracer patches are left alone.
 * 0 or -ENOENT.
 */
int sim_patch_jump(const char *name, void *to)
{
	static const u8 tracer_nop[6] = { 0xc0, 0x04 };
	unsigned long from = sim_symbol(name);
	u8 code[14];
	long distance;
	u32 word;

	if (!from)
		return -ENOENT;
	if (!memcmp((void *)from, tracer_nop, sizeof(tracer_nop)))
		from += sizeof(tracer_nop);
	distance = (long)to - (long)from;
	if (distance / 2 == (s32)(distance / 2)) {
		word = distance / 2;
		memcpy(code, "\xc0\xf4", 2);		/* brcl 15,to */
		memcpy(code + 2, &word, 4);
		kernel_write_text((void *)from, code, 6);
		return 0;
	}
	word = (u64)to >> 32;
	memcpy(code, "\xc0\x1e", 2);			/* llihf %r1,high */
	memcpy(code + 2, &word, 4);
	word = (u64)to;
	memcpy(code + 6, "\xc0\x1d", 2);		/* oilf %r1,low */
	memcpy(code + 8, &word, 4);
	memcpy(code + 12, "\x07\xf1", 2);		/* br %r1 */
	kernel_write_text((void *)from, code, sizeof(code));
	return 0;
}

/*
 * Makes the kernel's __init text executable again. The lab boots the kernel so
 * that this text is not freed.
 */
int sim_patch_keep_init_text(void)
{
	set_memory_fn set_memory = (set_memory_fn)sim_symbol("__set_memory");
	unsigned long start = sim_symbol("_sinittext") & PAGE_MASK;
	unsigned long end = PAGE_ALIGN(sim_symbol("_einittext"));

	if (!set_memory || !start || end <= start)
		return -ENOENT;
	return set_memory(start, (end - start) >> PAGE_SHIFT,
			  SIM_MAKE_EXECUTABLE);
}

struct returns {
	u8 *start, *end;	/* text to search */
	unsigned int patched;
};

/*
 * The LPSWE in lowcore to which the instruction at @code branches, or NULL. A
 * branch is 47f0 0DDD and an LPSWE b2b2 0DDD, both without a base register.
 */
static const u8 *lpswe_of_branch(const u8 *code)
{
	const u8 *target;

	if (code[0] != 0x47 || code[1] != 0xf0 || code[2] & 0xf0)
		return NULL;
	target = RELOC_HIDE((u8 *)NULL, code[2] << 8 | code[3]);
	if (target[0] != 0xb2 || target[1] != 0xb2 || target[2] & 0xf0)
		return NULL;
	return target;
}

static int patch_returns(void *arg)
{
	struct returns *returns = arg;
	u8 *code;

	for (code = returns->start; code + 4 <= returns->end; code += 2) {
		const u8 *lpswe = lpswe_of_branch(code);
		u8 insn[4];

		if (!lpswe)
			continue;
		memcpy(insn, lpswe, sizeof(insn));
		kernel_write_text(code, insn, sizeof(insn));
		returns->patched++;
	}
	return 0;
}

/*
 * The kernel leaves each system call and interrupt by a branch to an LPSWE in
 * lowcore, so that the breaking-event address says nothing about its own. It
 * also writes to that page at each entry. QEMU's TCG drops its translation of
 * code when the page is written, and so translates that LPSWE again for each
 * return: up to a third of all CPU time. This copies the LPSWE over the
 * branches to it. A kernel that has LPSWEY, or is built otherwise, has no such
 * branches.
 *
 * Returns how many were replaced. Context: may sleep; stops the other CPUs, as
 * they must not fetch half of a changed instruction.
 */
unsigned int sim_patch_returns(void)
{
	struct returns returns = {
		.start = (u8 *)sim_symbol("__kprobes_text_start"),
		.end = (u8 *)sim_symbol("__irqentry_text_end"),
	};

	if (!returns.start || returns.end <= returns.start ||
	    stop_machine(patch_returns, &returns, NULL))
		return 0;
	return returns.patched;
}

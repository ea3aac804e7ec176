// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest scripts as machine code, for a host without the simulator.
 *
 * Each step becomes: load gr0 to gr13, the instruction, store gr0 to gr13 and the
 * condition code. All addresses are relative, so the code has no base register and
 * leaves gr14 and gr15 alone. The last instruction is the one that the virtual SIE
 * also reports at the end of a script.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

#define NR_GRS		14		/* gr14 and gr15 are not used */
#define CODE_ADDR	0x100000UL
#define DATA_ADDR	0x200000UL
#define MAX_STEPS	4096U
#define PGM_CODE	0x8e		/* in the lowcore: the program interruption code */
#define CC_NOT_RUN	(~0ULL)

/* Where a step has its registers. */
struct registers {
	uint64_t in[NR_GRS];
	uint64_t out[NR_GRS];
	uint64_t cc;			/* in bits 2 and 3 of the low word, as IPM has it */
};

struct writer {
	uint8_t *at;
};

static void put_halfword(struct writer *writer, unsigned int value)
{
	*writer->at++ = value >> 8;
	*writer->at++ = value;
}

static void put_word(struct writer *writer, uint32_t value)
{
	put_halfword(writer, value >> 16);
	put_halfword(writer, value & 0xffff);
}

/* LGRL (c4 R8) or STGRL (c4 Rb): the operand is relative, in halfwords. */
static void put_relative(struct writer *writer, unsigned int op, unsigned int reg,
			 const uint64_t *operand)
{
	int32_t distance = ((const uint8_t *)operand - writer->at) / 2;

	put_halfword(writer, 0xc400 | reg << 4 | op);
	put_word(writer, distance);
}

static void put_step(struct writer *writer, const struct aphwsim_step *step,
		     struct registers *regs)
{
	unsigned int i;

	memcpy(regs->in, step->gr_in, sizeof(regs->in));
	memset(regs->out, 0, sizeof(regs->out));
	regs->cc = CC_NOT_RUN;
	for (i = 0; i < NR_GRS; i++)
		put_relative(writer, 0x8, i, &regs->in[i]);
	put_word(writer, step->insn);
	for (i = 0; i < NR_GRS; i++)
		put_relative(writer, 0xb, i, &regs->out[i]);
	put_word(writer, 0xb2220000);		/* IPM 0 */
	put_relative(writer, 0xb, 0, &regs->cc);
}

int guest_code_put(struct lab_vm *vm, const struct aphwsim_step *steps, unsigned int nr,
		   uint32_t end)
{
	struct writer writer = { lab_vmm_mem(vm, CODE_ADDR, DATA_ADDR - CODE_ADDR) };
	struct registers *regs = lab_vmm_mem(vm, DATA_ADDR, nr * sizeof(*regs));

	if (nr > MAX_STEPS)
		return fail_at(-E2BIG, "guest code of %u steps", nr);
	if (!writer.at || !regs)
		return fail_at(-ENOMEM, "guest memory for code");
	for (unsigned int i = 0; i < nr; i++) {
		if (steps[i].op != APHWSIM_OP_INSN || steps[i].flags)
			return fail_at(-EOPNOTSUPP, "step %u needs the simulator", i);
		put_step(&writer, &steps[i], &regs[i]);
	}
	put_word(&writer, end);
	return 0;
}

/* The step that a program interruption ended is the first one that has stored nothing. */
void guest_code_get(struct lab_vm *vm, struct aphwsim_step *steps, unsigned int nr)
{
	const struct registers *regs = lab_vmm_mem(vm, DATA_ADDR, 0);
	const uint8_t *code = lab_vmm_mem(vm, PGM_CODE, 2);

	for (unsigned int i = 0; i < nr; i++) {
		struct aphwsim_step *step = &steps[i];

		if (regs[i].cc == CC_NOT_RUN) {
			step->how = APHWSIM_HOW_PROGRAM;
			step->pgm_code = code[0] << 8 | code[1];
			return;
		}
		/* whether it was interpreted or intercepted, a guest cannot see */
		step->how = APHWSIM_HOW_INTERPRETED;
		step->cc = regs[i].cc >> 28 & 3;
		memcpy(step->gr_out, regs[i].out, sizeof(regs[i].out));
		step->runs++;
	}
}

uint64_t guest_code_start(void)
{
	return CODE_ADDR;
}

#define RETURN		0x07fe0000	/* BR 14 */
#define LGR_1_2		0xb9040012
#define LTGR_3_4	0xb9020034
#define AGR_5_6		0xb9080056

/* The C function that the code is, but for the registers that a function must keep. */
static void call_code(void *code)
{
#ifdef __s390x__
	asm volatile("aghi	15,-160\n\t"
		     "stmg	6,13,48(15)\n\t"
		     "basr	14,%0\n\t"
		     "lmg	6,13,48(15)\n\t"
		     "aghi	15,160"
		     : : "a" (code) : "0", "1", "2", "3", "4", "5", "14", "cc", "memory");
#else
	(void)code;
#endif
}

/* What the instructions of make_steps() must give: their register, its value, cc. */
static const struct {
	uint32_t insn;
	unsigned int source, target;
	uint64_t in, out;
	unsigned int cc;
} expected[] = {
	{ LTGR_3_4, 4, 3, 0, 0, 0 },
	{ LTGR_3_4, 4, 3, -5ULL, -5ULL, 1 },
	{ LTGR_3_4, 4, 3, 5, 5, 2 },
	{ AGR_5_6, 6, 5, 1, 1ULL << 63, 3 },	/* gr5 is the largest number */
	{ LGR_1_2, 2, 1, 0x0123456789abcdefULL, 0x0123456789abcdefULL, 3 },
};
#define NR_EXPECTED (sizeof(expected) / sizeof(expected[0]))

static void make_steps(struct aphwsim_step *steps)
{
	for (unsigned int i = 0; i < NR_EXPECTED; i++) {
		steps[i].op = APHWSIM_OP_INSN;
		steps[i].insn = expected[i].insn;
		for (unsigned int reg = 0; reg < NR_GRS; reg++)
			steps[i].gr_in[reg] = 0x1000 * i + reg;
		steps[i].gr_in[5] = ~0ULL >> 1;
		steps[i].gr_in[expected[i].source] = expected[i].in;
	}
}

static int compare_step(const struct aphwsim_step *step, unsigned int nr)
{
	for (unsigned int reg = 0; reg < NR_GRS; reg++) {
		uint64_t wanted = reg == expected[nr].target ? expected[nr].out : step->gr_in[reg];

		if (step->gr_out[reg] != wanted)
			return fail_at(-EIO, "step %u: gr%u", nr, reg);
	}
	if (step->how != APHWSIM_HOW_INTERPRETED || step->cc != expected[nr].cc)
		return fail_at(-EIO, "step %u: how %u, cc %u", nr, step->how, step->cc);
	return 0;
}

int __lab_vmm_check_guest_code(struct lab_vm *vm)
{
	struct aphwsim_step steps[NR_EXPECTED] = { };
	void *code = lab_vmm_mem(vm, CODE_ADDR, DATA_ADDR - CODE_ADDR);
	int ret;

	make_steps(steps);
	ret = guest_code_put(vm, steps, NR_EXPECTED, RETURN);
	if (ret)
		return ret;
	if (mprotect(code, DATA_ADDR - CODE_ADDR, PROT_READ | PROT_WRITE | PROT_EXEC))
		return fail_at(-errno, "mprotect");
	call_code(code);
	guest_code_get(vm, steps, NR_EXPECTED);
	for (unsigned int i = 0; i < NR_EXPECTED; i++) {
		ret = compare_step(&steps[i], i);
		if (ret)
			return ret;
	}
	return 0;
}

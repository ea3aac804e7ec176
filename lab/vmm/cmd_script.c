// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands that the guest executes: one AP instruction, several as a script, or
 * an endless loop of one on another vCPU.
 *
 * The answer says how an instruction ended (interpreted under the guest's masks,
 * intercepted and answered by KVM, or a program interruption), its condition
 * code, gr1 and the AP queue status in it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"

#define T_BIT		(1UL << 23)
#define F_BIT		(1UL << 22)
#define FC_SHIFT	24
#define QCI_LEN		128
#define DATA_SHOWN	32
#define SPIN_CPU	1
#define MIX_ISC_STEP	3	/* so that vCPUs use different ISCs */
#define MIX_NIB		0x40000UL
#define PAGE		4096UL
#define SPIN_PAUSE_US	200

#define STATUS_EMPTY	0x80000000U
#define STATUS_WAITING	0x40000000U
#define STATUS_FULL	0x20000000U
#define STATUS_IRQ	0x01000000U

struct step_kind {
	const char *name;
	const char *args;
	int (*make)(struct call *call, struct lab_vm *vm, struct aphwsim_step *step);
};

static const char *const step_opts[] = {
	"apqn=", "fc=", "gr0=", "gr1=", "gr2=", "isc=", "nib=", "len=", "at=", "psmid=", "mask=",
	"timeout=", "count=", "cpu=", "vm=", "problem", "complete", "t", "f", NULL
};

/* 05.0004, as the kernel prints it. */
static int parse_apqn(const char *text, unsigned int *apqn)
{
	unsigned int apid, apqi;
	int used;

	if (!text || sscanf(text, "%2x.%4x%n", &apid, &apqi, &used) != 2 || text[used] ||
	    apqi > 0xff)
		return -EINVAL;
	*apqn = apid << 8 | apqi;
	return 0;
}

static int get_apqn(struct call *call, unsigned int *apqn)
{
	if (parse_apqn(call_value(call, "apqn"), apqn))
		return refuse(call, "apqn=CC.DDDD is missing or wrong");
	return 0;
}

/* gr0 from fc, apqn and the bits, unless gr0= is given. */
static int make_pqap_fc(struct call *call, struct aphwsim_step *step, uint64_t fc, bool must)
{
	uint64_t gr0, gr1 = 0, gr2 = 0;
	unsigned int apqn = 0;

	if ((must || call_value(call, "apqn")) && get_apqn(call, &apqn))
		return -EINVAL;
	gr0 = fc << FC_SHIFT | apqn | (call_flag(call, "t") ? T_BIT : 0) |
	      (call_flag(call, "f") ? F_BIT : 0);
	if (call_number(call, "gr0", &gr0) || call_number(call, "gr1", &gr1) ||
	    call_number(call, "gr2", &gr2))
		return refuse(call, "gr0, gr1 and gr2 are numbers");
	lab_step_pqap(step, gr0, gr1, gr2);
	return 0;
}

static int make_pqap(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t fc = 0;

	(void)vm;
	if (call_number(call, "fc", &fc))
		return refuse(call, "fc is a number");
	return make_pqap_fc(call, step, fc, false);
}

static int make_tapq(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)vm;
	return make_pqap_fc(call, step, LAB_TAPQ, true);
}

static int make_rapq(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)vm;
	return make_pqap_fc(call, step, LAB_RAPQ, true);
}

static int make_zapq(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)vm;
	return make_pqap_fc(call, step, LAB_ZAPQ, true);
}

static int make_aqic(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t isc = 3, nib = LAB_VMM_NIB;
	const char *what = call->nr > 1 ? call->word[1] : "on";
	unsigned int apqn;

	(void)vm;
	if (get_apqn(call, &apqn))
		return -EINVAL;
	if (call_number(call, "isc", &isc) || call_number(call, "nib", &nib) || isc > 7)
		return refuse(call, "isc (0 to 7) and nib are numbers");
	if (strcmp(what, "on") && strcmp(what, "off"))
		return refuse(call, "on or off");
	lab_step_aqic(step, apqn, !strcmp(what, "on"), isc, nib);
	return 0;
}

static int make_qci(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t at = LAB_VMM_QCI;
	void *block;

	if (call_number(call, "at", &at))
		return refuse(call, "at is an address");
	block = lab_vmm_mem(vm, at, QCI_LEN);
	if (block)
		memset(block, 0, QCI_LEN);
	lab_step_qci(step, at);
	return 0;
}

/* A message is LEN times the low byte of its psmid, so it can be recognized. */
static int make_nqap(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t psmid = 1, len = 64, at = LAB_VMM_REQUEST;
	unsigned int apqn;
	void *msg;

	if (get_apqn(call, &apqn))
		return -EINVAL;
	if (call_number(call, "psmid", &psmid) || call_number(call, "len", &len) ||
	    call_number(call, "at", &at))
		return refuse(call, "psmid, len and at are numbers");
	msg = lab_vmm_mem(vm, at, len);
	if (msg && !call_value(call, "at"))
		memset(msg, psmid & 0xff, len);
	lab_step_nqap(step, apqn, psmid, at, len);
	return 0;
}

static int make_dqap(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t len = LAB_VMM_MSG_MAX, at = LAB_VMM_REPLY;
	unsigned int apqn;
	void *msg;

	if (get_apqn(call, &apqn))
		return -EINVAL;
	if (call_number(call, "len", &len) || call_number(call, "at", &at))
		return refuse(call, "len and at are numbers");
	msg = lab_vmm_mem(vm, at, DATA_SHOWN);
	if (msg)
		memset(msg, 0, DATA_SHOWN);
	lab_step_dqap(step, apqn, at, len);
	return 0;
}

static int make_masks(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)call;
	(void)vm;
	step->op = APHWSIM_OP_READ_MASKS;
	return 0;
}

static int make_gisa(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)call;
	(void)vm;
	step->op = APHWSIM_OP_READ_GISA;
	return 0;
}

static int make_waitirq(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t mask = 0xff, timeout = 0;

	(void)vm;
	if (call_number(call, "mask", &mask) || call_number(call, "timeout", &timeout))
		return refuse(call, "mask and timeout (ms) are numbers");
	step->op = APHWSIM_OP_WAIT_IPM;
	step->arg[0] = mask;
	step->arg[1] = timeout * 1000;
	return 0;
}

static int make_takeirq(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t mask = 0xff;

	(void)vm;
	if (call_number(call, "mask", &mask))
		return refuse(call, "mask is a number");
	step->op = APHWSIM_OP_TAKE_IPM;
	step->arg[0] = mask;
	return 0;
}

static int make_idle(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	(void)call;
	(void)vm;
	step->op = APHWSIM_OP_IDLE;
	return 0;
}

static int make_pause(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t usec;

	(void)vm;
	if (call->nr < 2 || parse_number(call->word[1], &usec))
		return refuse(call, "pause takes a number of microseconds");
	step->op = APHWSIM_OP_SPIN;
	step->arg[0] = usec;
	return 0;
}

static int make_loop(struct call *call, struct lab_vm *vm, struct aphwsim_step *step)
{
	uint64_t to, times = 1;

	(void)vm;
	if (call->nr < 2 || parse_number(call->word[1], &to) ||
	    (call->nr > 2 && parse_number(call->word[2], &times)))
		return refuse(call, "loop takes a step number and how often");
	step->op = APHWSIM_OP_LOOP;
	step->arg[0] = to;
	step->arg[1] = times;
	return 0;
}

static const struct step_kind kinds[] = {
	{ "pqap", "fc=N [apqn=] [t] [f] [gr0=] [gr1=] [gr2=]", make_pqap },
	{ "tapq", "apqn=CC.DDDD [t]", make_tapq },
	{ "rapq", "apqn=CC.DDDD", make_rapq },
	{ "zapq", "apqn=CC.DDDD [f]", make_zapq },
	{ "aqic", "on|off apqn=CC.DDDD [isc=N] [nib=ADDR]", make_aqic },
	{ "qci", "[at=ADDR]", make_qci },
	{ "nqap", "apqn=CC.DDDD [psmid=N] [len=N] [at=ADDR]", make_nqap },
	{ "dqap", "apqn=CC.DDDD [len=N] [at=ADDR]", make_dqap },
	{ "masks", "", make_masks },
	{ "gisa", "", make_gisa },
	{ "waitirq", "[mask=M] [timeout=MS]", make_waitirq },
	{ "takeirq", "[mask=M]", make_takeirq },
	{ "idle", "", make_idle },
	{ "pause", "USEC", make_pause },
	{ "loop", "STEP [TIMES]", make_loop },
	{ }
};

static const struct step_kind *find_kind(const char *name)
{
	const struct step_kind *kind = kinds;

	while (kind->name && strcmp(kind->name, name))
		kind++;
	return kind->name ? kind : NULL;
}

/* Appends the step that the words from nr on describe. */
static int append_step(struct call *call, int nr, struct lab_vm *vm, struct lab_script *script)
{
	const struct step_kind *kind = find_kind(call->word[nr]);
	struct call inner = *call;
	struct aphwsim_step *step;

	if (!kind)
		return refuse(call, "no such step: %s", call->word[nr]);
	inner.nr = call->nr - nr;
	memmove(inner.word, call->word + nr, inner.nr * sizeof(inner.word[0]));
	step = lab_script_add(script);
	if (call_flag(call, "problem"))
		step->flags |= APHWSIM_F_PROBLEM;
	if (call_flag(call, "complete"))
		step->flags |= APHWSIM_F_COMPLETE;
	return kind->make(&inner, vm, step);
}

static const char *how_name(uint32_t how)
{
	switch (how) {
	case APHWSIM_HOW_INTERPRETED:
		return "interpreted";
	case APHWSIM_HOW_INTERCEPTED:
		return "intercepted";
	case APHWSIM_HOW_PROGRAM:
		return "program";
	case APHWSIM_HOW_IO:
		return "io";
	case APHWSIM_HOW_NOT_RUN:
	default:
		return "not-run";
	}
}

static void print_mask(FILE *out, const char *name, const void *mask)
{
	const uint8_t *byte = mask;

	fprintf(out, " %s=0x", name);
	for (int i = 0; i < 32; i++)
		fprintf(out, "%02x", byte[i]);
}

static void print_status(FILE *out, uint32_t status)
{
	fprintf(out, " rc=%02x status=%s%s%s%s", status >> 16 & 0xff,
		status & STATUS_EMPTY ? "empty," : "", status & STATUS_WAITING ? "waiting," : "",
		status & STATUS_FULL ? "full," : "", status & STATUS_IRQ ? "irq" : "noirq");
}

static void print_qci(FILE *out, struct lab_vm *vm, const struct aphwsim_step *step)
{
	uint8_t *block = lab_vmm_mem(vm, step->gr_in[2], QCI_LEN);

	if (!block)
		return;
	fprintf(out, " flags=%02x na=%02x nd=%02x", block[0], block[4], block[5]);
	print_mask(out, "apm", block + 16);
	print_mask(out, "aqm", block + 48);
	print_mask(out, "adm", block + 80);
}

static void print_reply(FILE *out, struct lab_vm *vm, const struct aphwsim_step *step)
{
	uint64_t len = lab_step_reply_len(step);
	uint8_t *data;

	fprintf(out, " psmid=%llu len=%llu", (unsigned long long)lab_step_psmid(step),
		(unsigned long long)len);
	data = lab_vmm_mem(vm, step->gr_in[6], len);
	if (!data || !len || step->cc)
		return;
	fputs(" data=", out);
	for (uint64_t i = 0; i < len && i < DATA_SHOWN; i++)
		fprintf(out, "%02x", data[i]);
}

static void print_insn(FILE *out, struct lab_vm *vm, const struct aphwsim_step *step)
{
	uint32_t insn = step->insn & 0xffff0000U;
	bool qci = insn == APHWSIM_INSN_PQAP && (step->gr_in[0] >> FC_SHIFT & 0xff) == LAB_QCI;

	if (step->how == APHWSIM_HOW_PROGRAM) {
		fprintf(out, " pgm=%04x by=%s", step->pgm_code, step->by_kvm ? "kvm" : "sie");
		return;
	}
	fprintf(out, " cc=%u", step->cc);
	if (qci) {
		print_qci(out, vm, step);
		return;
	}
	print_status(out, lab_step_status(step));
	fprintf(out, " gr1=%016llx", (unsigned long long)step->gr_out[1]);
	if (insn == APHWSIM_INSN_PQAP)
		fprintf(out, " gr2=%016llx", (unsigned long long)step->gr_out[2]);
	if (insn == APHWSIM_INSN_DQAP)
		print_reply(out, vm, step);
}

static void print_step(FILE *out, struct lab_vm *vm, const struct aphwsim_step *step)
{
	const unsigned long long *gr = (const unsigned long long *)step->gr_out;

	fprintf(out, " how=%s", how_name(step->how));
	switch (step->op) {
	case APHWSIM_OP_INSN:
		print_insn(out, vm, step);
		break;
	case APHWSIM_OP_READ_MASKS:
		fprintf(out, " crycbd=%08llx apie=%llu", gr[0], gr[1]);
		print_mask(out, "apm", gr + 2);
		print_mask(out, "aqm", gr + 6);
		print_mask(out, "adm", gr + 10);
		break;
	case APHWSIM_OP_READ_GISA:
		fprintf(out, " ipm=%02llx iam=%02llx origin=%llx format=%llu alert=%llx", gr[0],
			gr[1], gr[2], gr[3], gr[4]);
		break;
	case APHWSIM_OP_WAIT_IPM:
	case APHWSIM_OP_TAKE_IPM:
		fprintf(out, " cc=%u ipm=%02llx", step->cc, gr[0]);
		break;
	case APHWSIM_OP_IDLE:
		fprintf(out, " word=%08llx parm=%08llx", gr[0], gr[1]);
		break;
	default:
		break;
	}
	fprintf(out, " runs=%u", step->runs);
}

static int call_cpu(struct call *call, uint64_t *cpu)
{
	if (call_number(call, "cpu", cpu) || *cpu >= LAB_VMM_MAX_VCPUS)
		return refuse(call, "cpu is 0 to %d", LAB_VMM_MAX_VCPUS - 1);
	return 0;
}

static struct vm_slot *locked_vm(struct call *call)
{
	struct vm_slot *slot;

	pthread_mutex_lock(&call->session->lock);
	slot = call_vm(call);
	pthread_mutex_unlock(&call->session->lock);
	return slot;
}

/* One instruction, count= times; the answer is that of the last execution. */
static int run_one(struct call *call)
{
	struct vm_slot *slot = locked_vm(call);
	struct lab_script *script;
	uint64_t cpu = 0, count = 1;
	int ret;

	if (!slot || call_cpu(call, &cpu))
		return -EINVAL;
	if (call_number(call, "count", &count) || !count)
		return refuse(call, "count is a number");
	script = lab_script_new();
	if (!script)
		return -ENOMEM;
	ret = append_step(call, 0, slot->vm, script);
	if (!ret && count > 1)
		lab_script_loop(script, 0, count - 1);
	if (!ret)
		ret = __lab_vmm_run(slot->vm, cpu, script);
	if (!ret) {
		print_step(call->answer, slot->vm, lab_script_step(script, 0));
		if (lab_script_user_exits(script))
			fprintf(call->answer, " user=%u", lab_script_user_exits(script));
	}
	lab_script_free(script);
	return ret;
}

static int run_step(struct call *call)
{
	struct vm_slot *slot = call_vm(call);

	if (!slot)
		return -EINVAL;
	if (!slot->pending)
		slot->pending = lab_script_new();
	if (!slot->pending)
		return -ENOMEM;
	fprintf(call->answer, " step=%u", lab_script_len(slot->pending));
	return append_step(call, 1, slot->vm, slot->pending);
}

/* Runs the pending script, prints a line per step, and frees the script. */
static int run_run(struct call *call)
{
	struct vm_slot *slot = locked_vm(call);
	struct lab_script *script;
	uint64_t cpu = 0;
	int ret;

	if (!slot || call_cpu(call, &cpu))
		return -EINVAL;
	pthread_mutex_lock(&call->session->lock);
	script = slot->pending;
	slot->pending = NULL;
	pthread_mutex_unlock(&call->session->lock);
	if (!script)
		return refuse(call, "no steps");
	ret = __lab_vmm_run(slot->vm, cpu, script);
	for (unsigned int i = 0; i < lab_script_len(script); i++) {
		fprintf(call->detail, "step %u:", i);
		print_step(call->detail, slot->vm, lab_script_step(script, i));
		fputc('\n', call->detail);
	}
	fprintf(call->answer, " entries=%llu user=%u",
		(unsigned long long)lab_script_entries(script), lab_script_user_exits(script));
	lab_script_free(script);
	return ret;
}

/*
 * All that a driver of queues does with one of them. vCPUs differ in the order of the
 * resets, in their ISCs and in their NIBs.
 */
static void add_mix(struct lab_script *script, unsigned int apqn, unsigned int cpu)
{
	unsigned int isc = cpu * MIX_ISC_STEP & 7;
	uint64_t nib = MIX_NIB + (cpu << 8 | (apqn & 0xff)) * PAGE / 16;

	lab_step_aqic(lab_script_add(script), apqn, true, isc, nib);
	lab_step_nqap(lab_script_add(script), apqn, cpu, LAB_VMM_REQUEST, 64);
	lab_step_pqap(lab_script_add(script), (uint64_t)LAB_TAPQ << FC_SHIFT | T_BIT | apqn, 0, 0);
	lab_step_dqap(lab_script_add(script), apqn, LAB_VMM_REPLY, LAB_VMM_MSG_MAX);
	lab_step_aqic(lab_script_add(script), apqn, false, isc, nib);
	if (cpu & 1)
		lab_step_pqap(lab_script_add(script), (uint64_t)LAB_ZAPQ << FC_SHIFT | apqn, 0, 0);
	lab_step_nqap(lab_script_add(script), apqn, cpu, LAB_VMM_REQUEST, 64);
}

/* spin mix APQN...: instructions of all kinds on these queues in turn, without pauses. */
static int spin_mix(struct call *call, struct vm_slot *slot, unsigned int cpu)
{
	struct lab_script *script = lab_script_new();
	int nr = call->nr - 2;

	if (!script)
		return -ENOMEM;
	for (int i = 0; i < nr; i++) {
		unsigned int apqn;

		/* vCPUs begin with different queues */
		if (parse_apqn(call->word[2 + (i + (int)cpu) % nr], &apqn)) {
			lab_script_free(script);
			return refuse(call, "APQNs are CC.DDDD");
		}
		add_mix(script, apqn, cpu);
	}
	if (!nr) {
		lab_script_free(script);
		return refuse(call, "mix takes APQNs");
	}
	lab_script_loop(script, 0, 0);
	return slot_spin(slot, cpu, script);
}

static int spin_start(struct call *call, struct vm_slot *slot, unsigned int cpu)
{
	struct lab_script *script = lab_script_new();
	struct aphwsim_step *pause;
	int ret = 0;

	if (!script)
		return -ENOMEM;
	if (call->nr > 2)
		ret = append_step(call, 2, slot->vm, script);
	if (ret) {
		lab_script_free(script);
		return ret;
	}
	pause = lab_script_add(script);
	pause->op = APHWSIM_OP_SPIN;
	pause->arg[0] = SPIN_PAUSE_US;
	lab_script_loop(script, 0, 0);
	return slot_spin(slot, cpu, script);
}

/* spin start [STEP...] | mix APQN... | stat | stop: a vCPU in the background. */
static int run_spin(struct call *call)
{
	struct vm_slot *slot = call_vm(call);
	const char *what = call->word[1];
	uint64_t cpu = SPIN_CPU;
	int ret = 0;

	if (!slot || call_cpu(call, &cpu))
		return -EINVAL;
	if (!strcmp(what, "start"))
		return slot->spin[cpu] ? -EBUSY : spin_start(call, slot, cpu);
	if (!strcmp(what, "mix"))
		return slot->spin[cpu] ? -EBUSY : spin_mix(call, slot, cpu);
	if (strcmp(what, "stat") && strcmp(what, "stop"))
		return refuse(call, "start, mix, stat or stop");
	if (!slot->spin[cpu])
		return refuse(call, "vCPU %u does not spin", (unsigned int)cpu);
	if (!strcmp(what, "stop"))
		ret = __lab_vmm_stop(slot->vm, cpu);
	print_step(call->answer, slot->vm, lab_script_step(slot->spin[cpu], 0));
	fprintf(call->answer, " entries=%llu executed=%llu user=%u ended=%u",
		(unsigned long long)lab_script_entries(slot->spin[cpu]),
		(unsigned long long)lab_script_executed(slot->spin[cpu]),
		lab_script_user_exits(slot->spin[cpu]), lab_script_ended(slot->spin[cpu]));
	if (!strcmp(what, "stop")) {
		lab_script_free(slot->spin[cpu]);
		slot->spin[cpu] = NULL;
	}
	return ret;
}

static int run_codecheck(struct call *call)
{
	struct vm_slot *slot = call_vm(call);

	return slot ? __lab_vmm_check_guest_code(slot->vm) : -EINVAL;
}

#define STEP_COMMAND(name_, args_, summary_, max_) {				\
	.name = (name_), .args = args_, .summary = (summary_), .max = (max_),	\
	.opts = step_opts, .blocking = true, .run = run_one }

const struct command script_commands[] = {
	STEP_COMMAND("pqap", "fc=N [apqn=] [t] [f] [gr0=] [gr1=] [gr2=] [problem]",
		     "any PQAP", 0),
	STEP_COMMAND("tapq", "apqn=CC.DDDD [t] [count=N] [cpu=N]", "test AP queue", 0),
	STEP_COMMAND("rapq", "apqn=CC.DDDD", "reset AP queue", 0),
	STEP_COMMAND("zapq", "apqn=CC.DDDD [f]", "zeroize AP queue", 0),
	STEP_COMMAND("aqic", "on|off apqn=CC.DDDD [isc=N] [nib=ADDR]", "queue interrupts", 1),
	STEP_COMMAND("qci", "[at=ADDR]", "query configuration", 0),
	STEP_COMMAND("nqap", "apqn=CC.DDDD [psmid=N] [len=N] [at=ADDR] [complete]",
		     "enqueue a message", 0),
	STEP_COMMAND("dqap", "apqn=CC.DDDD [len=N] [at=ADDR] [complete]", "dequeue a reply", 0),
	STEP_COMMAND("masks", "", "the masks that SIE sees", 0),
	STEP_COMMAND("gisa", "", "the guest's interruption state area", 0),
	STEP_COMMAND("waitirq", "[mask=M] [timeout=MS]", "wait in SIE for a pending bit", 0),
	STEP_COMMAND("takeirq", "[mask=M]", "take pending bits", 0),
	STEP_COMMAND("idle", "", "enabled wait until KVM delivers an interruption", 0),
	{ .name = "step", .args = "COMMAND... | pause USEC | loop STEP [TIMES]",
	  .summary = "add to the script", .min = 1, .max = 4, .opts = step_opts, .run = run_step },
	{ .name = "run", .args = "[cpu=N]", .summary = "run the script",
	  .opts = step_opts, .blocking = true, .run = run_run },
	{ .name = "spin", .args = "start [COMMAND...] | mix APQN... | stat | stop [cpu=N]",
	  .summary = "a vCPU in the background, in SIE", .min = 1, .max = 9,
	  .opts = step_opts, .run = run_spin },
	{ .name = "codecheck", .args = "", .summary = "test machine code of scripts in this process",
	  .run = run_codecheck },
	{ }
};

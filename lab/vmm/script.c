// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest scripts: builds them, and runs them on a vCPU, in the thread of the
 * caller or in a new one.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "internal.h"

#define SIMULATOR		"/sys/module/aphwsim"
#define ICPT_INSTRUCTION	4
#define START_ADDR		0x4000

struct lab_script {
	struct aphwsim_script *s;
	unsigned int capacity;
	unsigned int user_exits;
};

struct lab_script *lab_script_new(void)
{
	return calloc(1, sizeof(struct lab_script));
}

void lab_script_free(struct lab_script *script)
{
	if (!script)
		return;
	free(script->s);
	free(script);
}

static size_t bytes(unsigned int steps)
{
	return sizeof(struct aphwsim_script) + steps * sizeof(struct aphwsim_step);
}

struct aphwsim_step *lab_script_add(struct lab_script *script)
{
	unsigned int nr = lab_script_len(script);

	if (nr == script->capacity) {
		unsigned int capacity = nr ? 2 * nr : 8;
		struct aphwsim_script *s = realloc(script->s, bytes(capacity));

		if (!s)
			lab_vmm_must(fail_at(-ENOMEM, "realloc"), "lab_script_add", __FILE__,
				     __LINE__);
		memset((char *)s + (script->s ? bytes(nr) : 0), 0,
		       bytes(capacity) - (script->s ? bytes(nr) : 0));
		script->s = s;
		script->capacity = capacity;
	}
	script->s->nr = nr + 1;
	return &script->s->steps[nr];
}

unsigned int lab_script_len(const struct lab_script *script)
{
	return script->s ? script->s->nr : 0;
}

const struct aphwsim_step *lab_script_step(const struct lab_script *script, unsigned int nr)
{
	return nr < lab_script_len(script) ? &script->s->steps[nr] : NULL;
}

void lab_script_loop(struct lab_script *script, unsigned int to, unsigned int times)
{
	struct aphwsim_step *step = lab_script_add(script);

	step->op = APHWSIM_OP_LOOP;
	step->arg[0] = to;
	step->arg[1] = times;
}

uint64_t lab_script_entries(const struct lab_script *script)
{
	return script->s ? __atomic_load_n(&script->s->entries, __ATOMIC_RELAXED) : 0;
}

uint64_t lab_script_executed(const struct lab_script *script)
{
	return script->s ? __atomic_load_n(&script->s->executed, __ATOMIC_RELAXED) : 0;
}

bool lab_script_ended(const struct lab_script *script)
{
	return script->s &&
	       __atomic_load_n(&script->s->state, __ATOMIC_RELAXED) >= APHWSIM_STATE_DONE;
}

unsigned int lab_script_user_exits(const struct lab_script *script)
{
	return script->user_exits;
}

/* Else the guest executes machine code. */
static bool is_simulated(void)
{
	return !access(SIMULATOR, F_OK);
}

static int prepare(struct lab_vm *vm, struct lab_vcpu *vcpu, struct lab_script *script)
{
	struct aphwsim_script *s = script->s;
	struct kvm_run *run = vcpu->run;

	s->magic = APHWSIM_SCRIPT_MAGIC;
	s->version = APHWSIM_SCRIPT_VERSION;
	s->state = APHWSIM_STATE_NEW;
	s->pc = 0;
	s->error = 0;
	s->psw_expect = 0;
	s->mem_base = (uintptr_t)vm->mem;
	s->mem_size = vm->mem_size;

	run->s.regs.gprs[14] = APHWSIM_SCRIPT_MAGIC;
	run->s.regs.gprs[15] = (uintptr_t)s;
	run->kvm_dirty_regs |= KVM_SYNC_GPRS;
	run->psw_mask = APHWSIM_PSW_MASK;
	run->psw_addr = START_ADDR;
	if (is_simulated())
		return 0;
	run->psw_addr = guest_code_start();
	return guest_code_put(vm, s->steps, s->nr, GUEST_CODE_END);
}

static void finish(struct lab_vm *vm, struct lab_script *script)
{
	if (is_simulated())
		return;
	guest_code_get(vm, script->s->steps, script->s->nr);
	script->s->entries++;
	script->s->state = APHWSIM_STATE_DONE;
}

static int run_locked(struct lab_vm *vm, struct lab_vcpu *vcpu, struct lab_script *script)
{
	struct kvm_run *run = vcpu->run;
	int ret = prepare(vm, vcpu, script);

	if (ret)
		return ret;
	for (;;) {
		if (ioctl(vcpu->fd, KVM_RUN, 0) < 0) {
			if (errno == EINTR)
				continue;
			return fail_at(-errno, "KVM_RUN");
		}
		if (run->exit_reason != KVM_EXIT_S390_SIEIC)
			return fail_at(-EIO, "KVM exit reason %u", run->exit_reason);
		if (run->s390_sieic.icptcode != ICPT_INSTRUCTION)
			return fail_at(-EIO, "interception %u", run->s390_sieic.icptcode);
		if (run->s390_sieic.ipa == APHWSIM_END_IPA &&
		    run->s390_sieic.ipb == APHWSIM_END_IPB)
			break;
		script->user_exits++;
		ret = vcpu_inject_operation_exception(vcpu);
		if (ret)
			return ret;
	}
	finish(vm, script);
	if (script->s->state == APHWSIM_STATE_ERROR)
		return fail_at(script->s->error, "guest script, step %u", script->s->pc);
	return 0;
}

/* Makes KVM_RUN return EINTR. */
static void kicked(int sig)
{
	(void)sig;
}

static void install_kick(void)
{
	struct sigaction action = { .sa_handler = kicked };

	sigaction(SIGUSR1, &action, NULL);
}

static int prepare_vcpu(struct lab_vm *vm, unsigned int cpu, struct lab_script *script)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, install_kick);
	if (!lab_script_len(script))
		return fail_at(-EINVAL, "empty script");
	return __lab_vmm_create_vcpu(vm, cpu);
}

int __lab_vmm_run(struct lab_vm *vm, unsigned int cpu, struct lab_script *script)
{
	int ret = prepare_vcpu(vm, cpu, script);

	if (ret)
		return ret;
	if (vm->vcpu[cpu]->stop)
		return fail_at(-EBUSY, "vCPU %u runs in the background", cpu);
	pthread_mutex_lock(&vm->vcpu[cpu]->lock);
	script->s->stop = 0;
	ret = run_locked(vm, vm->vcpu[cpu], script);
	pthread_mutex_unlock(&vm->vcpu[cpu]->lock);
	return ret;
}

struct background {
	struct lab_vm *vm;
	struct lab_vcpu *vcpu;
	struct lab_script *script;
};

static void *background_main(void *arg)
{
	struct background *b = arg;
	struct lab_vcpu *vcpu = b->vcpu;

	pthread_mutex_lock(&vcpu->lock);
	vcpu->ended = run_locked(b->vm, vcpu, b->script);
	pthread_mutex_unlock(&vcpu->lock);
	free(b);
	return NULL;
}

int __lab_vmm_start(struct lab_vm *vm, unsigned int cpu, struct lab_script *script)
{
	int ret = prepare_vcpu(vm, cpu, script);
	struct background *b;
	struct lab_vcpu *vcpu;

	if (ret)
		return ret;
	vcpu = vm->vcpu[cpu];
	if (vcpu->stop)
		return fail_at(-EBUSY, "vCPU %u runs in the background", cpu);
	b = malloc(sizeof(*b));
	if (!b)
		return -ENOMEM;
	b->vm = vm;
	b->vcpu = vcpu;
	b->script = script;
	/* Cleared here, not in the thread: an immediate stop must not be lost. */
	script->s->stop = 0;
	vcpu->stop = &script->s->stop;
	ret = -pthread_create(&vcpu->thread, NULL, background_main, b);
	if (ret) {
		vcpu->stop = NULL;
		free(b);
		return fail_at(ret, "pthread_create");
	}
	return 0;
}

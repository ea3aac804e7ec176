// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands for VMs: creation and end, AP interpretation, memory.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"

#define PEEK_MAX 4096

static int run_vm(struct call *call)
{
	const char *name = call->nr > 1 ? call->word[1] : "vm";
	struct lab_vm_config config = {
		.no_apie = call_flag(call, "noapie"),
		.no_fac12 = call_flag(call, "nofac12"),
		.no_fac15 = call_flag(call, "nofac15"),
		.no_fac65 = call_flag(call, "nofac65"),
	};
	struct vm_slot *slot = NULL;
	uint64_t mib = 0;
	int ret;

	if (call_number(call, "mem", &mib) || mib > 1024)
		return refuse(call, "mem is a number of MiB up to 1024");
	config.memory = mib << 20;
	for (int i = 0; i < MAX_VMS; i++) {
		if (!call->session->vms[i].vm)
			slot = slot ? slot : &call->session->vms[i];
		else if (!strcmp(call->session->vms[i].name, name))
			return refuse(call, "VM %s exists", name);
	}
	if (!slot)
		return refuse(call, "too many VMs");
	ret = __lab_vmm_create(&config, &slot->vm);
	if (ret)
		return ret;
	snprintf(slot->name, sizeof(slot->name), "%s", name);
	call->session->current = slot;
	/* KVM names the VM's log after the thread that made it: kvm-TID. */
	fprintf(call->answer, " vm=%s mem=%zu log=kvm-%d", name, lab_vmm_mem_size(slot->vm),
		gettid());
	return 0;
}

static int run_use(struct call *call)
{
	for (int i = 0; i < MAX_VMS; i++) {
		if (!call->session->vms[i].vm || strcmp(call->session->vms[i].name, call->word[1]))
			continue;
		call->session->current = &call->session->vms[i];
		return 0;
	}
	return refuse(call, "no VM named %s", call->word[1]);
}

static int run_closevm(struct call *call)
{
	struct vm_slot *slot = call_vm(call);

	if (!slot)
		return -EINVAL;
	lab_vmm_close_vm(slot->vm);
	return 0;
}

static int run_switch(struct call *call, int (*set)(struct lab_vm *vm, bool on))
{
	struct vm_slot *slot = call_vm(call);
	bool on = !strcmp(call->word[1], "on");

	if (!slot)
		return -EINVAL;
	if (!on && strcmp(call->word[1], "off"))
		return refuse(call, "on or off");
	return set(slot->vm, on);
}

static int run_apie(struct call *call)
{
	return run_switch(call, __lab_vmm_set_apie);
}

static int run_memslot(struct call *call)
{
	return run_switch(call, __lab_vmm_set_memslot);
}

static int run_peek(struct call *call)
{
	struct vm_slot *slot = call_vm(call);
	uint64_t addr, len = 1;
	uint8_t *mem;

	if (!slot)
		return -EINVAL;
	if (parse_number(call->word[1], &addr) ||
	    (call->nr > 2 && parse_number(call->word[2], &len)) || len > PEEK_MAX)
		return refuse(call, "peek takes an address and up to %d bytes", PEEK_MAX);
	mem = lab_vmm_mem(slot->vm, addr, len);
	if (!mem)
		return refuse(call, "not in guest memory");
	fputs(" mem=", call->answer);
	for (uint64_t i = 0; i < len; i++)
		fprintf(call->answer, "%02x", mem[i]);
	return 0;
}

static int run_poke(struct call *call)
{
	struct vm_slot *slot = call_vm(call);
	const char *hex = call->word[2];
	size_t len = strlen(hex) / 2;
	uint64_t addr;
	uint8_t *mem;

	if (!slot)
		return -EINVAL;
	if (parse_number(call->word[1], &addr) || strlen(hex) != 2 * len ||
	    strspn(hex, "0123456789abcdefABCDEF") != 2 * len)
		return refuse(call, "poke takes an address and bytes in hex");
	mem = lab_vmm_mem(slot->vm, addr, len);
	if (!mem)
		return refuse(call, "not in guest memory");
	for (size_t i = 0; i < len; i++) {
		char byte[3] = { hex[2 * i], hex[2 * i + 1] };

		mem[i] = strtoul(byte, NULL, 16);
	}
	return 0;
}

static int run_quit(struct call *call)
{
	call->session->quit = true;
	/* If another command is blocked in an ioctl, the exit closes everything. */
	if (__atomic_load_n(&call->session->busy, __ATOMIC_SEQ_CST) == 1)
		session_close(call->session);
	return 0;
}

static const char *const vm_opts[] = {
	"mem=", "noapie", "nofac12", "nofac15", "nofac65", NULL
};
static const char *const which_opts[] = { "vm=", NULL };

const struct command vm_commands[] = {
	{ .name = "vm", .args = "[NAME] [mem=MIB] [noapie] [nofac12] [nofac15] [nofac65]",
	  .summary = "create a VM with AP", .max = 1, .opts = vm_opts, .run = run_vm },
	{ .name = "use", .args = "NAME", .summary = "make it the current VM",
	  .min = 1, .max = 1, .run = run_use },
	{ .name = "closevm", .args = "[vm=NAME]",
	  .summary = "close its fds, leave its devices open",
	  .opts = which_opts, .run = run_closevm },
	{ .name = "apie", .args = "on|off [vm=NAME]", .summary = "switch AP interpretation",
	  .min = 1, .max = 1, .opts = which_opts, .run = run_apie },
	{ .name = "memslot", .args = "on|off [vm=NAME]",
	  .summary = "add the guest's memory to KVM, or remove it",
	  .min = 1, .max = 1, .opts = which_opts, .run = run_memslot },
	{ .name = "peek", .args = "ADDR [LEN] [vm=NAME]", .summary = "show guest memory",
	  .min = 1, .max = 2, .opts = which_opts, .run = run_peek },
	{ .name = "poke", .args = "ADDR HEX [vm=NAME]", .summary = "write guest memory",
	  .min = 2, .max = 2, .opts = which_opts, .run = run_poke },
	{ .name = "quit", .args = "", .summary = "close everything and end", .run = run_quit },
	{ }
};

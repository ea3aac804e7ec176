// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens to the host: its masks, its configuration, the module, bind.
 */
#include <errno.h>
#include <string.h>

#include "bench.h"
#include "machine.h"

#define DOMAINS	16U
#define SPARE	20U		/* an adapter that no mdev of a sample has */

/* apmask */

static void setup_veto(const struct bench_op *op)
{
	machine_mdev(0, 0, 1, 0, 1);
	machine_other_mdevs(1, op->arg[0]);
}

static uint64_t veto(const struct bench_op *op)
{
	int ret = machine_host_adapters(0, 1);

	(void)op;
	if (ret != -EBUSY)
		bench_fail("apmask: EBUSY expected, got %s", strerror(-ret));
	return 0;
}

static void setup_nothing(const struct bench_op *op)
{
	(void)op;
}

static void spare_free(const struct bench_op *op)
{
	(void)op;
	if (machine_host_adapters(0, 0))
		bench_fail("apmask cannot be written");
}

static void spare_of_host(const struct bench_op *op)
{
	(void)op;
	if (machine_host_adapters(SPARE, 1))
		bench_fail("apmask cannot be written");
}

static uint64_t to_host(const struct bench_op *op)
{
	spare_of_host(op);
	return 0;
}

static uint64_t from_host(const struct bench_op *op)
{
	spare_free(op);
	return 0;
}

/* 16 guests with a domain each, and one adapter for all of them */

static void setup_guests(const struct bench_op *op)
{
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++) {
		machine_mdev(nr, 0, 3, nr, 1);
		machine_vm(nr);
		machine_attach(nr, nr);
	}
}

static bool adapter_is_there = true;

static void adapter_there(const struct bench_op *op)
{
	(void)op;
	if (adapter_is_there)
		return;
	machine_control("card add 1 type=cex8 mode=cca");
	machine_control("configchange");
	adapter_is_there = true;
}

static void adapter_gone(const struct bench_op *op)
{
	(void)op;
	if (!adapter_is_there)
		return;
	machine_control("card del 1");
	machine_control("configchange");
	adapter_is_there = false;
}

static uint64_t lose_adapter(const struct bench_op *op)
{
	adapter_gone(op);
	return 0;
}

static uint64_t regain_adapter(const struct bench_op *op)
{
	adapter_there(op);
	return 0;
}

/* the module, and single queues */

static bool loaded = true;

static void unloaded(const struct bench_op *op)
{
	(void)op;
	if (loaded)
		machine_unload();
	loaded = false;
}

static void with_module(const struct bench_op *op)
{
	(void)op;
	if (!loaded)
		machine_load();
	loaded = true;
}

static uint64_t load(const struct bench_op *op)
{
	with_module(op);
	return 0;
}

static uint64_t unload(const struct bench_op *op)
{
	unloaded(op);
	return 0;
}

static void for_each_queue(const struct bench_op *op, void (*fn)(unsigned int, unsigned int))
{
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++)
		fn(nr / DOMAINS, nr % DOMAINS);
}

static void unbound(const struct bench_op *op)
{
	for_each_queue(op, machine_unbind);
}

static uint64_t bind(const struct bench_op *op)
{
	for_each_queue(op, machine_bind);
	return 0;
}

const struct bench_op host_ops[] = {
	{ "apmask, vetoed", "1 mdev", { 0 }, 0, BENCH_GUARD, setup_veto, NULL, veto },
	{ "apmask, vetoed", "17 mdevs", { 16 }, 0, 0, setup_veto, NULL, veto },
	{ "apmask, vetoed", "65 mdevs", { 64 }, 0, 0, setup_veto, NULL, veto },
	{ "apmask, to the host", "16 queues", { 0 }, 0, BENCH_GUARD, setup_nothing, spare_free, to_host },
	{ "apmask, back from the host", "16 queues", { 0 }, 0, BENCH_SCANS, setup_nothing, spare_of_host,
	  from_host },
	{ "host loses an adapter", "16 guests", { 16 }, 3, BENCH_SCANS, setup_guests, adapter_there,
	  lose_adapter },
	{ "host regains an adapter", "16 guests", { 16 }, 3, BENCH_SCANS, setup_guests, adapter_gone,
	  regain_adapter },
	{ "bind one by one", "256 queues", { 256 }, 3, 0, setup_nothing, unbound, bind },
	/* last: the module that is loaded again is a new one */
	{ "load", "1024 queues", { 0 }, 3, BENCH_SCANS | BENCH_BIG, setup_nothing, unloaded, load },
	{ "unload", "1024 queues", { 0 }, 3, BENCH_SCANS | BENCH_BIG, setup_nothing, with_module,
	  unload },
	{ 0 }
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an administrator writes to an mdev, with and without a guest.
 *
 * arg[0]: adapters, or queues, of the operation; arg[1]: is there a guest?;
 * arg[2]: other mdevs, or the reset latency in ms.
 */
#include <unistd.h>

#include "bench.h"
#include "machine.h"

#define IDLE	0
#define IN_USE	1
#define HALF	8U
#define WHOLE	16U

static void start_guest(const struct bench_op *op)
{
	if (!op->arg[1])
		return;
	machine_vm(0);
	machine_attach(0, 0);
}

/* one id at a time */

static void setup_assign_adapter(const struct bench_op *op)
{
	machine_mdev(0, 0, 0, 0, op->arg[0]);
	machine_other_mdevs(1, op->arg[2]);
	start_guest(op);
}

static void without_adapter(const struct bench_op *op)
{
	machine_config(0, 0, 0, 0, op->arg[0]);
}

static void setup_assign_domain(const struct bench_op *op)
{
	machine_mdev(0, 0, op->arg[0], 0, 0);
	start_guest(op);
}

static void without_domain(const struct bench_op *op)
{
	machine_config(0, 0, op->arg[0], 0, 0);
}

/* The last domain of a matrix that has arg[0] queues with it. */
static void setup_last_domain(const struct bench_op *op)
{
	machine_mdev(0, 0, op->arg[0] / WHOLE ?: 1, 0, op->arg[0] < WHOLE ? 0 : WHOLE - 1);
	start_guest(op);
}

static void without_last_domain(const struct bench_op *op)
{
	machine_id(0, ATTR_UNASSIGN_DOMAIN, op->arg[0] < WHOLE ? 0 : WHOLE - 1);
}

static uint64_t assign_last_domain(const struct bench_op *op)
{
	machine_id(0, ATTR_ASSIGN_DOMAIN, op->arg[0] < WHOLE ? 0 : WHOLE - 1);
	return 0;
}

static void without_control(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_UNASSIGN_CONTROL, 3);
}

static uint64_t assign_adapter(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_ASSIGN_ADAPTER, 0);
	return 0;
}

static uint64_t assign_domain(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_ASSIGN_DOMAIN, 0);
	return 0;
}

static uint64_t assign_control(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_ASSIGN_CONTROL, 3);
	return 0;
}

static void setup_unassign(const struct bench_op *op)
{
	machine_reset_latency(op->arg[2]);
	machine_mdev(0, 0, 1, 0, op->arg[0]);
	start_guest(op);
}

static void with_adapter(const struct bench_op *op)
{
	machine_config(0, 0, 1, 0, op->arg[0]);
}

static uint64_t unassign_adapter(const struct bench_op *op)
{
	(void)op;
	machine_id(0, ATTR_UNASSIGN_ADAPTER, 0);
	return 0;
}

/* many at a time: 16 x 16 */

static void setup_config(const struct bench_op *op)
{
	machine_mdev(0, 0, 0, 0, 0);
	start_guest(op);
}

static void empty(const struct bench_op *op)
{
	(void)op;
	machine_config(0, 0, 0, 0, 0);
}

static void full(const struct bench_op *op)
{
	(void)op;
	machine_config(0, 0, WHOLE, 0, WHOLE);
}

static void half(const struct bench_op *op)
{
	(void)op;
	machine_config(0, 0, HALF, 0, WHOLE);
}

static uint64_t config_fill(const struct bench_op *op)
{
	full(op);
	return 0;
}

static uint64_t config_swap(const struct bench_op *op)
{
	(void)op;
	machine_config(0, HALF, HALF, 0, WHOLE);
	return 0;
}

static uint64_t config_empty(const struct bench_op *op)
{
	empty(op);
	return 0;
}

static uint64_t writes_fill(const struct bench_op *op)
{
	unsigned int id;

	(void)op;
	for (id = 0; id < WHOLE; id++)
		machine_id(0, ATTR_ASSIGN_ADAPTER, id);
	for (id = 0; id < WHOLE; id++)
		machine_id(0, ATTR_ASSIGN_DOMAIN, id);
	return 0;
}

static uint64_t writes_swap(const struct bench_op *op)
{
	unsigned int id;

	(void)op;
	for (id = 0; id < HALF; id++) {
		machine_id(0, ATTR_UNASSIGN_ADAPTER, id);
		machine_id(0, ATTR_ASSIGN_ADAPTER, HALF + id);
	}
	return 0;
}

static uint64_t writes_empty(const struct bench_op *op)
{
	unsigned int id;

	(void)op;
	for (id = 0; id < WHOLE; id++)
		machine_id(0, ATTR_UNASSIGN_ADAPTER, id);
	for (id = 0; id < WHOLE; id++)
		machine_id(0, ATTR_UNASSIGN_DOMAIN, id);
	return 0;
}

/* 16 guests, one write for each */

static void setup_guests(const struct bench_op *op)
{
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++) {
		machine_mdev(nr, 0, 0, nr, 1);
		machine_vm(nr);
		machine_attach(nr, nr);
	}
}

static void without_adapters(const struct bench_op *op)
{
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++)
		machine_id(nr, ATTR_UNASSIGN_ADAPTER, 0);
}

static uint64_t assign_adapters(const struct bench_op *op)
{
	unsigned int nr;

	for (nr = 0; nr < op->arg[0]; nr++)
		machine_id(nr, ATTR_ASSIGN_ADAPTER, 0);
	return 0;
}

/* everything that can be assigned: 65,536 APQNs, of which the hardware has some */

static void setup_nothing_assigned(const struct bench_op *op)
{
	(void)op;
	machine_mdev(0, 0, 0, 0, 0);
}

static uint64_t config_all(const struct bench_op *op)
{
	(void)op;
	machine_config(0, 0, APM_MATRIX_IDS, 0, APM_MATRIX_IDS);
	return 0;
}

static void setup_all(const struct bench_op *op)
{
	setup_nothing_assigned(op);
	config_all(op);
}

/* reading */

static void setup_read(const struct bench_op *op)
{
	machine_mdev(0, 0, op->arg[0] / WHOLE ?: 1, 0, op->arg[0] < WHOLE ? op->arg[0] : WHOLE);
}

static uint64_t read_whole(const char *name)
{
	int fd = machine_open(0, name);
	uint64_t begun, took;
	char text[8192];
	ssize_t len, got;

	begun = bench_now();
	len = 0;
	do {
		got = pread(fd, text, sizeof(text), len);
		if (got > 0)
			len += got;
	} while (got > 0);
	took = bench_now() - begun;
	close(fd);
	if (!len)
		bench_fail("%s is empty", name);
	return took;
}

static uint64_t read_matrix(const struct bench_op *op)
{
	(void)op;
	return read_whole("matrix");
}

static uint64_t read_guest_matrix(const struct bench_op *op)
{
	(void)op;
	return read_whole("guest_matrix");
}

static uint64_t read_reasons(const struct bench_op *op)
{
	(void)op;
	return read_whole("reasons");
}

#define ASSIGN_ADAPTER(_size, _queues, _use, _others, _flags)		\
	{ "assign_adapter", _size, { _queues, _use, _others }, 0, _flags, \
	  setup_assign_adapter, without_adapter, assign_adapter }
#define UNASSIGN(_size, _use, _latency, _flags)				\
	{ "unassign_adapter", _size, { 8, _use, _latency }, 0, _flags,	\
	  setup_unassign, with_adapter, unassign_adapter }
#define GROWTH(_size, _queues, _flags)					\
	{ "assign last domain", _size, { _queues, IN_USE }, 0, _flags,	\
	  setup_last_domain, without_last_domain, assign_last_domain }

const struct bench_op matrix_ops[] = {
	ASSIGN_ADAPTER("1 queue, idle, 0 other mdevs", 1, IDLE, 0, BENCH_GUARD),
	ASSIGN_ADAPTER("1 queue, idle, 16 other mdevs", 1, IDLE, 16, 0),
	ASSIGN_ADAPTER("1 queue, idle, 64 other mdevs", 1, IDLE, 64, 0),
	ASSIGN_ADAPTER("1 queue, in use, 0 other mdevs", 1, IN_USE, 0, 0),
	ASSIGN_ADAPTER("1 queue, in use, 16 other mdevs", 1, IN_USE, 16, 0),
	ASSIGN_ADAPTER("1 queue, in use, 64 other mdevs", 1, IN_USE, 64, 0),
	ASSIGN_ADAPTER("16 queues, in use", 16, IN_USE, 0, BENCH_GUARD),
	{ "assign_domain", "8 queues, in use", { 8, IN_USE }, 0, 0,
	  setup_assign_domain, without_domain, assign_domain },
	{ "assign_control_domain", "idle", { 0, IDLE }, 0, 0,
	  setup_config, without_control, assign_control },
	{ "assign_control_domain", "in use", { 0, IN_USE }, 0, BENCH_GUARD,
	  setup_config, without_control, assign_control },
	UNASSIGN("8 queues, idle, L = 1 ms", IDLE, 1, 0),
	UNASSIGN("8 queues, in use, L = 0", IN_USE, 0, 0),
	UNASSIGN("8 queues, in use, L = 1 ms", IN_USE, 1, 0),
	UNASSIGN("8 queues, in use, L = 20 ms", IN_USE, 20, BENCH_GUARD),
	UNASSIGN("8 queues, in use, L = 200 ms", IN_USE, 200, 0),
	{ "ap_config fill", "256 queues, idle", { 0, IDLE }, 0, 0,
	  setup_config, empty, config_fill },
	{ "ap_config fill", "256 queues, in use", { 0, IN_USE }, 0, BENCH_GUARD,
	  setup_config, empty, config_fill },
	{ "ap_config swap", "128 queues, in use", { 0, IN_USE }, 0, BENCH_GUARD,
	  setup_config, half, config_swap },
	{ "ap_config empty", "256 queues, in use", { 0, IN_USE }, 0, 0,
	  setup_config, full, config_empty },
	{ "32 writes fill", "256 queues, in use", { 0, IN_USE }, 0, 0,
	  setup_config, empty, writes_fill },
	{ "16 writes swap", "128 queues, in use", { 0, IN_USE }, 0, 0,
	  setup_config, half, writes_swap },
	{ "32 writes empty", "256 queues, in use", { 0, IN_USE }, 0, 0,
	  setup_config, full, writes_empty },
	GROWTH("1 queue, in use", 1, 0),
	GROWTH("64 queues, in use", 64, 0),
	GROWTH("256 queues, in use", 256, 0),
	GROWTH("1024 queues, in use", 1024, BENCH_BIG),
	{ "assign_adapter", "16 guests, 1 queue each, one write each", { 16 }, 0, 0,
	  setup_guests, without_adapters, assign_adapters },
	{ "read matrix", "1 queue", { 1 }, 0, 0, setup_read, NULL, read_matrix },
	{ "read matrix", "256 queues", { 256 }, 0, BENCH_GUARD, setup_read, NULL, read_matrix },
	{ "ap_config fill", "65536 APQNs, 384 queues, idle", { 0 }, 3, BENCH_WIDE,
	  setup_nothing_assigned, empty, config_all },
	{ "read matrix", "65536 APQNs", { 0 }, 3, BENCH_WIDE, setup_all, NULL, read_matrix },
	{ "read reasons", "65536 APQNs, 384 queues", { 0 }, 3, BENCH_WIDE, setup_all, NULL, read_reasons },
	{ "read guest_matrix", "384 queues of 65536 APQNs", { 0 }, 3, BENCH_WIDE, setup_all, NULL,
	  read_guest_matrix },
	{ 0 }
};

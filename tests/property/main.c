// SPDX-License-Identifier: GPL-2.0-only
/*
 * property: order does not matter.
 *
 * Drives random events at the module under test, the AP bus, KVM and the
 * simulated hardware, and after each quiescent point compares every guest matrix
 * and every CRYCB with what the pure filter makes of what can be seen; see
 * labels.md for the invariants. Runs as root in the lab, on a machine
 * with the adapters and domains of world.c.
 *
 * All follows from the seed. A run that fails prints the event, what was wanted
 * and what was got, the events before, and then looks for a shorter run that
 * fails in the same way.
 */
#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../lib/ktap.h"
#include "events.h"
#include "io.h"
#include "late.h"
#include "shrink.h"
#include "uevent.h"

#define EVENTS		20000UL
#define CHECK_PERCENT	5U
/* In so many events a vCPU of a guest runs in the background: a quarter, in longer runs. */
#define BACKGROUND_PART	4
#define BACKGROUND_MIN	500UL
#define HANG_SECONDS	120
/* A queue that was in trouble is tried again after 5 seconds at the latest, or later if busy. */
#define PATIENCE_US	30000000UL

static struct world world;

/* what there is */

static int look_around(struct world *w)
{
	char text[200];
	int len = io_read(text, sizeof(text), MATRIX_DIR "/features");

	if (len < 0 && access(MDEV_TYPE_DIR "/create", W_OK)) {
		fprintf(stderr, "property: no vfio_ap here\n");
		return -ENODEV;
	}
	w->has.ours = w->has.reasons = w->has.uevents = strstr(text, WORLD_REASONS) != NULL;
	return 0;
}

/* the watch */

static pthread_mutex_t watch_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t watch_cond = PTHREAD_COND_INITIALIZER;
static unsigned long watched;	/* changes with each event */

/* A task that waits in the kernel, or is one of ours: where it is. */
static void print_stack(const char *pid, const char *tid, bool ours)
{
	char text[4000], *state;

	if (io_read(text, sizeof(text), "/proc/%s/task/%s/stat", pid, tid) <= 0)
		return;
	state = strrchr(text, ')');
	if (!state || (!ours && strncmp(state, ") D", 3)))
		return;
	printf("  task %.*s):\n", (int)(state - text), text);
	if (io_read(text, sizeof(text), "/proc/%s/task/%s/stack", pid, tid) > 0)
		printf("%s", text);
}

struct task_list {
	const char *pid;
	bool ours;
};

static void print_task(void *ctx, const char *tid)
{
	const struct task_list *list = ctx;

	if (tid[0] != '.')
		print_stack(list->pid, tid, list->ours);
}

static void print_process(void *ctx, const char *pid)
{
	struct task_list list = { pid, (pid_t)atol(pid) == getpid() };
	char path[40];

	(void)ctx;
	snprintf(path, sizeof(path), "/proc/%.20s/task", pid);
	if (atol(pid) > 0)
		io_list(path, print_task, &list);
}

/* With watch_lock, until the watch is told of an event. */
static void wait_for_a_second(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_cond_timedwait(&watch_cond, &watch_lock, &until);
}

/*
 * An event that does not end: says which, and where everybody is, lets go of
 * what the hardware holds back, so that this process can end, and ends it.
 */
/* shows: I29 I33 */
static void *watch(void *arg)
{
	unsigned long last = 0;
	bool hangs = false;

	(void)arg;
	pthread_mutex_lock(&watch_lock);
	while (!hangs) {
		unsigned int second;

		/* one by one: the machine may stand still for longer than one of them */
		for (second = 0; watched == last && second < HANG_SECONDS; second++)
			wait_for_a_second();
		hangs = watched == last;
		last = watched;
	}
	story_wrong("an event", "an end", "none for two minutes");
	story_print(&world);
	io_list("/proc", print_process, NULL);
	fflush(stdout);
	hw_control("queue stuck * off");
	hw_control("queue busy * off");
	_exit(1);
	return NULL;
}

static void pat_watch(void)
{
	pthread_mutex_lock(&watch_lock);
	watched++;
	pthread_cond_signal(&watch_cond);
	pthread_mutex_unlock(&watch_lock);
}

/* runs */

static void begin(struct world *w, unsigned long nr)
{
	w->event = nr;
	pat_watch();
	story_begin(w);
}

bool run_events(struct world *w, const struct run *run)
{
	unsigned long nr;
	struct rng rng;
	int ret;

	story_clear();
	begin(w, 0);
	story_add("the first state");
	ret = world_reset(w);
	if (ret)
		story_wrong("the first state", "success", lab_vmm_errno_name(ret));
	uevent_forget(w);
	if (story_failed() || !check_world(w))
		return false;

	for (nr = run->first; nr <= run->last; nr++) {
		if (run->skip && run->skip[nr - run->first])
			continue;
		rng_init(&rng, w->seed, nr);
		begin(w, nr);
		w->backgrounds += world_has_background(w);
		event_run(w, &rng);
		if (!story_failed() && (rng_chance(&rng, CHECK_PERCENT) || nr == run->last)) {
			unsigned long start = io_now();

			story_add("; check");
			check_world(w);
			w->checking += io_now() - start;
		}
		if (story_failed())
			return false;
	}
	return true;
}

static void print_summary(const struct world *w, unsigned long events, unsigned long start)
{
	struct hw_oracle oracle;

	hw_oracle(&oracle);
	printf("%lu events in %lu s, seed %lu: %lu checks, %lu guests looked at, "
	       "%lu APQNs in them, %lu attachments, %lu updates of CRYCBs, %lu uevents, "
	       "%lu guest instructions, "
	       "%lu requests of the host, %lu storms, %lu matrices changed at once, "
	       "%lu writes refused as predicted, %lu events while a vCPU ran in the background\n",
	       events, (io_now() - start) / 1000000, (unsigned long)w->seed, w->checks,
	       w->guests_checked, w->apqns_seen, w->attached, w->pushes, w->uevents, w->steps,
	       w->transfers_host, w->storms, w->one_steps, w->refused, w->backgrounds);
	printf("oracle: %lu entries, %lu instructions, %lu transfers, %lu findings\n",
	       oracle.entries, oracle.instructions, oracle.transfers, oracle.findings);
}

static long references(const char *module)
{
	char text[40];

	return io_read(text, sizeof(text), "/sys/module/%s/refcnt", module) < 0 ? 0 : atol(text);
}

/*
 * When somebody else tries to bind the device file of a device that is open, VFIO of 6.12 forgets
 * which VM the device has, and never gives it back. So VMs do not count where guests open device
 * files.
 */
static bool is_given_back(const long before[2])
{
	return references("vfio_ap") == before[0] &&
	       (guest_attach_flags() & LAB_ATTACH_CDEV || references("kvm") == before[1]);
}

/*
 * Once all guests and mdevs are gone, nothing that they held is held any more.
 * What is given back by work that is under way may come a moment later.
 */
/* shows: I30 */
static void all_given_back(struct world *w, const long before[2])
{
	struct io_patience patience;

	io_be_patient(&patience, PATIENCE_US);
	while (!is_given_back(before)) {
		if (!io_is_patient(&patience)) {
			ktap_not_ok("references are given back", "expected vfio_ap %ld, kvm %ld; "
				    "got vfio_ap %ld, kvm %ld", before[0], before[1],
				    references("vfio_ap"), references("kvm"));
			return;
		}
		uevent_wait(w, 10);
	}
	ktap_ok("references are given back");
}

/* A run in which hardly anything happened proves nothing. */
static void proves_something(const struct world *w, unsigned long events)
{
	struct hw_oracle oracle;
	int ret = hw_oracle(&oracle);

	if (ret)
		ktap_not_ok("event coverage", "the oracle: %s", lab_vmm_errno_name(ret));
	else if (oracle.entries && oracle.instructions && oracle.transfers &&
		 w->apqns_seen * 100 >= events && w->pushes * 100 >= events &&
		 (w->backgrounds * BACKGROUND_PART >= events || events < BACKGROUND_MIN))
		ktap_ok("event coverage");
	else
		ktap_not_ok("event coverage", "insufficient: %lu entries, %lu instructions, "
			    "%lu transfers, %lu APQNs in guests, %lu updates, %lu times a vCPU in "
			    "the background in %lu events",
			    oracle.entries, oracle.instructions, oracle.transfers, w->apqns_seen,
			    w->pushes, w->backgrounds, events);
}

static void usage(void)
{
	fprintf(stderr, "usage: property [--seed N] [--events N] [--until N] [--verbose] "
		"[--times] [--no-shrink] [--contradict]\n"
		"       property --late-signals ROUNDS [--exact-signals]\n");
	exit(64);
}

/* shows: I26 */
static int run_late_signals(struct world *w, unsigned long rounds)
{
	ktap_begin(2);
	if (late_signals(w, rounds)) {
		ktap_ok("CFG_CHG");
	} else {
		story_print(w);
		ktap_not_ok("CFG_CHG", "%s", story_what());
	}
	if (w->late)
		ktap_ok("late signals");
	else
		ktap_not_ok("late signals", "none in %lu attachments: nothing was shown",
			    w->attached);
	printf("%lu late signals in %lu attachments\n", w->late, w->attached);
	return ktap_end();
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "events", required_argument, NULL, 'e' },
		{ "until", required_argument, NULL, 'u' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "no-shrink", no_argument, NULL, 'n' },
		{ "contradict", no_argument, NULL, 'c' },
		{ "times", no_argument, NULL, 't' },
		{ "late-signals", required_argument, NULL, 'l' },
		{ "exact-signals", no_argument, NULL, 'x' },
		{ NULL, 0, NULL, 0 },
	};
	struct run run = { .first = 1, .last = EVENTS };
	unsigned long start = io_now(), rounds = 0;
	long before[2];
	pthread_t thread;
	bool good, shrink = true, times = false;
	int option;

	setvbuf(stdout, NULL, _IOLBF, 0);
	world.seed = 1;
	world.patience = PATIENCE_US;
	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		switch (option) {
		case 's':
			world.seed = strtoul(optarg, NULL, 0);
			break;
		case 'e':
		case 'u':
			run.last = strtoul(optarg, NULL, 0);
			break;
		case 'v':
			world.verbose = true;
			break;
		case 't':
			times = true;
			break;
		case 'c':
			world.contradict = true;
			break;
		case 'l':
			rounds = strtoul(optarg, NULL, 0);
			break;
		case 'x':
			world.exact_signals = true;
			break;
		case 'n':
			shrink = false;
			break;
		default:
			usage();
		}
	}
	if (optind < argc || !run.last)
		usage();
	if (look_around(&world) || uevent_open())
		return 1;
	pthread_create(&thread, NULL, watch, NULL);
	before[0] = references("vfio_ap");
	before[1] = references("kvm");

	if (rounds)
		return run_late_signals(&world, rounds);
	ktap_begin(3);
	good = run_events(&world, &run);
	if (!good) {
		story_print(&world);
		run.last = world.event;
		if (shrink)
			shrink_run(&world, &run);
		ktap_not_ok("invariants", "seed %lu event %lu", (unsigned long)world.seed,
			    world.event);
		ktap_skip("event coverage", "the run ended early");
	} else {
		ktap_ok("invariants");
		proves_something(&world, run.last);
	}
	if (times) {
		event_print_times();
		printf("%7lu checks             %8lu us each\n", world.checks,
		       world.checking / world.checks);
	}
	print_summary(&world, run.last, start);
	world_end(&world);
	all_given_back(&world, before);
	return ktap_end();
}

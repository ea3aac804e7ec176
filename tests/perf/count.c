// SPDX-License-Identifier: GPL-2.0-only
/*
 * count MODE COMMAND...: runs a command with its output thrown away and prints
 * one line of numbers.
 *
 * time: milliseconds (the least of five runs) and peak memory in KiB
 * calls: system calls, by ptrace
 * instructions: of user space, by the machine's counter; "-" if it has none
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS	5

static void die(const char *what)
{
	fprintf(stderr, "count: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* A child that waits for a byte, or to be traced, before it becomes the command. */
static pid_t start(char **command, int wait_fd, bool traced)
{
	pid_t child = fork();
	char byte;
	int null;

	if (child < 0)
		die("fork");
	if (child)
		return child;
	null = open("/dev/null", O_RDWR);
	dup2(null, STDOUT_FILENO);
	if (traced && ptrace(PTRACE_TRACEME, 0, 0, 0))
		die("ptrace");
	if (wait_fd >= 0 && read(wait_fd, &byte, 1) < 0)
		die("read");
	execvp(*command, command);
	die(*command);
	return 0;
}

static void check_status(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "count: the command failed\n");
		exit(2);
	}
}

static void count_time(char **command)
{
	struct timespec begun, ended;
	struct rusage usage;
	double ms, least = 1e9;
	long memory = 0;
	int run, status;

	for (run = 0; run < RUNS; run++) {
		clock_gettime(CLOCK_MONOTONIC, &begun);
		if (wait4(start(command, -1, false), &status, 0, &usage) < 0)
			die("wait");
		clock_gettime(CLOCK_MONOTONIC, &ended);
		check_status(status);
		ms = (double)(ended.tv_sec - begun.tv_sec) * 1e3 +
		     (double)(ended.tv_nsec - begun.tv_nsec) / 1e6;
		if (ms < least)
			least = ms;
		if (usage.ru_maxrss > memory)
			memory = usage.ru_maxrss;
	}
	printf("%.1f %ld\n", least, memory);
}

static void count_calls(char **command)
{
	pid_t child = start(command, -1, true);
	unsigned long stops = 0;
	int status, pass = 0;

	if (waitpid(child, &status, 0) < 0)
		die("wait");
	ptrace(PTRACE_SETOPTIONS, child, 0,
	       PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	while (!ptrace(PTRACE_SYSCALL, child, 0, pass) &&
	       waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
		pass = 0;
		if (WSTOPSIG(status) == (SIGTRAP | 0x80))
			stops++;
		else if (WSTOPSIG(status) != SIGTRAP)
			pass = WSTOPSIG(status);
	}
	check_status(status);
	/* one on entry, one on return; exit does not return */
	printf("%lu\n", (stops + 1) / 2);
}

static void count_instructions(char **command)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE, .size = sizeof(attr),
		.config = PERF_COUNT_HW_INSTRUCTIONS,
		.exclude_kernel = 1, .exclude_hv = 1, .inherit = 1,
		.enable_on_exec = 1, .disabled = 1,
	};
	int gate[2], status, counter;
	uint64_t count = 0;
	pid_t child;

	if (pipe(gate))
		die("pipe");
	child = start(command, gate[0], false);
	counter = (int)syscall(SYS_perf_event_open, &attr, child, -1, -1, 0);
	if (write(gate[1], "", 1) != 1)
		die("write");
	if (waitpid(child, &status, 0) < 0)
		die("wait");
	check_status(status);
	if (counter >= 0 && read(counter, &count, sizeof(count)) == sizeof(count) &&
	    count)
		printf("%llu\n", (unsigned long long)count);
	else
		puts("-");
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "time"))
		count_time(argv + 2);
	else if (argc > 2 && !strcmp(argv[1], "calls"))
		count_calls(argv + 2);
	else if (argc > 2 && !strcmp(argv[1], "instructions"))
		count_instructions(argv + 2);
	else
		return fputs("count time|calls|instructions COMMAND...\n", stderr), 2;
	return 0;
}

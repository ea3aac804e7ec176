// SPDX-License-Identifier: GPL-2.0-only
/*
 * apvmm: a VMM for shell scripts.
 *
 * It reads commands from standard input, or is a server that clients connect to.
 */
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dispatch.h"
#include "serve.h"
#include "session.h"

static const char usage[] =
"usage: apvmm [UUID]                   commands from standard input, after vm and\n"
"                                      attach UUID if one is given\n"
"       apvmm --serve DIR              serve commands at DIR, in the foreground\n"
"       apvmm --start DIR              the same in the background; returns when it listens\n"
"       apvmm --send DIR COMMAND...    execute one command there; exit 0: ok,\n"
"                                      1: fail, 2: no server\n"
"       apvmm --wait DIR               wait until the server there has ended\n"
"       apvmm --fifo PRIORITY PROGRAM ARGUMENT...\n"
"                                      execute a program with real-time priority\n"
"The command help lists the commands.\n";

static int interpret(const char *uuid)
{
	static struct session session;
	char *line = NULL, first[96];
	size_t size = 0;
	int failed = 0;

	session_init(&session);
	if (uuid) {
		snprintf(first, sizeof(first), "attach %s", uuid);
		if (!session_command(&session, "vm", stdout) ||
		    !session_command(&session, first, stdout))
			failed = 1;
	}
	while (!session.quit && getline(&line, &size, stdin) > 0)
		if (!session_command(&session, line, stdout))
			failed = 1;
	if (!session.quit)
		session_close(&session);
	free(line);
	return failed;
}

static char *join(int argc, char **argv)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	for (int i = 0; i < argc; i++)
		fprintf(out, "%s%s", i ? " " : "", argv[i]);
	fclose(out);
	return text;
}

static int run_fifo(char **argv)
{
	const struct sched_param param = { .sched_priority = atoi(argv[0]) };

	if (sched_setscheduler(0, SCHED_FIFO, &param)) {
		perror("apvmm: sched_setscheduler");
		return 2;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 2;
}

int main(int argc, char **argv)
{
	const char *option = argc > 1 ? argv[1] : "";

	if (argc < 2 || (argc == 2 && option[0] != '-'))
		return interpret(argc > 1 ? option : NULL);
	if (argc == 3 && !strcmp(option, "--serve"))
		return serve(argv[2], false);
	if (argc == 3 && !strcmp(option, "--start"))
		return serve(argv[2], true);
	if (argc == 3 && !strcmp(option, "--wait"))
		return wait_for_server(argv[2]);
	if (argc > 3 && !strcmp(option, "--send"))
		return send_command(argv[2], join(argc - 3, argv + 3));
	if (argc > 3 && !strcmp(option, "--fifo"))
		return run_fifo(argv + 2);
	if (!strcmp(option, "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	fputs(usage, stderr);
	return 2;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * apvmm: a VMM for shell scripts.
 *
 * It reads commands from standard input, or is a server that clients connect to.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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
"       apvmm --signals PROGRAM ARGUMENT...\n"
"                                      execute a program that can be interrupted, also in\n"
"                                      the background of a shell, which ignores SIGINT\n"
"       apvmm --lock FD SECONDS        lock the open file FD, which the caller keeps open; exit 1\n"
"                                      if others hold it for SECONDS\n"
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

static int run_interruptible(char **argv)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	execvp(argv[0], argv);
	perror(argv[0]);
	return 2;
}

static void end_of_wait(int sig)
{
	(void)sig;
}

static int lock_file(int fd, unsigned int seconds)
{
	const struct sigaction action = { .sa_handler = end_of_wait };

	sigaction(SIGALRM, &action, NULL);
	alarm(seconds);
	return flock(fd, seconds ? LOCK_EX : LOCK_EX | LOCK_NB) ? 1 : 0;
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
	if (argc > 2 && !strcmp(option, "--signals"))
		return run_interruptible(argv + 2);
	if (argc == 4 && !strcmp(option, "--lock"))
		return lock_file(atoi(argv[2]), strtoul(argv[3], NULL, 10));
	if (!strcmp(option, "--help")) {
		fputs(usage, stdout);
		return 0;
	}
	fputs(usage, stderr);
	return 2;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes a command line: checks it against the declaration of the command,
 * runs the command and writes the answer.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dispatch.h"

static int run_help(struct call *call);

static const struct command general_commands[] = {
	{ .name = "help", .args = "", .summary = "list the commands", .run = run_help },
	{ }
};

static const struct command *const tables[] = {
	general_commands, vm_commands, vfio_commands, script_commands, stall_commands,
	hostile_commands, fuzz_commands, NULL
};

static int run_help(struct call *call)
{
	for (int t = 0; tables[t]; t++)
		for (const struct command *c = tables[t]; c->name; c++)
			fprintf(call->detail, "%-8s %-58s %s\n", c->name, c->args, c->summary);
	return 0;
}

static const struct command *find_command(const char *name)
{
	for (int t = 0; tables[t]; t++)
		for (const struct command *c = tables[t]; c->name; c++)
			if (!strcmp(c->name, name))
				return c;
	return NULL;
}

static int dispatch(struct call *call)
{
	const struct command *command = find_command(call->word[0]);
	int ret;

	if (!command)
		return refuse(call, "unknown command %s, try help", call->word[0]);
	call_move_flags(call, command->opts);
	if (call->nr - 1 < command->min || call->nr - 1 > command->max)
		return refuse(call, "usage: %s %s", command->name, command->args);
	ret = call_check(call, command->opts);
	if (ret)
		return ret;
	if (command->blocking)
		return command->run(call);
	pthread_mutex_lock(&call->session->lock);
	ret = command->run(call);
	pthread_mutex_unlock(&call->session->lock);
	return ret;
}

/* Executes one line. An empty one or a comment has no answer. */
bool session_command(struct session *session, const char *line, FILE *out)
{
	struct call call = { .session = session, .detail = out };
	char *copy = strdup(line), *answer = NULL;
	size_t len = 0;
	int ret;

	copy[strcspn(copy, "#\n")] = '\0';
	call.answer = open_memstream(&answer, &len);
	__atomic_add_fetch(&session->busy, 1, __ATOMIC_SEQ_CST);
	ret = call_parse(&call, copy);
	if (!ret && call.nr)
		ret = dispatch(&call);
	__atomic_sub_fetch(&session->busy, 1, __ATOMIC_SEQ_CST);
	fclose(call.answer);
	if (call.nr && ret >= 0)
		fprintf(out, "ok%s\n", answer);
	else if (call.nr && len)
		fprintf(out, "fail %s%s\n", lab_vmm_errno_name(ret), answer);
	else if (call.nr)
		fprintf(out, "fail %s at %s\n", lab_vmm_errno_name(ret), lab_vmm_failed_at());
	fflush(out);
	free(answer);
	free(copy);
	return ret >= 0;
}

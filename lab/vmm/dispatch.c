// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes a command line apart, checks it against the command's declaration
 * before anything is done, runs it and writes the answer.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"

static int run_help(struct call *call);

static const struct command general_commands[] = {
	{ .name = "help", .args = "", .summary = "list the commands", .run = run_help },
	{ }
};

static const struct command *const tables[] = {
	general_commands, vm_commands, vfio_commands, script_commands, stall_commands, NULL
};

int refuse(struct call *call, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputc(' ', call->answer);
	vfprintf(call->answer, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

static int run_help(struct call *call)
{
	for (int t = 0; tables[t]; t++)
		for (const struct command *c = tables[t]; c->name; c++)
			fprintf(call->detail, "%-8s %-58s %s\n", c->name, c->args, c->summary);
	return 0;
}

/* Decimal or 0x, and nothing behind it. */
int parse_number(const char *text, uint64_t *value)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	*value = strtoull(text, &end, 0);
	if (errno)
		return -errno;
	return *end ? -EINVAL : 0;
}

const char *call_value(const struct call *call, const char *key)
{
	size_t len = strlen(key);

	for (int i = 0; i < call->nr_opts; i++)
		if (!strncmp(call->opt[i], key, len) && call->opt[i][len] == '=')
			return call->opt[i] + len + 1;
	return NULL;
}

bool call_flag(const struct call *call, const char *flag)
{
	for (int i = 0; i < call->nr_opts; i++)
		if (!strcmp(call->opt[i], flag))
			return true;
	return false;
}

/* *value stays what it was if the key is not there. */
int call_number(const struct call *call, const char *key, uint64_t *value)
{
	const char *text = call_value(call, key);

	return text ? parse_number(text, value) : 0;
}

/* Flags are told from positional words by the command's declaration, later. */
int call_parse(struct call *call, char *line)
{
	char *save, *word;

	for (word = strtok_r(line, " \t\n", &save); word; word = strtok_r(NULL, " \t\n", &save)) {
		if (call->nr == MAX_WORDS || call->nr_opts == MAX_WORDS)
			return refuse(call, "too many words");
		if (call->nr && strchr(word, '='))
			call->opt[call->nr_opts++] = word;
		else
			call->word[call->nr++] = word;
	}
	return 0;
}

static bool is_listed(const char *const *opts, const char *opt)
{
	size_t len = strcspn(opt, "=");

	for (; opts && *opts; opts++)
		if (!strncmp(*opts, opt, len) && !strcmp(*opts + len, opt[len] ? "=" : ""))
			return true;
	return false;
}

static void move_flags(struct call *call, const char *const *opts)
{
	int kept = 1;

	for (int i = 1; i < call->nr; i++)
		if (is_listed(opts, call->word[i]) && call->nr_opts < MAX_WORDS)
			call->opt[call->nr_opts++] = call->word[i];
		else
			call->word[kept++] = call->word[i];
	call->nr = kept;
}

int call_check(const struct call *call, const char *const *opts)
{
	for (int i = 0; i < call->nr_opts; i++)
		if (!is_listed(opts, call->opt[i]))
			return refuse((struct call *)call, "%s does not take %s", call->word[0],
				      call->opt[i]);
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
	move_flags(call, command->opts);
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

/* Carries out one line; an empty one or a comment is neither ok nor fail. */
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

void session_init(struct session *session)
{
	pthread_mutex_init(&session->lock, NULL);
	session->stall.uffd = -1;
	pthread_cond_init(&session->stall.begun, NULL);
	for (int i = 0; i < MAX_EVTS; i++)
		session->evts[i].fd = -1;
}

/* In the order in which a VMM ends: devices first, then the VMs. */
void session_close(struct session *session)
{
	session_free_devices(session);
	for (int i = 0; i < MAX_VMS; i++) {
		struct vm_slot *slot = &session->vms[i];

		lab_vmm_destroy(slot->vm);
		for (int cpu = 0; cpu < LAB_VMM_MAX_VCPUS; cpu++)
			lab_script_free(slot->spin[cpu]);
		lab_script_free(slot->pending);
		memset(slot, 0, sizeof(*slot));
	}
	for (int i = 0; i < MAX_EVTS; i++)
		if (session->evts[i].fd >= 0)
			close(session->evts[i].fd);
}

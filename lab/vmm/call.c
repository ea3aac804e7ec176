// SPDX-License-Identifier: GPL-2.0-only
/*
 * A command line: its words, options and numbers.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

int refuse(struct call *call, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputc(' ', call->answer);
	vfprintf(call->answer, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

/* Decimal or 0x, without trailing characters. */
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

/* *value does not change if the key is missing. */
int call_number(const struct call *call, const char *key, uint64_t *value)
{
	const char *text = call_value(call, key);

	return text ? parse_number(text, value) : 0;
}

/* call_move_flags() separates flags from positional words later. */
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

void call_move_flags(struct call *call, const char *const *opts)
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

/* The VM named by vm=, else the current one; NULL after a refusal. */
struct vm_slot *call_vm(struct call *call)
{
	const char *name = call_value(call, "vm");
	struct session *session = call->session;

	if (!name) {
		if (!session->current)
			refuse(call, "no VM yet");
		return session->current;
	}
	for (int i = 0; i < MAX_VMS; i++)
		if (session->vms[i].vm && !strcmp(session->vms[i].name, name))
			return &session->vms[i];
	refuse(call, "no VM named %s", name);
	return NULL;
}

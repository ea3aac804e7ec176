// SPDX-License-Identifier: GPL-2.0-only
/* Completion for zsh, from the tables. See completion.h. */
#include <string.h>

#include "ui/completion.h"
#include "ui/help.h"

/* Within '...[...]...' of _arguments: what ends the brackets is escaped. */
static void put_help(FILE *out, const char *help)
{
	for (; *help; help++) {
		if (*help == '\'')
			fputs("'\\''", out);
		else if (strchr("[]:\\", *help))
			fprintf(out, "\\%c", *help);
		else
			fputc(*help, out);
	}
}

/* After a blank, so that _arguments puts no options before the words. */
static void put_call(FILE *out, const char *call, const char *words)
{
	fprintf(out, " %s%s", call, words ? " " : "");
	completion_words(out, words);
}

static void put_action(FILE *out, enum argument argument, const char *words,
		       bool adapters)
{
	switch (argument) {
	case ARG_WORDS:
		fputc('(', out);
		completion_words(out, words);
		fputc(')', out);
		break;
	case ARG_WORD_LIST:
		put_call(out, "_values -s , word", words);
		break;
	case ARG_FILE:
		fputs("_files", out);
		break;
	case ARG_DIRECTORY:
		fputs("_files -/", out);
		break;
	case ARG_MATRIX:
		put_call(out, "_apmatrix_names", words);
		break;
	case ARG_APQN:
		put_call(out, "_apmatrix_queues", words);
		break;
	case ARG_IDS:
		put_call(out, adapters ? "_apmatrix_ids 1" : "_apmatrix_ids 2", words);
		break;
	case ARG_TOPIC:
		fputs("_apmatrix_topics", out);
		break;
	case ARG_NONE:
	case ARG_SECONDS:
	case ARG_TEXT:
		fputc(' ', out);
		break;
	}
}

/* '(-a --adapters)'{-a,--adapters}'[help]:IDS:action' */
static void put_option(FILE *out, enum option option, const char *formats)
{
	const struct option_desc *desc = &option_descs[option];
	const char *words = option == OPT_FORMAT && formats ? formats : desc->words;
	const char *many = desc->list ? "*" : "";

	if (desc->letter && desc->list)
		fprintf(out, "\t\t'*'{-%c,--%s}'[", desc->letter, desc->name);
	else if (desc->letter)
		fprintf(out, "\t\t'(-%c --%s)'{-%c,--%s}'[", desc->letter,
			desc->name, desc->letter, desc->name);
	else
		fprintf(out, "\t\t'%s--%s[", many, desc->name);
	put_help(out, desc->help);
	fputc(']', out);
	if (desc->argument != ARG_NONE) {
		fprintf(out, ":%s:", desc->placeholder);
		put_action(out, desc->argument, words, option == OPT_ADAPTERS);
	}
	fputs("' \\\n", out);
}

static void put_command(FILE *out, const struct command *command)
{
	const enum option *option;
	unsigned int i;

	fprintf(out, "_apmatrix_%s()\n{\n\t_arguments -s \\\n", command->name);
	for (i = 0; i < OPT_GLOBAL_NR; i++)
		put_option(out, i, command->formats);
	for (option = command->options; *option != OPT_NR; option++)
		put_option(out, *option, NULL);
	if (*command->operands) {
		fputs("\t\t'*:", out);
		put_help(out, command->operands);
		fputc(':', out);
		put_action(out, command->operand, command->operand_words, false);
		if (command->operand == ARG_MATRIX)
			fputs(" all", out);
		fputs("' \\\n", out);
	}
	fputs("\t\t&& return 0\n}\n\n", out);
}

void completion_zsh(const struct command *const *commands, FILE *out)
{
	unsigned int i;

	fputs("#compdef apmatrix\n"
	      "# SPDX-License-Identifier: GPL-2.0-only\n"
	      "# zsh completion for apmatrix; printed by apmatrix completion zsh\n\n"
	      "_apmatrix_names()\n{\n"
	      "\tlocal -a names=(${${(f)\"$(apmatrix list --no-headings 2>/dev/null)\"}%% *})\n"
	      "\tcompadd -- $names \"$@\"\n}\n\n"
	      "_apmatrix_queues()\n{\n"
	      "\tlocal -a queues=(${${(f)\"$(apmatrix queues --no-headings 2>/dev/null)\"}%% *})\n"
	      "\t_values -s , queue $queues \"$@\"\n}\n\n"
	      "# the adapters (1) or domains (2) of this host's queues\n"
	      "_apmatrix_ids()\n{\n"
	      "\tlocal -a queues=(${${(f)\"$(apmatrix queues --no-headings 2>/dev/null)\"}%% *})\n"
	      "\tlocal -aU ids\n"
	      "\tif [[ $1 == 1 ]]; then\n\t\tids=(0x${^queues%.*})\n"
	      "\telse\n\t\tids=(0x${^queues#*.00})\n\tfi\n"
	      "\t_values -s , id $ids \"${@:2}\"\n}\n\n"
	      "_apmatrix_topics()\n{\n\tcompadd --", out);
	for (i = 0; commands[i]; i++)
		fprintf(out, " %s", commands[i]->name);
	fputs(" " HELP_COMMANDS " " HELP_OPTIONS "\n}\n\n", out);
	for (i = 0; commands[i]; i++)
		put_command(out, commands[i]);
	fputs("_apmatrix()\n{\n\tlocal context state state_descr line\n"
	      "\ttypeset -A opt_args\n\tlocal -a commands=(\n", out);
	for (i = 0; commands[i]; i++) {
		fprintf(out, "\t\t'%s:", commands[i]->name);
		put_help(out, commands[i]->summary);
		fputs("'\n", out);
	}
	fputs("\t)\n\n\t_arguments -C -s \\\n", out);
	for (i = 0; i < OPT_GLOBAL_NR; i++)
		put_option(out, i, NULL);
	fputs("\t\t'1:command:->command' '*::operand:->operand' && return 0\n"
	      "\tcase $state in\n"
	      "\tcommand) _describe command commands ;;\n"
	      "\toperand) (( $+functions[_apmatrix_$words[1]] )) && _apmatrix_$words[1] ;;\n"
	      "\tesac\n}\n\n_apmatrix \"$@\"\n", out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Completion for bash, from the tables. See completion.h. */
#include <string.h>

#include "ui/completion.h"
#include "ui/help.h"

/* a|b|c as a b c */
void completion_words(FILE *out, const char *words)
{
	for (; words && *words; words++)
		fputc(*words == '|' ? ' ' : *words, out);
}

static void put_option_names(FILE *out, const struct option_desc *desc,
			     const char *between)
{
	if (desc->letter)
		fprintf(out, "-%c%s", desc->letter, between);
	fprintf(out, "--%s", desc->name);
}

/* All options whose next word is their argument: -a|--adapters|... */
static void put_taking(FILE *out)
{
	const char *before = "";
	unsigned int i;

	for (i = 0; i < OPT_NR; i++) {
		if (option_descs[i].argument == ARG_NONE)
			continue;
		fputs(before, out);
		put_option_names(out, &option_descs[i], "|");
		before = "|";
	}
}

static void put_formats(const struct command *const *commands, FILE *out)
{
	unsigned int i;

	fputs("\t--format)\n\t\tcase $command in\n", out);
	for (i = 0; commands[i]; i++) {
		fprintf(out, "\t\t%s) words=\"", commands[i]->name);
		completion_words(out, commands[i]->formats);
		fputs("\" ;;\n", out);
	}
	fputs("\t\t*) words=\"", out);
	completion_words(out, option_descs[OPT_FORMAT].words);
	fputs("\" ;;\n\t\tesac ;;\n", out);
}

static void put_topics(const struct command *const *commands, FILE *out)
{
	unsigned int i;

	for (i = 0; commands[i]; i++)
		fprintf(out, "%s ", commands[i]->name);
	fputs(HELP_COMMANDS " " HELP_OPTIONS, out);
}

/* What a function prints, and the words that can stand instead. */
static void put_call(FILE *out, const char *call, const char *words)
{
	fprintf(out, "words=\"$(%s)%s", call, words ? " " : "");
	completion_words(out, words);
	fputs("\" ;;\n", out);
}

static void put_argument(const struct command *const *commands, FILE *out,
			 enum argument argument, const char *words, bool adapters)
{
	switch (argument) {
	case ARG_IDS:
		put_call(out, adapters ? "_apmatrix_ids 1" : "_apmatrix_ids 2", words);
		break;
	case ARG_TOPIC:
		fputs("words=\"", out);
		put_topics(commands, out);
		fputs("\" ;;\n", out);
		break;
	case ARG_WORDS:
		fputs("words=\"", out);
		completion_words(out, words);
		fputs("\" ;;\n", out);
		break;
	case ARG_WORD_LIST:
		fputs("words=\"$(_apmatrix_list ", out);
		completion_words(out, words);
		fputs(")\" ;;\n", out);
		break;
	case ARG_FILE:
		fputs("compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;\n", out);
		break;
	case ARG_DIRECTORY:
		fputs("compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); return ;;\n", out);
		break;
	case ARG_MATRIX:
		put_call(out, "_apmatrix_names", words);
		break;
	case ARG_APQN:
		put_call(out, "_apmatrix_list $(_apmatrix_queues)", words);
		break;
	case ARG_NONE:
	case ARG_SECONDS:
	case ARG_TEXT:
		fputs("return ;;\n", out);
		break;
	}
}

static void put_option_arguments(const struct command *const *commands,
				 FILE *out)
{
	unsigned int i;

	fputs("\tcase $prev in\n", out);
	put_formats(commands, out);
	for (i = 0; i < OPT_NR; i++) {
		const struct option_desc *desc = &option_descs[i];

		if (desc->argument == ARG_NONE || i == OPT_FORMAT)
			continue;
		fputc('\t', out);
		put_option_names(out, desc, "|");
		fputs(") ", out);
		put_argument(commands, out, desc->argument, desc->words,
			     i == OPT_ADAPTERS);
	}
	fputs("\t*)\n\t\tcase $cur:$command in\n", out);
}

static void put_command_options(const struct command *const *commands,
				FILE *out)
{
	const enum option *option;
	unsigned int i;

	for (i = 0; commands[i]; i++) {
		fprintf(out, "\t\t-*:%s) words=\"$global", commands[i]->name);
		for (option = commands[i]->options; *option != OPT_NR; option++) {
			fputc(' ', out);
			put_option_names(out, &option_descs[*option], " ");
		}
		fputs("\" ;;\n", out);
	}
	fputs("\t\t-*) words=$global ;;\n\t\t*:)\n\t\t\twords=\"", out);
	for (i = 0; commands[i]; i++)
		fprintf(out, "%s%s", i ? " " : "", commands[i]->name);
	fputs("\" ;;\n", out);
}

static void put_operands(const struct command *const *commands, FILE *out)
{
	unsigned int i;

	for (i = 0; commands[i]; i++) {
		fprintf(out, "\t\t*:%s) ", commands[i]->name);
		put_argument(commands, out, commands[i]->operand,
			     commands[i]->operand_words, false);
	}
	fputs("\t\tesac ;;\n\tesac\n", out);
}

void completion_bash(const struct command *const *commands, FILE *out)
{
	unsigned int i;

	fputs("# SPDX-License-Identifier: GPL-2.0-only\n"
	      "# bash completion for apmatrix; printed by apmatrix completion bash\n\n"
	      "_apmatrix_names()\n{\n"
	      "\tapmatrix list --no-headings 2>/dev/null |\n"
	      "\t\twhile read -r name uuid _; do echo \"${name#-} $uuid\"; done\n}\n\n"
	      "_apmatrix_queues()\n{\n"
	      "\tapmatrix queues --no-headings 2>/dev/null |\n"
	      "\t\twhile read -r queue _; do echo \"$queue\"; done\n}\n\n"
	      "# the words that are not in the list yet, after what is typed already\n"
	      "_apmatrix_list()\n{\n"
	      "\tlocal before=${cur%\"${cur##*,}\"} word\n"
	      "\tfor word; do\n"
	      "\t\t[[ ,$before == *\",$word,\"* ]] || echo \"$before$word\"\n\tdone\n}\n\n"
	      "# the adapters (1) or domains (2) of this host's queues, after what is typed already\n"
	      "_apmatrix_ids()\n{\n"
	      "\tlocal before=${cur%\"${cur##*,}\"} id\n"
	      "\tfor id in $(apmatrix queues --no-headings 2>/dev/null | cut -d ' ' -f 1 |\n"
	      "\t\tcut -d . -f \"$1\" | sed 's/^00\\(..\\)$/\\1/' | sort -u); do\n"
	      "\t\techo \"${before}0x$id\"\n\tdone\n}\n\n"
	      "_apmatrix()\n{\n"
	      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\tlocal command='' words='' i\n"
	      "\tlocal global=\"", out);
	for (i = 0; i < OPT_GLOBAL_NR; i++) {
		fputs(i ? " " : "", out);
		put_option_names(out, &option_descs[i], " ");
	}
	fputs("\"\n\n\t# --option=value comes as three words\n"
	      "\tif [[ $cur == = ]]; then\n\t\tcur=\n"
	      "\telif [[ $prev == = ]]; then\n\t\tprev=${COMP_WORDS[COMP_CWORD-2]}\n\tfi\n"
	      "\tCOMPREPLY=()\n\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\tcase ${COMP_WORDS[i]} in\n\t\t", out);
	put_taking(out);
	fputs(") ((i++)) ;;\n\t\t-*) ;;\n"
	      "\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n", out);
	put_option_arguments(commands, out);
	put_command_options(commands, out);
	put_operands(commands, out);
	fputs("\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n\n"
	      "complete -F _apmatrix apmatrix\n", out);
}

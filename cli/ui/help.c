// SPDX-License-Identifier: GPL-2.0-only
/* --help, from the tables. */
#include <string.h>

#include "context/command.h"
#include "lib/exit-code.h"
#include "output/render.h"

#define HELP_COLUMN	26
#define HELP_WIDTH	79

static void put_option(FILE *out, const struct option_desc *desc)
{
	int at;

	if (desc->letter)
		at = fprintf(out, "  -%c, --%s", desc->letter, desc->name);
	else
		at = fprintf(out, "      --%s", desc->name);
	if (desc->argument != ARG_NONE)
		at += fprintf(out, " %s", desc->placeholder);
	if (at >= HELP_COLUMN - 1)
		at = fprintf(out, "\n") - 1;
	fprintf(out, "%*s", HELP_COLUMN - at, "");
	put_wrapped(out, desc->help, HELP_COLUMN, HELP_WIDTH);
}

static void put_global_options(FILE *out)
{
	unsigned int i;

	fputs("\nOptions of every command:\n", out);
	for (i = 0; i < OPT_GLOBAL_NR; i++)
		put_option(out, &option_descs[i]);
}

static void put_exit_codes(FILE *out)
{
	unsigned int i;

	fputs("\nExit status:\n", out);
	for (i = 0; i < EXIT_CODE_NR; i++)
		fprintf(out, "  %2u  %-12s %s\n", i, exit_code_name(i),
			exit_code_sentence(i));
}

void help_overview(FILE *out)
{
	unsigned int group, i;

	fputs("Usage: apmatrix [OPTION...] [COMMAND [MATRIX...] [OPTION...]]\n\n"
	      "Gives adapters and domains of IBM Z crypto cards to KVM guests, also while\n"
	      "they run, shows what they have, and says why something is missing.\n"
	      "Without a command it lists what is there.\n", out);
	for (group = 0; group < GROUP_NR; group++) {
		fprintf(out, "\n%s:\n", command_group_titles[group]);
		for (i = 0; commands[i]; i++) {
			if (commands[i]->group == group)
				fprintf(out, "  %-12s %s\n", commands[i]->name,
					commands[i]->summary);
		}
	}
	fputs("\nMATRIX is a name, a uuid, or guest:NAME for what libvirt gives to a guest. IDS\n"
	      "are numbers from 0 to 255, decimal or with 0x, as a list (5,7) or range (5-7).\n"
	      "Ids are printed with 0x, in JSON as integers; a queue is 05.00ab, as the kernel\n"
	      "writes it. Whatever is printed can be typed.\n",
	      out);
	put_global_options(out);
	put_exit_codes(out);
	fputs("\nSee apmatrix(8), and apmatrix COMMAND --help.\n", out);
}

static void put_terms(FILE *out, const struct command *command)
{
	const struct help_term *term;

	fprintf(out, "\n%s:\n", command->terms_title);
	for (term = command->terms; term->word; term++) {
		fprintf(out, "  %-*s", HELP_COLUMN - 2, term->word);
		put_wrapped(out, term->help, HELP_COLUMN, HELP_WIDTH);
	}
}

void help_command(const struct command *command, FILE *out)
{
	const enum option *option;

	fprintf(out, "Usage: apmatrix %s%s%s [OPTION...]\n\n%s.\n", command->name,
		*command->operands ? " " : "", command->operands,
		command->summary);
	if (command->description)
		fprintf(out, "\n%s\n", command->description);
	if (*command->options != OPT_NR)
		fputs("\nOptions:\n", out);
	for (option = command->options; *option != OPT_NR; option++)
		put_option(out, &option_descs[*option]);
	put_global_options(out);
	if (command->terms)
		put_terms(out, command);
	if (command->examples)
		fprintf(out, "\nExamples:\n%s\n", command->examples);
	put_exit_codes(out);
	fprintf(out, "\nSee apmatrix-%s(8).\n", command->name);
}

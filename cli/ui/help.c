// SPDX-License-Identifier: GPL-2.0-only
/* Help, printed from the tables. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ui/help.h"
#include "lib/exit-code.h"
#include "lib/text.h"
#include "output/render.h"

#define HELP_COLUMN	26
#define HELP_WIDTH	79
#define HELP_NARROWEST	(HELP_COLUMN + 24)

/* That of the terminal, if it is narrower. */
static unsigned int help_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col ||
	    size.ws_col > HELP_WIDTH)
		return HELP_WIDTH;
	return size.ws_col > HELP_NARROWEST ? size.ws_col - 1u : HELP_NARROWEST;
}

/* Paragraphs, between empty lines, each broken at the margin. */
static void put_paragraphs(FILE *out, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		char *paragraph = xstrndup(text, end ? (size_t)(end - text) : strlen(text));
		char *at;

		for (at = paragraph; *at; at++) {
			if (*at == '\n')
				*at = ' ';
		}
		put_wrapped(out, paragraph, 0, help_width());
		free(paragraph);
		if (!end)
			return;
		fputc('\n', out);
		text = end + 2;
	}
}

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
	put_wrapped(out, desc->help, HELP_COLUMN, help_width());
}

void help_options(FILE *out)
{
	unsigned int i;

	fputs("Common options, before or after the command:\n", out);
	for (i = 0; i < OPT_GLOBAL_NR; i++)
		put_option(out, &option_descs[i]);
	fputs("\nExit status:\n", out);
	for (i = 0; i < EXIT_CODE_NR; i++)
		fprintf(out, "  %2u  %-12s %s\n", i, exit_code_name(i),
			exit_code_sentence(i));
}

void help_overview(const struct command *const *commands, FILE *out)
{
	unsigned int group, i;

	fputs("Usage: apmatrix [OPTION...] [COMMAND [MATRIX...] [OPTION...]]\n\n"
	      "Assigns IBM Z crypto adapters and domains to KVM guests, also while they run,\n"
	      "shows what the guests have, and explains what is missing.\n"
	      "Without a command it lists all matrices.\n", out);
	for (group = 0; group < GROUP_NR; group++) {
		fprintf(out, "\n%s:\n", command_group_titles[group]);
		for (i = 0; commands[i]; i++) {
			if (commands[i]->group == group)
				fprintf(out, "  %-12s %s\n", commands[i]->name,
					commands[i]->summary);
		}
	}
	fputs("\nMATRIX  name, UUID, guest:NAME (the matrix of a libvirt guest) or all\n"
	      "IDS     numbers from 0 to 255, decimal or with 0x: 5,7 or 5-7 or 0x0a\n"
	      "APQN    queue as the kernel prints it, in hexadecimal: 05.00ab\n"
	      "Output has the same forms and can be typed back; in JSON, IDs are integers.\n"
	      "\nFor example:\n"
	      "  apmatrix create web1 --queues 2 --reserve --persist     a matrix, also at boot\n"
	      "  apmatrix export web1 --as hostdev |                     ... into a guest\n"
	      "      virsh attach-device GUEST /dev/stdin --live --config\n"
	      "  apmatrix assign web1 -a 7 --reserve --dry-run           preview of any change\n"
	      "  apmatrix unassign web1 -a 7 --allow-loss                from a running guest\n"
	      "  apmatrix undo                                           the last change\n"
	      "  apmatrix explain                                        what is missing, and why\n"
	      "  apmatrix export >FILE; apmatrix apply FILE --prune --any-owner    put back whole\n"
	      "\nHelp: apmatrix COMMAND --help; apmatrix help " HELP_OPTIONS
	      " (common options, exit status)\n", out);
}

static void put_terms(FILE *out, const struct command *command)
{
	const struct help_term *term;

	fprintf(out, "\n%s:\n", command->terms_title);
	for (term = command->terms; term->word; term++) {
		int at = fprintf(out, "  %s", term->word);

		if (at >= HELP_COLUMN - 1)
			at = fprintf(out, "\n") - 1;
		fprintf(out, "%*s", HELP_COLUMN - at, "");
		put_wrapped(out, term->help, HELP_COLUMN, help_width());
		if (term->fix && *term->fix)
			fprintf(out, "%*sfix: %s\n", HELP_COLUMN, "", term->fix);
	}
}

/* What --format accepts, where that is more than text and JSON. */
static void put_formats(FILE *out, const char *words)
{
	if (!strcmp(words, "table") || !strcmp(words, "table|json"))
		return;
	fputs("\nFormats (--format): ", out);
	for (; *words; words++) {
		if (*words == '|')
			fputs(", ", out);
		else
			fputc(*words, out);
	}
	fputc('\n', out);
}

void help_command(const struct command *command, FILE *out)
{
	const enum option *option;
	char *see;

	fprintf(out, "Usage: apmatrix %s%s%s [OPTION...]\n\n%s.\n", command->name,
		*command->operands ? " " : "", command->operands,
		command->summary);
	if (command->description) {
		fputc('\n', out);
		put_paragraphs(out, command->description);
	}
	if (*command->options != OPT_NR)
		fputs("\nOptions:\n", out);
	for (option = command->options; *option != OPT_NR; option++)
		put_option(out, &option_descs[*option]);
	put_formats(out, command->formats);
	if (command->terms)
		put_terms(out, command);
	if (command->examples)
		fprintf(out, "\nExamples:\n%s\n", command->examples);
	see = xasprintf("See apmatrix-%s(8), and apmatrix help " HELP_OPTIONS
			" (common options, exit status).", command->name);
	fputc('\n', out);
	put_wrapped(out, see, 0, help_width());
	free(see);
}

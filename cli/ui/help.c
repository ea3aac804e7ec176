// SPDX-License-Identifier: GPL-2.0-only
/* Help, printed from the tables. */
#include <ctype.h>
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

void help_commands(const struct command *const *commands, FILE *out)
{
	unsigned int group, i;

	for (group = 0; group < GROUP_NR; group++) {
		fprintf(out, "%s%s:\n", group ? "\n" : "", command_group_titles[group]);
		for (i = 0; commands[i]; i++) {
			if (commands[i]->group == group)
				fprintf(out, "  %-12s %s\n", commands[i]->name,
					commands[i]->summary);
		}
	}
}

/* One screen, by what users want; each command is named once (see host/cases/manual.t). */
void help_overview(FILE *out)
{
	fputs("Usage: apmatrix [COMMAND] [MATRIX...] [OPTION...]\n\n"
	      "Gives queues of IBM Z crypto adapters to KVM guests, also while they run.\n"
	      "A matrix is what one guest gets: each of its adapters in each of its domains.\n"
	      "\nShow:\n"
	      "  list            matrices, and how many queues their guests have (the default)\n"
	      "  show            all about a matrix, or one value: --field missing-count\n"
	      "  status          this host on one screen, and what a reboot would lose\n"
	      "  explain         which queues a guest lacks, why, and what fixes it\n"
	      "  queues, grid    queues and who has them, as a list or as a map\n"
	      "  check, doctor   conflicts and differences; problems of this host\n"
	      "  monitor         changes; apmatrix-monitor.service writes them to the journal\n"
	      "\nChange (--dry-run: preview; --persist: also after a reboot):\n"
	      "  create          a new matrix, of IDs or of a number of queues (--queues)\n"
	      "  assign          add adapters, domains, or a number of queues to a matrix\n"
	      "  unassign, set   remove them; set them\n"
	      "  start, stop     make matrices that have a definition active or inactive\n"
	      "  autostart       start matrices at boot, or no longer\n"
	      "  rename, remove  change the name; remove a matrix and its definition\n"
	      "  pool            give queues of the host to guests, or return them\n"
	      "  undo            take the last change back\n"
	      "\nPlan files:\n"
	      "  export          write matrices and pool as a plan, or a matrix for a guest\n"
	      "  plan, apply     compare this host with a plan; make it match the plan\n"
	      "\nOther: batch, completion, confirm, define, help, host, import, metrics,\n"
	      "  persist, refresh, restore, undefine, wait\n"
	      "\nMATRIX is a name, a UUID, guest:NAME, or all. IDs are decimal, or hexadecimal\n"
	      "with 0x: 5-7,0x0a. Queues are as the kernel prints them: 05.00ab.\n"
	      "\nExamples:\n"
	      "  apmatrix create web1 --queues 2 --reserve --persist\n"
	      "  apmatrix export web1 --as hostdev |\n"
	      "      virsh attach-device GUEST /dev/stdin --live --config\n"
	      "  apmatrix unassign web1 -a 7 --allow-loss        from a running guest\n"
	      "  apmatrix export >FILE; apmatrix apply FILE --prune --any-owner    restore all\n"
	      "\nMore: apmatrix COMMAND --help, apmatrix help " HELP_COMMANDS
	      ", apmatrix help " HELP_OPTIONS "\n", out);
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

	fprintf(out, "Usage: apmatrix %s%s%s [OPTION...]\n\n%c%s.\n", command->name,
		*command->operands ? " " : "", command->operands,
		toupper((unsigned char)*command->summary), command->summary + 1);
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

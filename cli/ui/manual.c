// SPDX-License-Identifier: GPL-2.0-only
/* The page of a command in the language of man(7). See completion.h. */
#include <ctype.h>
#include <string.h>

#include "context/apmatrix.h"
#include "lib/exit-code.h"
#include "ui/completion.h"

/* Text as it is: nothing of it is taken for an order to troff. */
static void put_text(FILE *out, const char *text, size_t len)
{
	size_t i;

	if (len && (*text == '.' || *text == '\''))
		fputs("\\&", out);
	for (i = 0; i < len; i++) {
		if (text[i] == '\\')
			fputs("\\e", out);
		else if (text[i] == '-')
			fputs("\\-", out);
		else
			fputc(text[i], out);
		if (text[i] == '\n' && (text[i + 1] == '.' || text[i + 1] == '\''))
			fputs("\\&", out);
	}
}

static void put_line(FILE *out, const char *text)
{
	put_text(out, text, strlen(text));
	fputc('\n', out);
}

static void put_paragraphs(FILE *out, const char *text)
{
	const char *end;

	while ((end = strstr(text, "\n\n"))) {
		put_text(out, text, (size_t)(end - text));
		fputs("\n.PP\n", out);
		text = end + 2;
	}
	put_line(out, text);
}

/* words: what this command takes of them */
static void put_option(FILE *out, const struct option_desc *desc,
		       const char *words)
{
	fputs(".TP\n\\fB", out);
	if (desc->letter)
		fprintf(out, "\\-%c\\fR, \\fB", desc->letter);
	fputs("\\-\\-", out);
	put_text(out, desc->name, strlen(desc->name));
	fputs("\\fR", out);
	if (desc->argument != ARG_NONE)
		fprintf(out, " \\fI%s\\fR", desc->placeholder);
	fputc('\n', out);
	put_line(out, desc->help);
	if (desc->argument == ARG_WORDS) {
		const char *word = words;

		fputs("Known are", out);
		while (*word) {
			size_t len = strcspn(word, "|");

			fputs(" \\fB", out);
			put_text(out, word, len);
			fputs("\\fR", out);
			word += len;
			if (*word++ != '|')
				break;
			fputs(word[strcspn(word, "|")] ? "," : " and", out);
		}
		fputs(".\n", out);
	}
}

static void put_exit_codes(FILE *out)
{
	unsigned int i;

	fputs(".SH EXIT STATUS\n", out);
	for (i = 0; i < EXIT_CODE_NR; i++) {
		fprintf(out, ".TP\n.B %u %s\n", i, exit_code_name(i));
		put_line(out, exit_code_sentence(i));
	}
}

static void put_upper(FILE *out, const char *word)
{
	for (; *word; word++)
		fputc(toupper((unsigned char)*word), out);
}

static void put_terms(FILE *out, const struct command *command)
{
	const struct help_term *term;

	fputs(".SH ", out);
	put_upper(out, command->terms_title);
	fputc('\n', out);
	for (term = command->terms; term->word; term++) {
		fputs(".TP\n.B ", out);
		put_line(out, term->word);
		put_line(out, term->help);
	}
}

static void put_head(FILE *out, const struct command *command)
{
	fputs(".\\\" SPDX-License-Identifier: GPL-2.0-only\n"
	      ".\\\" Printed by apmatrix help --format man; make man does it for all.\n"
	      ".TH APMATRIX\\-", out);
	put_upper(out, command->name);
	fputs(" 8 \"\" apmatrix \"System Administration\"\n", out);
	fprintf(out, ".SH NAME\napmatrix\\-%s \\- ", command->name);
	put_line(out, command->summary);
	fprintf(out, ".SH SYNOPSIS\n.B apmatrix %s\n", command->name);
	if (*command->operands)
		put_line(out, command->operands);
	fputs(".RI [ OPTION ...]\n", out);
}

void manual_command(const struct command *command, FILE *out)
{
	const enum option *option;
	unsigned int i;

	put_head(out, command);
	if (command->description) {
		fputs(".SH DESCRIPTION\n", out);
		put_paragraphs(out, command->description);
	}
	if (*command->options != OPT_NR)
		fputs(".SH OPTIONS\n", out);
	for (option = command->options; *option != OPT_NR; option++)
		put_option(out, &option_descs[*option], option_descs[*option].words);
	fputs(".SH OPTIONS OF EVERY COMMAND\n", out);
	for (i = 0; i < OPT_GLOBAL_NR; i++)
		put_option(out, &option_descs[i], i == OPT_FORMAT ?
			   command->formats : option_descs[i].words);
	if (command->terms)
		put_terms(out, command);
	if (command->examples) {
		fputs(".SH EXAMPLES\n.EX\n", out);
		put_line(out, command->examples);
		fputs(".EE\n", out);
	}
	put_exit_codes(out);
	fputs(".SH SEE ALSO\n.BR apmatrix (8),\n.BR vfio_ap (4)\n", out);
}

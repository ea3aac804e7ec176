// SPDX-License-Identifier: GPL-2.0-only
/* completion: prints shell completion. */
#include "context/error.h"
#include "ui/completion.h"

static int run(struct apmatrix *apm)
{
	if (str_is(apm->operands[0], "bash") || str_is(apm->operands[0], "zsh"))
		return EXIT_CODE_OK;
	problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "unsupported shell \"%s\"",
				  apm->operands[0]), "supported shells: bash, zsh");
	return EXIT_CODE_USAGE;
}

static void text(struct apmatrix *apm, FILE *out)
{
	if (str_is(apm->operands[0], "zsh"))
		completion_zsh(apm->commands, out);
	else
		completion_bash(apm->commands, out);
}

static const enum option options[] = { OPT_NR };

const struct command cmd_completion = {
	.name = "completion",
	.group = GROUP_MISC,
	.operands = "SHELL",
	.operand = ARG_WORDS,
	.operand_words = "bash|zsh",
	.min_operands = 1,
	.max_operands = 1,
	.summary = "print shell completion",
	.description =
"SHELL is bash or zsh. For shells where the package has not installed it.",
	.options = options,
	.formats = "table",
	.examples =
"  source <(apmatrix completion bash)\n"
"  apmatrix completion zsh >\"${fpath[1]}/_apmatrix\"",
	.run = run,
	.text = text,
};

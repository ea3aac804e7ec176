// SPDX-License-Identifier: GPL-2.0-only
/*
 * apmatrix-model: apmatrix on a tree that behaves as a kernel (--root DIR or
 * APMATRIX_ROOT), and apmatrix-model event ... for what happens from outside.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "model-kernel.h"
#include "ui/run.h"

int main(int argc, char **argv)
{
	int ret;

	/* what waits for a confirmation is not what is to be killed */
	if (argc > 2 && !strcmp(argv[2], "--unconfirmed"))
		unsetenv("MODEL_KILL");
	if (argc < 3 || strcmp(argv[1], "event"))
		return apmatrix_main(argc, argv, &model_kernel_ops, commands);
	ret = model_kernel_event(getenv("APMATRIX_ROOT"), argv + 2);
	if (ret)
		fprintf(stderr, "event: %s\n", strerror(-ret));
	return ret ? 1 : 0;
}

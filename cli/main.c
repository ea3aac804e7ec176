// SPDX-License-Identifier: GPL-2.0-only
/* main() of the installed program: the real sysfs, nothing else. */
#include "cmd/commands.h"
#include "ui/run.h"

int main(int argc, char **argv)
{
	return apmatrix_main(argc, argv, &sysfs_real_ops, commands);
}

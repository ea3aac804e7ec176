/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands of apvmm. The answer to a command is one line, "ok ..." or
 * "fail ERRNO ...", after lines of detail if there are any.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "call.h"

struct command {
	const char *name;
	const char *args;
	const char *summary;
	int min, max;				/* positional words after the name */
	const char *const *opts;		/* "key=" or "flag", NULL at the end */
	bool blocking;				/* runs without the session's lock */
	int (*run)(struct call *call);
};

/* cmd_vm.c, cmd_vfio.c, cmd_script.c, cmd_hostile.c, cmd_fuzz.c, stall.c */
extern const struct command vm_commands[], vfio_commands[], script_commands[], stall_commands[];
extern const struct command hostile_commands[], fuzz_commands[];

#endif /* COMMANDS_H */

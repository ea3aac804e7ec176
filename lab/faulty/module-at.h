/* SPDX-License-Identifier: GPL-2.0-only */
/* Which module has an address in its text: the kernel's function, which it does not export. */
#ifndef LAB_MODULE_AT_H
#define LAB_MODULE_AT_H

#include <linux/kprobes.h>
#include <linux/module.h>

typedef struct module *(*module_at_fn)(unsigned long address);

/* The function, or NULL. To be called when the module is loaded. */
static inline module_at_fn find_module_at(void)
{
	struct kprobe probe = { .symbol_name = "__module_address" };
	module_at_fn found;

	if (register_kprobe(&probe))
		return NULL;
	found = (module_at_fn)probe.addr;
	unregister_kprobe(&probe);
	return found;
}

#endif

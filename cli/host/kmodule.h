/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel module: the loaded one (sysfs) and the one that modprobe would load
 * (libkmod). They may be different files.
 */
#ifndef APM_KMODULE_H
#define APM_KMODULE_H

#include <stdbool.h>

#include "host/sysfs.h"

struct kmodule {
	bool loaded;
	char *version;		/* of the loaded one; NULL: it has none */
	char *srcversion;
	char *taint;		/* letters: O out of tree, E unsigned */

	bool looked;		/* there is a module directory for this kernel */
	bool found;		/* modprobe would find it */
	bool builtin;
	bool in_tree;
	char *path;
	char *file_version;
	char *file_srcversion;
	char *signer;		/* NULL: not signed */
};

/* name with underscores. What is unknown stays empty. */
void kmodule_look(struct sysfs *fs, const char *name, struct kmodule *module);
void kmodule_free(struct kmodule *module);
/* Loads it, and what it needs. 0 or a negative errno value. */
int kmodule_load(struct sysfs *fs, const char *name);
/* The meaning of an errno value from loading a module, or NULL. */
const char *kmodule_hint(int err);

#endif

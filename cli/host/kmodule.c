// SPDX-License-Identifier: GPL-2.0-only
/* A kernel module, loaded and on disk. See kmodule.h. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <libkmod.h>

#include "host/kmodule.h"
#include "lib/sysfs-names.h"

static char *loaded_line(struct sysfs *fs, const char *name, const char *attr)
{
	char *path = xasprintf(MODULE_DIR "/%s/%s", name, attr);
	char *line = sysfs_read_line(fs, path);

	free(path);
	return line;
}

/* The modules of the running kernel, below the root; a tree names its kernel. */
static struct kmod_ctx *open_context(struct sysfs *fs)
{
	struct kmod_ctx *context;
	struct utsname uts;
	char *path, *full, *release = NULL;

	if (!sysfs_is_live(fs))
		release = sysfs_read_line(fs, "/proc/sys/kernel/osrelease");
	if (!release && !uname(&uts))
		release = xstrdup(uts.release);
	if (!release)
		return NULL;
	path = xasprintf("/lib/modules/%s", release);
	full = sysfs_path(fs, path);
	context = sysfs_exists(fs, path) ? kmod_new(full, NULL) : NULL;
	free(full);
	free(path);
	free(release);
	/* its messages would mix with ours */
	if (context)
		kmod_set_log_priority(context, -1);
	return context;
}

static void take_info(struct kmod_module *file, struct kmodule *module)
{
	struct kmod_list *list = NULL, *at;

	if (kmod_module_get_info(file, &list) < 0)
		return;
	kmod_list_foreach(at, list) {
		const char *key = kmod_module_info_get_key(at);
		const char *value = kmod_module_info_get_value(at);
		char **field = str_is(key, "version") ? &module->file_version :
			       str_is(key, "srcversion") ? &module->file_srcversion :
			       str_is(key, "signer") ? &module->signer : NULL;

		if (field && !*field)
			*field = xstrdup(value);
		if (str_is(key, "intree"))
			module->in_tree = str_is(value, "Y");
	}
	kmod_module_info_free_list(list);
}

/* The first module that modprobe would take for the name. */
static struct kmod_module *find(struct kmod_ctx *context, const char *name)
{
	struct kmod_list *list = NULL;
	struct kmod_module *file = NULL;

	if (kmod_module_new_from_lookup(context, name, &list) >= 0 && list)
		file = kmod_module_get_module(list);
	kmod_module_unref_list(list);
	return file;
}

void kmodule_look(struct sysfs *fs, const char *name, struct kmodule *module)
{
	char *path = xasprintf(MODULE_DIR "/%s", name);
	struct kmod_module *file;
	struct kmod_ctx *context;

	*module = (struct kmodule){ .loaded = sysfs_exists(fs, path) };
	free(path);
	module->version = loaded_line(fs, name, "version");
	module->srcversion = loaded_line(fs, name, "srcversion");
	module->taint = loaded_line(fs, name, "taint");
	context = open_context(fs);
	if (!context)
		return;
	module->looked = true;
	file = find(context, name);
	if (file) {
		module->path = xstrdup(kmod_module_get_path(file));
		module->builtin = !module->path;
		module->found = true;
		if (module->path)
			take_info(file, module);
		kmod_module_unref(file);
	}
	kmod_unref(context);
}

void kmodule_free(struct kmodule *module)
{
	free(module->version);
	free(module->srcversion);
	free(module->taint);
	free(module->path);
	free(module->file_version);
	free(module->file_srcversion);
	free(module->signer);
	*module = (struct kmodule){ 0 };
}

int kmodule_load(struct sysfs *fs, const char *name)
{
	struct kmod_ctx *context = open_context(fs);
	struct kmod_module *file = context ? find(context, name) : NULL;
	int ret = -ENOENT;

	if (file) {
		ret = kmod_module_probe_insert_module(file,
						      KMOD_PROBE_APPLY_BLACKLIST,
						      NULL, NULL, NULL, NULL);
		/* positive: the administrator blacklisted it */
		if (ret > 0)
			ret = -EPERM;
		kmod_module_unref(file);
	}
	if (context)
		kmod_unref(context);
	return ret;
}

const char *kmodule_hint(int err)
{
	switch (err) {
	case ENOENT:
		return "it is not installed for this kernel: check its DKMS package "
		       "and the kernel headers";
	case ENOKEY:
	case EKEYREJECTED:
	case EKEYREVOKED:
	case EKEYEXPIRED:
		return "the kernel does not have the key of its signature";
	case ENOEXEC:
		return "it was built for another kernel: run dkms autoinstall";
	case EPERM:
		return "not signed on a locked-down kernel, or blacklisted, "
		       "or not root";
	default:
		return NULL;
	}
}

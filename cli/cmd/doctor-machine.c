// SPDX-License-Identifier: GPL-2.0-only
/* What doctor finds in machine, kernel and module. See doctor-machine.h. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/doctor-machine.h"
#include "context/module.h"
#include "core/model.h"
#include "lib/sysfs-names.h"

#define LOCKDOWN	"/sys/kernel/security/lockdown"
#define SIG_ENFORCE	"/sys/module/module/parameters/sig_enforce"
#define IPL_SECURE	"/sys/firmware/ipl/secure"

/* machine and kernel */

static void look_at_cards(struct doctor *doctor)
{
	const struct snapshot *snap = doctor->apm->snap;
	unsigned int apid;

	if (apm_mask_empty(apm_matrix_apm(&snap->host.config)) ||
	    apm_mask_empty(apm_matrix_aqm(&snap->host.config)))
		problem_hint(doctor_found(doctor, FINDING_NO_CARDS,
					  "the host has %u adapters and %u usage domains",
					  apm_mask_weight(apm_matrix_apm(&snap->host.config)),
					  apm_mask_weight(apm_matrix_aqm(&snap->host.config))),
			     "assign some to this LPAR on the HMC or SE; "
			     "a scan of the AP bus finds them");
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		const struct card *card = &snap->cards[apid];

		if (card->present && (card->config == 0 || card->chkstop == 1))
			problem_hint(doctor_found(doctor, FINDING_CARD_OFF,
						  "adapter 0x%02x (%u) is %s", apid, apid,
						  card->config == 0 ? "deconfigured" :
						  "checkstopped"),
				     card->config == 0 ? "chzcrypt --config-on %02x" :
				     "adapter 0x%02x has a hardware problem: see the SE",
				     apid);
	}
}

void doctor_machine(struct doctor *doctor)
{
	struct sysfs *fs = &doctor->apm->fs;
	const struct host *host = &doctor->apm->snap->host;

	if (sysfs_is_live(fs) && geteuid())
		problem_hint(doctor_found(doctor, FINDING_NOT_ROOT,
					  "not root: some files cannot be read"),
			     "sudo apmatrix doctor");
	if (!host->bus) {
		problem_hint(doctor_found(doctor, FINDING_NO_AP_BUS,
					  "no " BUS_AP),
			     "AP queues exist only on IBM Z and LinuxONE, "
			     "with CONFIG_AP in the kernel");
	} else {
		if (!host->qci)
			doctor_found(doctor, FINDING_NO_QCI,
				     "QCI is not available; "
				     "adapters up to 0x%02x and domains up to 0x%02x can be used",
				     host->limits.max[APM_DIM_ADAPTER],
				     host->limits.max[APM_DIM_DOMAIN]);
		look_at_cards(doctor);
	}
	if (host->bindings && !strstr(host->bindings, "complete"))
		problem_hint(doctor_found(doctor, FINDING_BUS_BUSY,
					  "the AP bus counts %s queues with a driver",
					  host->bindings),
			     "wait for the AP bus, then repeat apmatrix doctor; "
			     "queues-unbound tells which queues have none");
	if (!sysfs_exists(fs, "/dev/kvm"))
		problem_hint(doctor_found(doctor, FINDING_NO_KVM, "no /dev/kvm"),
			     "modprobe kvm; a guest of z/VM or KVM needs permission from its host");
	if (!sysfs_exists(fs, "/dev/vfio/vfio") && !sysfs_exists(fs, "/dev/iommu"))
		problem_hint(doctor_found(doctor, FINDING_NO_VFIO,
					  "no /dev/vfio/vfio and no /dev/iommu"),
			     "modprobe vfio_iommu_type1");
}

/* the module */

static bool is_locked_down(struct sysfs *fs)
{
	char *lockdown = sysfs_read_line(fs, LOCKDOWN);
	char *secure = sysfs_read_line(fs, IPL_SECURE);
	bool locked = (lockdown && !strstr(lockdown, "[none]")) ||
		      (!lockdown && str_is(secure, "1"));

	free(lockdown);
	free(secure);
	return locked;
}

/* Does the kernel load only signed modules? Returns why, or NULL. */
static const char *signatures_needed(struct sysfs *fs)
{
	char *enforce = sysfs_read_line(fs, SIG_ENFORCE);
	bool enforced = str_is(enforce, "Y");

	free(enforce);
	return is_locked_down(fs) ? "the kernel is locked down" :
	       enforced ? "module.sig_enforce is set" : NULL;
}

static void look_at_signature(struct doctor *doctor)
{
	const struct kmodule *module = &doctor->module;
	const char *why = signatures_needed(&doctor->apm->fs);

	if (why && module->path && !module->signer)
		problem_hint(doctor_found(doctor, FINDING_MODULE_REFUSED,
					  "%s, but %s is not signed",
					  why, module->path),
			     "sign it with a key that the kernel trusts: "
			     "on IBM Z a certificate that the HMC assigned "
			     "to the LPAR (there is no MOK); see vfio_ap(4)");
}

static void look_at_missing_module(struct doctor *doctor)
{
	const struct kmodule *module = &doctor->module;

	if (!module->found) {
		problem_hint(doctor_found(doctor, FINDING_MODULE_MISSING,
					  "vfio_ap is not installed for this kernel"),
			     "install the module of this package by DKMS; "
			     "it needs the headers of the running kernel");
		return;
	}
	problem_hint(doctor_found(doctor, FINDING_NO_MODULE,
				  "vfio_ap is not loaded; installed is %s",
				  module->path ? module->path : "one in the kernel"),
		     "modprobe vfio_ap");
	look_at_signature(doctor);
}

static void tell_module(struct doctor *doctor)
{
	const struct features *features = &doctor->apm->snap->host.features;
	const struct kmodule *module = &doctor->module;
	struct text text = { 0 };

	text_addf(&text, "vfio_ap %s%sis %s",
		  module->version ? module->version : "",
		  module->version ? " " : "",
		  features->reasons ? "the one of this package" :
		  module->taint && strchr(module->taint, 'O') ?
		  "neither the kernel's nor the one of this package" :
		  "the kernel's own");
	if (module->taint && strchr(module->taint, 'E'))
		text_add(&text, ", not signed");
	else if (module->found && module->signer && *module->signer)
		text_addf(&text, ", signed by %s", module->signer);
	if (module->found && module->path)
		text_addf(&text, ", from %s", module->path);
	doctor_found(doctor, FINDING_MODULE_IS, "%s", text_str(&text));
	text_free(&text);
}

/* The kernel's own has a srcversion only where all its modules have. */
static bool same_source(const struct kmodule *module)
{
	return str_is(module->srcversion, module->file_srcversion) ||
	       (!module->srcversion && !module->file_srcversion);
}

static void look_at_module(struct doctor *doctor)
{
	const struct features *features = &doctor->apm->snap->host.features;
	const struct kmodule *module = &doctor->module;
	enum stock_module policy;
	char *stock;

	tell_module(doctor);
	stock = module_is_stock(doctor->apm, &policy);
	if (stock) {
		problem_hint(doctor_found(doctor, FINDING_MODULE_STOCK, "%s", stock),
			     module->path && !module->in_tree ?
			     "reboot; or without guests: modprobe -r vfio_ap; modprobe vfio_ap" :
			     "install the headers of this kernel, then dkms autoinstall; "
			     "dkms status shows for which kernels it is built");
		look_at_signature(doctor);
	}
	free(stock);
	if (module->path && !same_source(module))
		problem_hint(doctor_found(doctor, FINDING_MODULE_STALE,
					  "%s is installed, but a different one is loaded",
					  module->path),
			     "reboot; or without guests: apmatrix remove all --keep-definition; "
			     "modprobe -r vfio_ap; apmatrix restore --boot");
	if (features->listed && !features->hotplug)
		problem_hint(doctor_found(doctor, FINDING_NO_HOTPLUG,
					  "this vfio_ap supports only %s",
					  *features->text ? features->text :
					  "no features"),
			     "install the module of this package");
	if (!features->listed)
		problem_hint(doctor_found(doctor, FINDING_GUEST_UNSEEN,
					  "this vfio_ap has no features attribute: it is older than 6.10"),
			     "install the module of this package");
}

void doctor_module(struct doctor *doctor)
{
	if (doctor->module.loaded || doctor->apm->snap->host.module)
		look_at_module(doctor);
	else
		look_at_missing_module(doctor);
}

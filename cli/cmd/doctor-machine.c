// SPDX-License-Identifier: GPL-2.0-only
/* What doctor finds in machine, kernel and module. See doctor.h. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/doctor.h"
#include "lib/kernel-abi.h"

#define LOCKDOWN	"/sys/kernel/security/lockdown"
#define IPL_SECURE	"/sys/firmware/ipl/secure"

const struct help_term doctor_terms[FINDING_NR + 1] = {
	[FINDING_NO_AP_BUS] = { "no-ap-bus", "the kernel has no AP bus", true },
	[FINDING_NO_QCI] = { "no-qci",
		"QCI is not available: 64 adapters and 16 domains at most" },
	[FINDING_NO_CARDS] = { "no-cards", "this LPAR has no adapters or no domains", true },
	[FINDING_CARD_OFF] = { "card-off", "an adapter is deconfigured or checkstopped" },
	[FINDING_BUS_BUSY] = { "bus-busy", "the AP bus has not bound all queues" },
	[FINDING_NO_KVM] = { "no-kvm", "KVM is not available", true },
	[FINDING_NO_VFIO] = { "no-vfio", "VFIO is not available", true },
	[FINDING_NO_MODULE] = { "no-module", "vfio_ap is not loaded", true },
	[FINDING_MODULE_MISSING] = { "module-missing",
		"vfio_ap is not installed for this kernel", true },
	[FINDING_MODULE_REFUSED] = { "module-refused",
		"vfio_ap is not signed and the kernel is locked down", true },
	[FINDING_MODULE_IS] = { "module-is", "which vfio_ap is loaded" },
	[FINDING_MODULE_STALE] = { "module-stale",
		"the loaded vfio_ap is not the installed one", true },
	[FINDING_NO_HOTPLUG] = { "no-hotplug",
		"this vfio_ap cannot change a running guest", true },
	[FINDING_GUEST_UNSEEN] = { "guest-unseen",
		"this vfio_ap has no guest_matrix", true },
	[FINDING_REGIME] = { "regime", "how queues are given to guests: masks or overrides" },
	[FINDING_NO_POOL] = { "no-pool", "all queues are reserved for the host" },
	[FINDING_MASKS_AT_BOOT] = { "masks-at-boot",
		"the masks will change at the next boot" },
	[FINDING_REGIME_CLASH] = { "regime-clash",
		"a udev rule sets masks, but overrides are in use", true },
	[FINDING_UNBOUND] = { "queues-unbound", "queues without a driver" },
	[FINDING_HALF] = { "half-configured",
		"a matrix with only adapters or only domains" },
	[FINDING_MISSING] = { "queues-missing", "assigned queues that a guest lacks", true },
	[FINDING_DRIFT] = { "drift", "a matrix differs from its definition" },
	[FINDING_NOT_ACTIVE] = { "not-active",
		"a matrix that is started at boot is not active", true },
	[FINDING_DEFINITION] = { "definition-odd",
		"a definition has unknown attributes" },
	[FINDING_LOCK_HELD] = { "lock-held", "another tool holds the lock" },
	[FINDING_LOCK_STALE] = { "lock-stale", "the holder of the lock has ended" },
	[FINDING_LOCK_FOREIGN] = { "lock-foreign",
		"the lock file is not a regular file of root" },
	[FINDING_NO_RESTORE] = { "no-restore",
		"nothing starts definitions at boot", true },
	[FINDING_MDEVCTL_RULE] = { "mdevctl-rule",
		"the udev rule of mdevctl runs a missing program" },
	[FINDING_NOT_ROOT] = { "not-root", "not root: some checks are not possible" },
};

struct problem *doctor_found(struct doctor *doctor, enum finding finding,
			     const char *format, ...)
{
	struct problem *problem;
	va_list args;

	va_start(args, format);
	problem = problem_vfinding(&doctor->apm->report.findings,
				   &doctor_terms[finding], format, args);
	va_end(args);
	return problem;
}

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
			     "give the LPAR some at its HMC or SE; "
			     "what is there shows after a scan of the bus");
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
					  "there is no " BUS_AP),
			     "AP queues exist on IBM Z and LinuxONE only; "
			     "there the kernel needs CONFIG_AP, or modprobe ap");
	} else {
		if (!host->qci)
			doctor_found(doctor, FINDING_NO_QCI,
				     "the machine does not tell its AP configuration; "
				     "adapters up to 0x%02x and domains up to 0x%02x can be used",
				     host->limits.max[APM_DIM_ADAPTER],
				     host->limits.max[APM_DIM_DOMAIN]);
		look_at_cards(doctor);
	}
	if (host->bindings && !strstr(host->bindings, "complete"))
		problem_hint(doctor_found(doctor, FINDING_BUS_BUSY,
					  "only %s queues have a driver",
					  host->bindings),
			     "wait a moment; if it stays so: apmatrix queues --unbound");
	if (!sysfs_exists(fs, "/dev/kvm"))
		problem_hint(doctor_found(doctor, FINDING_NO_KVM, "there is no /dev/kvm"),
			     "modprobe kvm; in a guest of z/VM or KVM it has to be allowed first");
	if (!sysfs_exists(fs, "/dev/vfio/vfio") && !sysfs_exists(fs, "/dev/iommu"))
		problem_hint(doctor_found(doctor, FINDING_NO_VFIO,
					  "there is neither /dev/vfio/vfio nor /dev/iommu"),
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

static void look_at_missing_module(struct doctor *doctor)
{
	const struct kmodule *module = &doctor->module;

	if (!module->found) {
		problem_hint(doctor_found(doctor, FINDING_MODULE_MISSING,
					  "vfio_ap is not installed for this kernel"),
			     "install this package's module by DKMS; "
			     "it needs the headers of the kernel that runs");
		return;
	}
	problem_hint(doctor_found(doctor, FINDING_NO_MODULE,
				  "vfio_ap is not loaded; there is %s",
				  module->path ? module->path : "one in the kernel"),
		     "modprobe vfio_ap");
	if (module->path && !module->signer && is_locked_down(&doctor->apm->fs))
		problem_hint(doctor_found(doctor, FINDING_MODULE_REFUSED,
					  "the kernel is locked down and %s is not signed",
					  module->path),
			     "sign it with a key that the kernel trusts: "
			     "on IBM Z that is one of the certificates that the HMC gave "
			     "the LPAR, there is no MOK");
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
		  "from elsewhere: neither the kernel's nor this package's" :
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

	tell_module(doctor);
	if (module->path && !same_source(module))
		problem_hint(doctor_found(doctor, FINDING_MODULE_STALE,
					  "%s is installed, but another one is loaded",
					  module->path),
			     "boot; or without guests: apmatrix remove all --keep-definition; "
			     "modprobe -r vfio_ap; apmatrix restore --boot");
	if (features->listed && !features->hotplug)
		problem_hint(doctor_found(doctor, FINDING_NO_HOTPLUG,
					  "this vfio_ap knows only %s",
					  *features->text ? features->text :
					  "no features"),
			     "install the module of this package");
	if (!features->listed)
		problem_hint(doctor_found(doctor, FINDING_GUEST_UNSEEN,
					  "this vfio_ap tells no features: it is older than 6.10"),
			     "install the module of this package");
}

void doctor_module(struct doctor *doctor)
{
	if (doctor->module.loaded || doctor->apm->snap->host.module)
		look_at_module(doctor);
	else
		look_at_missing_module(doctor);
}

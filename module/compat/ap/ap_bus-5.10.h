/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AP bus layout 510: kernels 5.10 up to and including 5.16.
 *
 * The bus reads nothing behind remove. The members after it exist only so
 * that the rest of the module can be written for the newest kernel; the shim
 * calls them in the bus's place. Delete with the last kernel before 5.17.
 */
struct ap_driver {
	struct device_driver driver;
	VAP_AP_MATCH;
	ap_probe_fn *probe;
	ap_remove_fn *remove;
	/* ours, unknown to the bus */
	ap_in_use_fn *in_use;
	ap_config_fn *on_config_changed, *on_scan_complete;
};

struct ap_device {
	struct device device;
	void *private_drv;
	int device_type;
};

struct ap_perms {
	VAP_AP_BITS(ioctlm, VAP_AP_IOCTLS);
	VAP_AP_BITS(apm, AP_DEVICES);
	VAP_AP_BITS(aqm, AP_DOMAINS);
};

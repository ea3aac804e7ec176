/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AP bus layout 517: kernels 5.17 up to and including 7.1, which know the
 * three callbacks and keep the ids and flags in front. Delete with the last
 * kernel before 7.2.
 */
struct ap_driver {
	struct device_driver driver;
	VAP_AP_MATCH;
	ap_probe_fn *probe;
	ap_remove_fn *remove;
	ap_in_use_fn *in_use;
	ap_config_fn *on_config_changed, *on_scan_complete;
};

struct ap_device {
	struct device device;
	int device_type;
};

struct ap_perms {
	VAP_AP_BITS(ioctlm, VAP_AP_IOCTLS);
	VAP_AP_BITS(apm, AP_DEVICES);
	VAP_AP_BITS(aqm, AP_DOMAINS);
	VAP_AP_BITS(adm, AP_DOMAINS);
};

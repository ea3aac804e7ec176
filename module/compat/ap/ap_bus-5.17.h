/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AP bus layout 517: kernels 5.17 up to and including 7.1, which know the
 * three callbacks and keep the ids and flags in front. Delete with the last
 * kernel before 7.2.
 */
struct ap_driver {
	struct device_driver driver;
	struct ap_device_id *ids;
	unsigned int flags;
	int (*probe)(struct ap_device *adev);
	void (*remove)(struct ap_device *adev);
	int (*in_use)(unsigned long *apm, unsigned long *aqm);
	void (*on_config_changed)(struct ap_config_info *new_info,
				  struct ap_config_info *old_info);
	void (*on_scan_complete)(struct ap_config_info *new_info,
				 struct ap_config_info *old_info);
};

struct ap_device {
	struct device device;
	int device_type;
};

struct ap_perms {
	unsigned long ioctlm[BITS_TO_LONGS(VAP_AP_IOCTLS)];
	unsigned long apm[BITS_TO_LONGS(AP_DEVICES)];
	unsigned long aqm[BITS_TO_LONGS(AP_DOMAINS)];
	unsigned long adm[BITS_TO_LONGS(AP_DOMAINS)];
};

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AP bus layout 702: kernels from 7.2 on, where the callbacks come first.
 */
struct ap_driver {
	struct device_driver driver;
	int (*probe)(struct ap_device *adev);
	void (*remove)(struct ap_device *adev);
	int (*in_use)(unsigned long *apm, unsigned long *aqm);
	void (*on_config_changed)(struct ap_config_info *new_info,
				  struct ap_config_info *old_info);
	void (*on_scan_complete)(struct ap_config_info *new_info,
				 struct ap_config_info *old_info);
	struct ap_device_id *ids;
	unsigned int flags;
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

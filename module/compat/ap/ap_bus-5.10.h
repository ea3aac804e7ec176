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
	struct ap_device_id *ids;
	unsigned int flags;
	int (*probe)(struct ap_device *adev);
	void (*remove)(struct ap_device *adev);
	/* ours, unknown to the bus */
	int (*in_use)(unsigned long *apm, unsigned long *aqm);
	void (*on_config_changed)(struct ap_config_info *new_info,
				  struct ap_config_info *old_info);
	void (*on_scan_complete)(struct ap_config_info *new_info,
				 struct ap_config_info *old_info);
};

struct ap_device {
	struct device device;
	struct ap_driver *drv;
	int device_type;
};

struct ap_perms {
	unsigned long ioctlm[BITS_TO_LONGS(VAP_AP_IOCTLS)];
	unsigned long apm[BITS_TO_LONGS(AP_DEVICES)];
	unsigned long aqm[BITS_TO_LONGS(AP_DOMAINS)];
};

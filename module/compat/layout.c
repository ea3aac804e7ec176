// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the compiler makes of our declarations of the AP bus: compiled to
 * assembly for one value of VAP_AP_LAYOUT, never linked. probe.sh picks the
 * "->" lines out of it: struct, member, offset, size. A struct's own size has
 * the member "."; it is listed only where a difference would matter to us.
 */
#include "ap/ap_bus.h"

#define LINE(text, offset, size)					\
	asm volatile("\n.ascii \"->" text " %0 %1\""			\
		     : : "i" (offset), "i" (size))

#define MEMBER(type, member)						\
	LINE(#type " " #member, offsetof(struct type, member),		\
	     sizeof(((struct type *)NULL)->member))

#define WHOLE(type)	LINE(#type " .", 0, sizeof(struct type))

void vap_layout(void);

void vap_layout(void)
{
	MEMBER(ap_driver, driver);
	MEMBER(ap_driver, ids);
	MEMBER(ap_driver, flags);
	MEMBER(ap_driver, probe);
	MEMBER(ap_driver, remove);
#if VAP_AP_LAYOUT != 510
	MEMBER(ap_driver, in_use);
	MEMBER(ap_driver, on_config_changed);
	MEMBER(ap_driver, on_scan_complete);
	WHOLE(ap_driver);
#endif
	MEMBER(ap_device, device);
	MEMBER(ap_device, device_type);
	WHOLE(ap_device);
	MEMBER(ap_queue, ap_dev);
	MEMBER(ap_perms, ioctlm);
	MEMBER(ap_perms, apm);
	MEMBER(ap_perms, aqm);
	WHOLE(ap_perms);
	MEMBER(ap_config_info, apm);
	MEMBER(ap_config_info, aqm);
	MEMBER(ap_config_info, adm);
	WHOLE(ap_config_info);
	MEMBER(ap_device_id, match_flags);
	MEMBER(ap_device_id, dev_type);
	WHOLE(ap_device_id);
}

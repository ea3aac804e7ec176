// SPDX-License-Identifier: GPL-2.0-only
/*
 * Debug room: registers the s390dbf areas that debug.h describes.
 */
#include "record.h"
#include <linux/unaligned.h>

#define HOST_PAGES	8
#define GUEST_PAGES	4
#define RECORD_ARGS	10

debug_info_t *vap_debug_host;
debug_info_t *vap_debug_guest;

static debug_info_t *debug_area(const char *name, int pages)
{
	debug_info_t *area = debug_register(name, pages, 1,
					    RECORD_ARGS * sizeof(long));

	if (!area)
		return NULL;
	debug_register_view(area, &debug_sprintf_view);
	debug_set_level(area, VAP_LOG_INFO);
	return area;
}

int vap_debug_init(void)
{
	vap_debug_host = debug_area("vfio_ap", HOST_PAGES);
	if (!vap_debug_host)
		return -ENOENT;
	vap_debug_guest = debug_area("vfio_ap_guest", GUEST_PAGES);
	if (!vap_debug_guest) {
		debug_unregister(vap_debug_host);
		vap_debug_host = NULL;
		return -ENOENT;
	}
	return 0;
}

void vap_debug_exit(void)
{
	debug_unregister(vap_debug_guest);
	debug_unregister(vap_debug_host);
	vap_debug_guest = NULL;
	vap_debug_host = NULL;
}

/* A guid_t holds its first three fields little-endian, a UUID's text does not. */
unsigned long vap_debug_uuid(const struct vap_mdev *mdev, unsigned int half)
{
	const u8 *b;

	if (!mdev)
		return 0;
	b = vap_compat_mdev_uuid(mdev->mdev)->b;
	if (half)
		return get_unaligned_be64(b + 8);
	return (unsigned long)get_unaligned_le32(b) << 32 |
	       (unsigned long)get_unaligned_le16(b + 4) << 16 |
	       get_unaligned_le16(b + 6);
}

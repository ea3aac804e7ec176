// SPDX-License-Identifier: GPL-2.0-only
/* The s390dbf areas that record.h describes. */
#include "record.h"
#include <linux/unaligned.h>

#define HOST_PAGES	8
#define GUEST_PAGES	4
#define RECORD_ARGS	10

debug_info_t *vap_record_host_area;
debug_info_t *vap_record_guest_area;

static debug_info_t *register_area(const char *name, int pages)
{
	debug_info_t *area = debug_register(name, pages, 1,
					    RECORD_ARGS * sizeof(long));

	if (!area)
		return NULL;
	debug_register_view(area, &debug_sprintf_view);
	debug_set_level(area, VAP_RECORD_INFO);
	return area;
}

/**
 * vap_record_init - register the two s390dbf areas
 *
 * Context: Module init. May sleep.
 * Return: 0; -ENOENT if an area could not be registered: then neither is
 */
int vap_record_init(void)
{
	vap_record_host_area = register_area("vfio_ap", HOST_PAGES);
	if (!vap_record_host_area)
		return -ENOENT;
	vap_record_guest_area = register_area("vfio_ap_guest", GUEST_PAGES);
	if (!vap_record_guest_area) {
		debug_unregister(vap_record_host_area);
		vap_record_host_area = NULL;
		return -ENOENT;
	}
	return 0;
}

/**
 * vap_record_exit - unregister the two s390dbf areas and discard their records
 *
 * Context: Module exit or failed init; nobody records any more. May sleep.
 */
void vap_record_exit(void)
{
	debug_unregister(vap_record_guest_area);
	debug_unregister(vap_record_host_area);
	vap_record_guest_area = NULL;
	vap_record_host_area = NULL;
}

/**
 * vap_record_uuid - one half of the UUID of an mdev, for a record
 * @mdev: the mdev; NULL: the UUID is all zeros
 * @half: 0 for the first 16 digits, 1 for the last
 *
 * A guid_t holds its first three fields little-endian, the text of a UUID does not.
 *
 * Context: Any context. Takes no lock.
 * Return: the half as a number
 */
unsigned long vap_record_uuid(const struct vap_mdev *mdev, unsigned int half)
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

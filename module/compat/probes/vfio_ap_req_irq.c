// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.5: the interrupt index by which a vfio-ap device asks to
 * be released got its name in linux/vfio.h. Delete with the last kernel before.
 */
static int vfio_ap_req_irq(void)
{
	return VFIO_AP_REQ_IRQ_INDEX;
}

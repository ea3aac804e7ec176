// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.3: union ap_qirq_ctrl with a value, and a physical
 * address for ap_aqic(). Delete with the last kernel before.
 */
static unsigned int ap_qirq_union(ap_qid_t qid)
{
	union ap_qirq_ctrl ctrl = { .value = 0 };

	ctrl.gisc = 1;
	return ap_aqic(qid, ctrl, (phys_addr_t)0).response_code;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Between 6.1 and 6.12: ap_tapq() fills a struct ap_tapq_hwinfo rather than an
 * unsigned long. Delete with the last kernel before.
 */
static unsigned int ap_tapq_hwinfo(ap_qid_t qid)
{
	struct ap_tapq_hwinfo info;

	return ap_tapq(qid, &info).response_code + info.at;
}

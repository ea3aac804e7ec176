// SPDX-License-Identifier: GPL-2.0-only
/*
 * 6.4: ap_zapq() and ap_rapq() got the F bit as a second
 * argument. Delete with the last kernel before.
 */
static unsigned int ap_zapq_fbit(ap_qid_t qid)
{
	return ap_zapq(qid, 0).response_code;
}

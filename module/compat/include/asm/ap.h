/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * asm/ap.h as kernels from 6.12 on have it, for those before.
 *
 * What changed its form is hidden under another name while the kernel's own
 * header is read, and built again from the instruction.
 */
#ifndef VAP_COMPAT_ASM_AP_H
#define VAP_COMPAT_ASM_AP_H

#if !VAP_HAS_AP_CONFIG_LOWER
#define Na na
#define Nd nd
#endif
#if !VAP_HAS_AP_ZAPQ_FBIT
#define ap_zapq vap_hidden_ap_zapq
#define ap_rapq vap_hidden_ap_rapq
#endif
#if !VAP_HAS_AP_QIRQ_UNION
#define ap_aqic vap_hidden_ap_aqic
#define ap_qirq_ctrl vap_hidden_ap_qirq_ctrl
#endif

#include_next <asm/ap.h>

#undef Na
#undef Nd
#undef ap_zapq
#undef ap_rapq
#undef ap_aqic
#undef ap_qirq_ctrl

#if !VAP_HAS_AP_ZAPQ_FBIT || !VAP_HAS_AP_QIRQ_UNION

#define VAP_PQAP_RAPQ	(1UL << 24)
#define VAP_PQAP_ZAPQ	(2UL << 24)
#define VAP_PQAP_AQIC	(3UL << 24)
#define VAP_PQAP_FBIT	(1UL << 22)

/*
 * PQAP with the given general registers 0, 1 and 2; the status word is the
 * right half of register 1 afterwards.
 */
static inline struct ap_queue_status vap_pqap(unsigned long function,
					      unsigned long in1,
					      unsigned long in2)
{
	union {
		unsigned long gr1;
		struct {
			unsigned int left;
			struct ap_queue_status status;
		};
	} word = { .gr1 = in1 };

	asm volatile("lgr	0,%[function]\n\t"
		     "lgr	1,%[gr1]\n\t"
		     "lgr	2,%[gr2]\n\t"
		     ".insn	rre,0xb2af0000,0,0\n\t"
		     "lgr	%[gr1],1"
		     : [gr1] "+&d" (word.gr1)
		     : [function] "d" (function), [gr2] "d" (in2)
		     : "cc", "memory", "0", "1", "2");
	return word.status;
}
#endif

#if !VAP_HAS_AP_ZAPQ_FBIT
static inline struct ap_queue_status ap_rapq(ap_qid_t qid, int fbit)
{
	return vap_pqap(VAP_PQAP_RAPQ | (fbit ? VAP_PQAP_FBIT : 0) | qid, 0, 0);
}

static inline struct ap_queue_status ap_zapq(ap_qid_t qid, int fbit)
{
	return vap_pqap(VAP_PQAP_ZAPQ | (fbit ? VAP_PQAP_FBIT : 0) | qid, 0, 0);
}
#endif

#if !VAP_HAS_AP_QIRQ_UNION
/* General register 1 of PQAP(AQIC): the left half, then the right one. */
union ap_qirq_ctrl {
	unsigned long value;
	struct {
		unsigned int : 8, zone : 8, ir : 1, : 4, gisc : 3, : 6, gf : 2;
		unsigned int : 1, gisa : 27, : 1, isc : 3;
	};
};

/*
 * 5.10's own reads the status from the wrong half of the register, and so
 * takes every answer for good: never used, whatever the kernel.
 */
static inline struct ap_queue_status ap_aqic(ap_qid_t qid,
					     union ap_qirq_ctrl control,
					     phys_addr_t indicator)
{
	return vap_pqap(VAP_PQAP_AQIC | qid, control.value, indicator);
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Terms of the AP architecture: APQNs, masks, function and response codes.
 *
 * Bit numbers of masks count from the left, as in the hardware: bit 0 is the
 * most significant bit of the first doubleword.
 */
#ifndef SIM_AP_H
#define SIM_AP_H

#include <linux/types.h>

#define SIM_APQN(apid, apqi)	((u16)((apid) << 8 | (apqi)))
#define SIM_APID(apqn)		((apqn) >> 8)
#define SIM_APQI(apqn)		((apqn) & 0xff)
#define SIM_MAX_APQNS		65536

/* Response codes in the AP queue status word */
enum {
	SIM_RC_NORMAL		= 0x00,
	SIM_RC_NOT_AVAILABLE	= 0x01,
	SIM_RC_RESETTING	= 0x02,
	SIM_RC_DECONFIGURED	= 0x03,
	SIM_RC_CHECKSTOPPED	= 0x04,
	SIM_RC_BUSY		= 0x05,
	SIM_RC_BAD_ADDRESS	= 0x06,
	SIM_RC_ALREADY		= 0x07,
	SIM_RC_BAD_GISA		= 0x08,
	SIM_RC_FULL		= 0x10,	/* NQAP */
	SIM_RC_NO_REPLY		= 0x10,	/* DQAP */
	SIM_RC_NO_FIRST_PART	= 0x13,
	SIM_RC_TOO_BIG		= 0x15,
};

/* PQAP function codes, then the other two instructions */
enum sim_fc {
	SIM_TAPQ, SIM_RAPQ, SIM_ZAPQ, SIM_AQIC, SIM_QCI, SIM_QACT,
	SIM_FC6,	/* not installed */
	SIM_BAPQ, SIM_AAPQ,
	SIM_NQAP, SIM_DQAP,
	SIM_NR_FC,
};

/* Number of PQAP function codes that are simulated: 0 to SIM_NR_PQAP - 1 */
#define SIM_NR_PQAP	SIM_NQAP

/* Who executes an instruction, and whose data a queue holds */
#define SIM_OWNER_NONE	0U
#define SIM_OWNER_HOST	1U
#define SIM_OWNER_GUEST(id)	((id) + 1)	/* guest IDs start at 1 */
#define SIM_GUEST_ID(owner)	((owner) - 1)
#define SIM_OWNER_LEN	20			/* of its name */

/* Which part of the host executes an instruction */
enum sim_part { SIM_BY_OTHERS, SIM_BY_AP_BUS, SIM_BY_GUEST_DRIVER };

/* Program interruption codes */
#define SIM_PGM_PRIVILEGED	0x02
#define SIM_PGM_ADDRESSING	0x05
#define SIM_PGM_SPECIFICATION	0x06

struct sim_masks {
	u64 apm[4];
	u64 aqm[4];
	u64 adm[4];
};

static inline bool sim_mask_test(const u64 *mask, unsigned int nr)
{
	return mask[nr >> 6] & (1ULL << (63 - (nr & 63)));
}

static inline void sim_mask_set(u64 *mask, unsigned int nr)
{
	mask[nr >> 6] |= 1ULL << (63 - (nr & 63));
}

static inline void sim_mask_clear(u64 *mask, unsigned int nr)
{
	mask[nr >> 6] &= ~(1ULL << (63 - (nr & 63)));
}

static inline bool sim_masks_allow(const struct sim_masks *masks, u16 apqn)
{
	return sim_mask_test(masks->apm, SIM_APID(apqn)) &&
	       sim_mask_test(masks->aqm, SIM_APQI(apqn));
}

/* The block that PQAP(QCI) stores */
struct sim_qci {
	u32 flags;
	u8 max_adapter;
	u8 max_domain;
	u8 reserved[10];
	struct sim_masks masks;
	u8 reserved2[16];
};

extern const char * const sim_fc_names[SIM_NR_FC];
int sim_owner_name(char *buf, size_t size, u32 owner);
bool sim_parse_apqn(const char *name, u16 *apqn);

#endif /* SIM_AP_H */

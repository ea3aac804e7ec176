// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the masks of a guest from its CRYCB.
 */
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/string.h>
#include "crycb.h"

/*
 * The masks at this moment, whether or not APIE is on: it may be switched on at
 * any time. Formats 0 and 1 have 64 adapters and 16 domains.
 */
void sim_crycb_read(const struct sim_crycb *crycb, struct sim_masks *masks)
{
	const struct kvm_s390_crypto_cb *cb = phys_to_virt(crycb->origin);

	if (crycb->fixed) {
		*masks = *crycb->fixed;
		return;
	}
	memset(masks, 0, sizeof(*masks));
	if (!crycb->origin)
		return;
	if (crycb->format == CRYCB_FORMAT2) {
		memcpy(masks->apm, cb->apcb1.apm, sizeof(masks->apm));
		memcpy(masks->aqm, cb->apcb1.aqm, sizeof(masks->aqm));
		memcpy(masks->adm, cb->apcb1.adm, sizeof(masks->adm));
	} else {
		masks->apm[0] = cb->apcb0.apm[0];
		masks->aqm[0] = cb->apcb0.aqm[0] & 0xffff000000000000ULL;
		masks->adm[0] = cb->apcb0.adm[0] & 0xffff000000000000ULL;
	}
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Adapter interrupts of a queue.
 */
#ifndef SIM_IRQ_H
#define SIM_IRQ_H

#include <linux/types.h>

struct sim_irq {
	bool enabled;
	bool guest;		/* by a GISA */
	bool by_bus;		/* the AP bus enabled them */
	u8 isc;			/* host ISC; for a guest: of the GIB alert */
	u8 gisc;
	u64 nib;		/* host absolute address */
	u64 gisa;		/* host absolute address */
};

enum sim_irq_for { SIM_IRQ_NOBODY, SIM_IRQ_HOST, SIM_IRQ_GIB };

int sim_irq_init(void);
enum sim_irq_for sim_irq_store(const struct sim_irq *irq);
void sim_irq_deliver(enum sim_irq_for whom);
int sim_irq_set_gib(u32 origin);
bool sim_irq_nib_valid(u64 nib);

#endif /* SIM_IRQ_H */

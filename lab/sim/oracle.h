/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The oracle: does anybody have access to what belongs to somebody else?
 *
 * All functions but create, destroy and notifies are called with sim_lock held.
 */
#ifndef SIM_ORACLE_H
#define SIM_ORACLE_H

#include <linux/list.h>
#include "crycb.h"
#include "irq.h"

#define SIM_MAX_FINDINGS	256

enum sim_kind {
	/* data moved through a queue that may hold another owner's data */
	SIM_LEAK,
	/* an APQN that two guests may use, or a guest and a host driver */
	SIM_SHARING,
	/* an APQN given to a guest before it was zeroized after another owner */
	SIM_UNCLEAN,
	/* an APQN in a CRYCB whose queue is not bound to the guests' driver */
	SIM_UNBOUND,
	/* the host changed the state of a queue that a guest may use */
	SIM_TRESPASS,
	/* a guest used an APQN that its CRYCB does not allow any more */
	SIM_STALE,
	/* interrupts for a GISA or page that is not the queue's owner's */
	SIM_INTERRUPT,
	/* RAPQ or AQIC of the AP bus on a queue of a guest; no fault of a driver */
	SIM_BUS,
	SIM_NR_KINDS,
};

struct sim_finding {
	enum sim_kind kind;
	u16 apqn;		/* the first one */
	u32 nr_apqns;
	u32 owner, other;
	enum sim_fc fc;
	const char *why;	/* SIM_INTERRUPT */
	u64 time_ns;
};

enum sim_binding { SIM_UNBOUND_QUEUE, SIM_HOST_DRIVER, SIM_GUEST_DRIVER };

struct sim_oracle {
	u64 entries, instructions, transfers;
	u64 nr[SIM_NR_KINDS];
	u32 nr_findings;
	struct sim_finding findings[SIM_MAX_FINDINGS];
	struct list_head guests;	/* struct sim_guest */
	bool watches_bus;		/* bindings are known */
	bool watches_pins;		/* pins of VFIO are known */
	struct sim_track *tracks;	/* by APQN */
	u64 (*bound)[4];		/* [256]: queues with a host driver */
	u64 (*for_guests)[4];		/* [256]: queues of the guests' driver */
	u16 *notifying;			/* queues with guest interrupts */
	u32 nr_notifying;
};

/* A VM, as far as AP is concerned */
struct sim_guest {
	struct list_head list;
	u32 id;
	int pid;			/* thread group of the VMM; 0: not known */
	struct sim_crycb crycb;
	u64 gisa;			/* host absolute address, 0: none */
	u64 entries;
	u32 updating;			/* KVM is writing its masks */
	bool protected;			/* secure execution */
	bool no_aiv;			/* KVM has disabled its GISA */
	bool judged;			/* masks, since the last clear */
	u32 shares_host;
	u32 unbound;
	struct list_head shares;
	struct sim_masks masks;		/* as last written by KVM */
};

extern struct sim_oracle sim_oracle;
extern const char * const sim_kind_names[SIM_NR_KINDS];

int sim_oracle_create(struct sim_oracle *oracle);
void sim_oracle_destroy(struct sim_oracle *oracle);
void sim_oracle_clear(struct sim_oracle *oracle);

/* what queues do */
void sim_oracle_transfer(struct sim_oracle *oracle, u16 apqn, u32 owner,
			 enum sim_fc fc);
void sim_oracle_zeroized(struct sim_oracle *oracle, u16 apqn);
void sim_oracle_outage(struct sim_oracle *oracle, u16 apqn);
void sim_oracle_away(struct sim_oracle *oracle, u16 apqn);
void sim_oracle_operational(struct sim_oracle *oracle, u16 apqn);
u32 sim_oracle_taint(const struct sim_oracle *oracle, u16 apqn);
void sim_oracle_irq_on(struct sim_oracle *oracle, u16 apqn,
		       const struct sim_irq *irq, bool pinned, bool shared);
void sim_oracle_irq_off(struct sim_oracle *oracle, u16 apqn);

/* what host and guests do */
void sim_oracle_host_insn(struct sim_oracle *oracle, u16 apqn, enum sim_fc fc,
			  enum sim_part part);
void sim_oracle_guest_insn(struct sim_oracle *oracle, u32 owner, u16 apqn,
			   enum sim_fc fc);
void sim_oracle_stale(struct sim_oracle *oracle, struct sim_guest *guest,
		      const struct sim_masks *used,
		      const struct sim_masks *now);
void sim_oracle_masks(struct sim_oracle *oracle, struct sim_guest *guest,
		      const struct sim_masks *masks);
void sim_oracle_bind(struct sim_oracle *oracle, u16 apqn,
		     enum sim_binding binding);
bool sim_oracle_notifies(const struct sim_oracle *oracle, u64 first, u64 last);
void sim_oracle_page_freed(struct sim_oracle *oracle, u64 first, u64 last);
void sim_oracle_add_guest(struct sim_oracle *oracle, struct sim_guest *guest);
void sim_oracle_remove_guest(struct sim_oracle *oracle, struct sim_guest *guest);

#endif /* SIM_ORACLE_H */

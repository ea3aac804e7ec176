/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One AP queue: its messages, resets and interrupts. All but create and
 * destroy under sim_lock.
 */
#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H

#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/workqueue.h>
#include "ap.h"
#include "irq.h"
#include "msg.h"
#include "reply.h"

enum sim_config { SIM_CONFIG_ON, SIM_CONFIG_STANDBY, SIM_CONFIG_OFF };

struct sim_card {
	bool present;		/* in the host's configuration (QCI apm) */
	bool checkstop;
	bool facilities_given;
	u8 type;		/* hardware type: 9 CEX3C, 10 CEX4 ... 14 CEX8 */
	u8 depth;		/* messages a queue holds, 1 to 16 */
	enum sim_mode mode;
	enum sim_config config;
	u32 facilities;		/* if given: left half of TAPQ's gr2 */
};

/*
 * How far a queue is bound to a protected guest, as TAPQ reports it with the T bit
 * (AP_BS_... in the kernel's asm/ap.h). BAPQ binds it, AAPQ associates a secret,
 * RAPQ and ZAPQ with the F bit unbind it.
 */
enum sim_se_state {
	SIM_SE_USABLE,		/* bound, and associated */
	SIM_SE_BOUND,		/* usable, but not for secure keys */
	SIM_SE_AVAILABLE,	/* available for binding */
};

struct sim_inject {
	u8 rc;			/* 0: nothing injected */
	bool forever;
	u32 after;		/* instructions that still pass */
	u32 count;		/* then so many fail */
	bool until_reset;	/* a completed reset ends it */
};

/*
 * What the control file sets for a queue. The settings belong to the APQN:
 * they stay when the queue leaves the configuration.
 */
struct sim_settings {
	bool stuck;		/* a reset does not end by itself */
	bool busy;		/* every instruction gets response code 05 */
	/* microseconds */
	u32 reset_latency;	/* a reset is in progress */
	u32 reply_latency;	/* from NQAP to the reply */
	u32 irq_latency;	/* from AQIC or a reset to the change of state */
	u32 drain_latency;	/* from a completed reset to an empty queue */
	u32 insn_latency;	/* an instruction takes as long */
	struct sim_inject inject[SIM_NR_FC];
	struct sim_inject reset_fail;
	u8 assoc_fail;		/* AAPQ fails later with this response code */
};

extern const struct sim_settings sim_default_settings;

struct sim_oracle;

struct sim_queue {
	u16 apqn;
	const struct sim_card *card;
	struct sim_settings set;
	bool resetting;
	bool zeroizing;		/* the reset is a ZAPQ */
	bool unbinding;		/* the reset has the F bit */
	enum sim_se_state se_state;
	bool draining;		/* the reset has completed, it is not empty yet */
	struct sim_irq irq;	/* what it is now */
	bool irq_changing;
	struct sim_irq irq_next;	/* what it will be then */
	u32 generation;		/* counts resets: earlier replies are dropped */
	u32 held;		/* messages in it: pending, in work, ready */
	u32 received;		/* bytes of the first reply already received */
	struct list_head pending;
	struct list_head ready;
	u32 nr_ready;
	struct hrtimer reply_timer;
	struct hrtimer reset_timer;
	struct hrtimer drain_timer;
	struct hrtimer irq_timer;
	struct work_struct work;
	u64 counts[SIM_NR_FC];
	struct sim_oracle *oracle;
};

/* What an NQAP or DQAP moved */
struct sim_transfer {
	u64 psmid;
	u32 done;		/* bytes moved */
	u32 residual;		/* DQAP: bytes of the message left */
};

int sim_queue_init(void);
void sim_queue_exit(void);
struct sim_queue *sim_queue_create(u16 apqn, const struct sim_card *card,
				   struct sim_oracle *oracle);
void sim_queue_destroy(struct sim_queue *queue);
u8 sim_queue_gate(const struct sim_queue *queue);
u8 sim_queue_injected(struct sim_inject *inject);
u8 sim_queue_start_reset(struct sim_queue *queue, bool zeroize, bool unbind);
u8 sim_queue_bapq(struct sim_queue *queue);
u8 sim_queue_aapq(struct sim_queue *queue);
void sim_queue_settle(struct sim_queue *queue);
void sim_queue_settle_drain(struct sim_queue *queue);
void sim_queue_settle_irq(struct sim_queue *queue);
void sim_queue_clear(struct sim_queue *queue);
u8 sim_queue_aqic(struct sim_queue *queue, u64 gr1, u64 nib, bool by_bus);
u8 sim_queue_nqap(struct sim_queue *queue, u32 owner, struct sim_msg *msg);
u8 sim_queue_dqap(struct sim_queue *queue, u32 owner, void *buf, u32 len,
		  struct sim_transfer *transfer);
u32 sim_queue_status(const struct sim_queue *queue, u8 rc);

#endif /* SIM_QUEUE_H */

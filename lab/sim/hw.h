/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The configuration of the machine: adapters, domains, limits.
 */
#ifndef SIM_HW_H
#define SIM_HW_H

#include "ap.h"
#include "queue.h"

struct sim_hw {
	bool started;
	bool apxa;
	bool qci;
	bool apsb;			/* queues can be bound, see queue.h */
	bool intercept_tapq;
	unsigned int max_adapter;	/* largest ID, not their number */
	unsigned int max_domain;
	u64 usage[4];			/* domains in the host's configuration */
	u64 control[4];
	struct sim_card cards[256];
	struct sim_queue **queues;	/* by APQN; never destroyed once made */
};

extern struct sim_hw sim_hw;

int sim_hw_init(void);
void sim_hw_exit(void);
bool sim_hw_has(u16 apqn);
unsigned int sim_hw_next(unsigned int apqn);
unsigned int sim_hw_next_queue(unsigned int apqn);
struct sim_queue *sim_hw_queue(u16 apqn);
void sim_hw_query(struct sim_qci *qci, const struct sim_masks *masks);
u64 sim_hw_info(u16 apqn, bool tbit);
int sim_hw_add_card(unsigned int apid, const struct sim_card *card);
void sim_hw_del_card(unsigned int apid);
int sim_hw_add_domain(unsigned int apqi, bool usage, bool control);
void sim_hw_del_domain(unsigned int apqi, bool usage, bool control);
void sim_hw_configure(unsigned int apid, enum sim_config config, bool keep);
void sim_hw_checkstop(unsigned int apid, bool on);
void sim_hw_reset_counts(void);
const char *sim_type_name(u8 type);
const char *sim_mode_name(enum sim_mode mode);
const char *sim_config_name(enum sim_config config);
int sim_sclp_configure(u32 apid);
int sim_sclp_deconfigure(u32 apid);

#endif /* SIM_HW_H */

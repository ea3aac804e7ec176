/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The simulated AP hardware, through its debugfs files: what an SE or HMC
 * would do to the machine, and what the machine knows of itself.
 */
#ifndef PROPERTY_HW_H
#define PROPERTY_HW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"

enum hw_owner {
	HW_NOBODY,
	HW_HOST,
	HW_GUEST,
};

/* One line of `queues`. */
struct hw_queue {
	bool exists;
	bool resetting;
	bool busy;			/* AQIC is refused */
	enum hw_owner irq;		/* to whom it may notify */
	uint64_t gisa;			/* if a guest: its */
	enum hw_owner taint;		/* whose data it may hold */
	unsigned int taint_guest;	/* the guest's id */
};

struct hw_oracle {
	unsigned long entries, instructions, transfers, findings;
	char first[200];		/* the first finding, if there is one */
};

/* One command; 0 or a negative errno. */
int hw_control(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* All queues with an id below MODEL_IDS; -EBADMSG for a line not understood. */
int hw_queues(struct hw_queue queues[MODEL_IDS][MODEL_IDS]);

int hw_oracle(struct hw_oracle *oracle);
/* Forgets its findings and counts. */
int hw_oracle_clear(void);

/* The highest id of a guest that has entered SIE, or 0. */
unsigned int hw_newest_guest(void);

/* Host absolute address of the GISA of the guest with this id; 0 if it has none. */
uint64_t hw_gisa(unsigned int id);

/* Appends the last instructions that named this queue to text, a line each, as far as they fit. */
void hw_add_history(unsigned int apid, unsigned int apqi, char *text, size_t size);

/* How often the queues of a matrix were zeroized so far; -errno if it cannot be read. */
long hw_zeroized(const struct apm_matrix *matrix);

#endif

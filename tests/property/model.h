/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The model: what the documented interface promises, as values.
 *
 * It predicts the errno of every write and the matrix that every mdev has
 * after it, and works out which guest matrix follows from what can be seen.
 * No I/O, no global state; it knows nothing of how the module does it. Checks
 * go id by id on purpose, unlike the word operations of the code under test.
 */
#ifndef PROPERTY_MODEL_H
#define PROPERTY_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "apm/apm.h"

#define MODEL_MDEVS	5U
#define MODEL_IDS	16U	/* the machine's adapters and domains are below */

/* Who drives a queue device, as the bus's directories show it. */
enum model_driver {
	MODEL_NO_DEVICE,
	MODEL_UNBOUND,
	MODEL_HOST,		/* a driver of the host: zcrypt's */
	MODEL_VFIO_AP,
};

/* An adapter as the simulated hardware was told to be. */
struct model_card {
	bool present;
	bool deconfigured;
	bool checkstopped;
};

/* A queue likewise: anything set but weak means that it cannot be reset now. */
struct model_queue {
	bool stuck;
	bool busy;
	bool resetfail;		/* every reset is refused */
	bool weak;		/* some more resets will be refused, then no more */
};

struct model_mdev {
	bool exists;
	struct apm_matrix assigned;
};

struct model {
	struct apm_limits limits;
	struct apm_mask apmask, aqmask;	/* what is reserved for the host */
	struct model_mdev mdev[MODEL_MDEVS];
	/* the hardware, as it was last told to be */
	struct model_card card[MODEL_IDS];
	struct model_queue queue[MODEL_IDS][MODEL_IDS];
	struct apm_mask usage, control;
};

/* What is seen of the bus: all that a guest matrix depends on but M. */
struct model_view {
	struct apm_matrix host;		/* the host's AP configuration */
	enum model_driver driver[MODEL_IDS][MODEL_IDS];
	/*
	 * For queues that the hardware keeps from being reset: what the module
	 * says of them, APM_REASON_NONE if it counts them as good. Whether such a
	 * queue may be given depends on what happened to it before it went bad.
	 */
	enum apm_reason claim[MODEL_IDS][MODEL_IDS];
};

/* Is an APQN reserved for the host's drivers? */
bool model_reserved(const struct model *model, unsigned int apid, unsigned int apqi);

/*
 * One id more or less in a dimension of an mdev's matrix. Returns what the
 * write has to return: 0, -ENODEV, -EADDRNOTAVAIL or -EADDRINUSE. *next is the
 * matrix after it: the old one, unless 0 is returned.
 */
int model_assign(const struct model *model, unsigned int mdev, enum apm_dim dim,
		 unsigned long id, struct apm_matrix *next);
int model_unassign(const struct model *model, unsigned int mdev, enum apm_dim dim,
		   unsigned long id, struct apm_matrix *next);

/* A whole matrix at once, as ap_config has it: 0 or the errno. */
int model_configure(const struct model *model, unsigned int mdev,
		    const struct apm_matrix *next);

/*
 * A new apmask (APM_DIM_ADAPTER) or aqmask (APM_DIM_DOMAIN): 0, or -EBUSY if it
 * would newly reserve an APQN of some mdev.
 */
int model_mask(const struct model *model, enum apm_dim dim, const struct apm_mask *next);

/*
 * Writes to the bus's bind files, given who drives the queue now: 0, -ENODEV or
 * -EBUSY. `driver` is MODEL_HOST or MODEL_VFIO_AP.
 */
int model_bind(const struct model *model, enum model_driver driver, enum model_driver now,
	       unsigned int apid, unsigned int apqi);
int model_unbind(enum model_driver driver, enum model_driver now);

/* A reset of some queue would not end. */
bool model_hangs(const struct model *model);

/* The host's configuration that the hardware's QCI has to show. */
void model_host(const struct model *model, struct apm_matrix *host);

/* The card is deconfigured or checkstopped, which is no reason to withhold its queues. */
bool model_out(const struct model *model, unsigned int apid);

/* Nothing keeps a reset of this queue from succeeding. */
bool model_healthy(const struct model *model, unsigned int apid, unsigned int apqi);

/* Nothing is wrong with any queue that the machine has now. */
bool model_all_healthy(const struct model *model);

/* That, and the next reset of each will succeed at once. */
bool model_sound(const struct model *model);

/*
 * The guest matrix of an mdev: the pure filter's answer, computed from scratch.
 * `reasons` (may be NULL) gets the text that explains what is missing, with a
 * NUL at the end, cut at size.
 */
void model_guest(const struct model *model, const struct model_view *view,
		 unsigned int mdev, struct apm_matrix *guest, char *reasons, size_t size);

/* The reason with a word of the manual page, or APM_REASON_NONE. */
enum apm_reason model_reason(const char *word);

/* Why each assigned APQN is missing in `guest`, without the pure filter's code; cut at size. */
void model_reasons_naive(const struct model *model, const struct model_view *view,
			 unsigned int mdev, const struct apm_matrix *guest, char *text,
			 size_t size);

/* The same by the words of the documentation, without the pure filter's code. */
void model_guest_naive(const struct model *model, const struct model_view *view,
		       unsigned int mdev, struct apm_matrix *guest);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the pool, the queues that guests can have. A kernel has one or two
 * mechanisms, which exclude each other while they are in use:
 *
 * masks: a queue is reserved for the host if apmask has its adapter and aqmask its
 * domain. Only whole adapters and whole domains can be given to guests.
 *
 * overrides (6.19 and later): each queue by itself, as long as both masks are
 * all ones.
 */
#ifndef APM_POOL_H
#define APM_POOL_H

#include "core/problem.h"
#include "core/targets.h"

enum pool_method {
	POOL_AUTO,
	POOL_MASKS,
	POOL_OVERRIDE,
};

/* The mechanism in use: "masks", "overrides", "free" (none), or NULL. */
const char *pool_regime(const struct snapshot *snap);

/* The named queues: a set of domains for each adapter. */
struct pool_request {
	bool reserve;			/* for guests; else back to the host */
	enum pool_method method;
	bool whole_adapters;		/* only adapters were named */
	bool whole_domains;		/* only domains were named */
	struct apm_mask adapters;
	struct apm_mask domains;
	struct apm_mask queues[APM_MATRIX_IDS];
	bool allow_extra;		/* other queues may be affected */
	bool preview;			/* if they would be, say so and do not refuse it */
};

void pool_add_product(struct pool_request *request,
		      const struct apm_mask *adapters,
		      const struct apm_mask *domains);
void pool_add_queue(struct pool_request *request, unsigned int apid,
		    unsigned int apqi);

/*
 * The changes of the host. Needs all queues and the overrides. Returns false after
 * an error. Other queues that are affected become a warning.
 */
bool pool_plan(const struct snapshot *snap, const struct pool_request *request,
	       const char *verb, struct host_target *host,
	       struct problems *errors, struct problems *warnings);

/*
 * The udev rule that sets the new masks at boot. Overrides end with the device of
 * their queue and are in no rule.
 */
void pool_persist(const struct snapshot *snap, struct host_target *host);

#endif

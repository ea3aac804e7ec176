// SPDX-License-Identifier: GPL-2.0-only
/* Pure: the pool. See pool.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/phrase.h"
#include "core/pool.h"

const char *pool_regime(const struct snapshot *snap)
{
	const struct host *host = &snap->host;

	if (!host->perm_known)
		return NULL;
	if (!host_masks_all_ones(host))
		return "masks";
	return host->overrides ? "overrides" : "free";
}

void pool_add_product(struct pool_request *request,
		      const struct apm_mask *adapters,
		      const struct apm_mask *domains)
{
	unsigned int apid;

	apm_mask_for_each(apid, adapters)
		apm_mask_or(&request->queues[apid], &request->queues[apid], domains);
	apm_mask_or(&request->adapters, &request->adapters, adapters);
	apm_mask_or(&request->domains, &request->domains, domains);
}

void pool_add_queue(struct pool_request *request, unsigned int apid,
		    unsigned int apqi)
{
	apm_mask_set(&request->queues[apid], apqi);
	apm_mask_set(&request->adapters, apid);
	apm_mask_set(&request->domains, apqi);
}

static bool is_asked(const struct pool_request *request, unsigned int apid,
		     unsigned int apqi)
{
	if (request->whole_adapters)
		return apm_mask_test(&request->adapters, apid);
	if (request->whole_domains)
		return apm_mask_test(&request->domains, apqi);
	return apm_mask_test(&request->queues[apid], apqi);
}

/* masks */

struct masks {
	struct apm_mask apmask;
	struct apm_mask aqmask;
};

static bool keeps(const struct masks *masks, unsigned int apid, unsigned int apqi)
{
	return apm_mask_test(&masks->apmask, apid) &&
	       apm_mask_test(&masks->aqmask, apqi);
}

/* Existing queues that are affected without being named: how many, and the first. */
static unsigned int count_extra(const struct snapshot *snap,
				const struct pool_request *request,
				const struct masks *now, const struct masks *next,
				struct text *which)
{
	unsigned int apid, apqi, nr = 0;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (!snapshot_queue(snap, apid, apqi)->present ||
			    keeps(now, apid, apqi) == keeps(next, apid, apqi) ||
			    is_asked(request, apid, apqi))
				continue;
			phrase_listed(which, &nr, apid, apqi);
		}
	}
	phrase_listed_end(which, nr);
	return nr;
}

/* Clearing one of a queue's two bits is enough: the one that affects fewer others. */
static struct masks masks_reserve(const struct snapshot *snap,
				  const struct pool_request *request,
				  const struct masks *now)
{
	struct masks by_adapter = *now, by_domain = *now;

	apm_mask_andnot(&by_adapter.apmask, &now->apmask, &request->adapters);
	apm_mask_andnot(&by_domain.aqmask, &now->aqmask, &request->domains);
	if (request->whole_adapters)
		return by_adapter;
	if (request->whole_domains)
		return by_domain;
	if (count_extra(snap, request, now, &by_domain, NULL) <
	    count_extra(snap, request, now, &by_adapter, NULL))
		return by_domain;
	return by_adapter;
}

/* A queue comes back only when both of its bits are set. */
static struct masks masks_release(const struct pool_request *request,
				  const struct masks *now)
{
	struct masks next = *now;
	unsigned int apid, apqi;

	if (request->whole_adapters || request->whole_domains) {
		if (request->whole_adapters)
			apm_mask_or(&next.apmask, &now->apmask, &request->adapters);
		if (request->whole_domains)
			apm_mask_or(&next.aqmask, &now->aqmask, &request->domains);
		return next;
	}
	apm_mask_for_each(apid, &request->adapters) {
		apm_mask_for_each(apqi, &request->queues[apid]) {
			apm_mask_set(&next.apmask, apid);
			apm_mask_set(&next.aqmask, apqi);
		}
	}
	return next;
}

static bool plan_masks(const struct snapshot *snap,
		       const struct pool_request *request, const char *verb,
		       struct host_target *host, struct problems *errors,
		       struct problems *warnings)
{
	const struct masks now = { snap->host.apmask, snap->host.aqmask };
	struct masks next = request->reserve ?
		masks_reserve(snap, request, &now) : masks_release(request, &now);
	struct text which = { 0 };
	struct problem *problem = NULL;
	unsigned int extra;

	if (snap->host.overrides) {
		problem = problem_add(errors, EXIT_CODE_CONFLICT, EINVAL,
				      "%s: %u queues have a driver override, "
				      "and this kernel refuses masks while any has",
				      verb, snap->host.overrides);
		problem_hint(problem, "use --apqn with single queues, "
				      "or release the overrides first, see apmatrix pool show");
		return false;
	}
	extra = count_extra(snap, request, &now, &next, &which);
	if (extra && !request->allow_extra && !request->preview) {
		problem = problem_add(errors, EXIT_CODE_CONFLICT, 0,
				      "%s: masks give whole adapters and whole domains: "
				      "%u other queue%s would be affected: %s",
				      verb, extra, extra == 1 ? "" : "s", which.at);
		problem_hint(problem, snap->host.has_override ?
			     "use --allow-extra to proceed, "
			     "or --method override for single queues" :
			     "use --allow-extra to proceed; single queues need Linux 6.19");
	} else if (extra) {
		problem_add(warnings, EXIT_CODE_OK, 0,
			    "%s: masks give whole adapters and whole domains: "
			    "%u other queue%s %s affected: %s%s",
			    verb, extra, extra == 1 ? "" : "s",
			    extra == 1 ? "is" : "are", which.at,
			    request->allow_extra ? "" : "; this needs --allow-extra");
	}
	text_free(&which);
	if (problem)
		return false;
	host->touch_masks = true;
	host->apmask = next.apmask;
	host->aqmask = next.aqmask;
	return true;
}

/* overrides */

/* Somebody has given these queues to another driver on purpose. */
static bool check_foreign(const struct snapshot *snap, const struct pool_request *request,
			  const char *verb, struct problems *errors)
{
	unsigned int apid, apqi, nr = 0, first_apid = 0, first_apqi = 0;
	struct text which = { 0 };

	for (apid = 0; apid < APM_MATRIX_IDS && request->reserve; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			if (!snapshot_queue(snap, apid, apqi)->foreign ||
			    !is_asked(request, apid, apqi))
				continue;
			if (!nr) {
				first_apid = apid;
				first_apqi = apqi;
			}
			phrase_listed(&which, &nr, apid, apqi);
		}
	}
	phrase_listed_end(&which, nr);
	if (nr)
		problem_hint(problem_apqn(problem_add(errors, EXIT_CODE_CONFLICT, 0,
						      "%s: %s: another program has set a driver "
						      "override to another driver",
						      verb, which.at), first_apid, first_apqi),
			     "end it first: apmatrix pool release --apqn %02x.%04x",
			     first_apid, first_apqi);
	text_free(&which);
	return !nr;
}

static bool plan_overrides(const struct snapshot *snap,
			   const struct pool_request *request, const char *verb,
			   struct host_target *host, struct problems *errors)
{
	unsigned int apid, apqi;
	struct problem *problem;

	if (!snap->host.has_override && host_masks_all_ones(&snap->host)) {
		problem_hint(problem_add(errors, EXIT_CODE_UNSUPPORTED, 0,
					 "%s: this kernel has no driver_override for queues",
					 verb),
			     "Linux 6.19 and later have it; use --method masks");
		return false;
	}
	if (!host_masks_all_ones(&snap->host)) {
		problem = problem_add(errors, EXIT_CODE_CONFLICT, EINVAL,
				      "%s: apmask or aqmask is in use, "
				      "and this kernel refuses overrides "
				      "unless both are all ones",
				      verb);
		problem_hint(problem, "use --method masks, or release the masks first: "
				      "apmatrix pool release -a all -d all");
		return false;
	}
	if (!check_foreign(snap, request, verb, errors))
		return false;
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			const struct queue *queue =
				snapshot_queue(snap, apid, apqi);

			if (queue->present && is_asked(request, apid, apqi) &&
			    queue->override != request->reserve)
				overrides_add_other(&host->overrides, &host->nr_overrides,
						    apid, apqi, request->reserve,
						    snapshot_foreign(snap, apid, apqi));
		}
	}
	return true;
}

/* A named single queue must exist. */
static bool check_present(const struct snapshot *snap,
			  const struct pool_request *request, const char *verb,
			  struct problems *errors)
{
	unsigned int apid, apqi;

	if (request->whole_adapters || request->whole_domains)
		return true;
	apm_mask_for_each(apid, &request->adapters) {
		apm_mask_for_each(apqi, &request->queues[apid]) {
			if (snapshot_queue(snap, apid, apqi)->present ||
			    request->method != POOL_OVERRIDE)
				continue;
			problem_apqn(problem_add(errors, EXIT_CODE_NOT_FOUND, ENODEV,
						 "%s: no queue %02x.%04x",
						 verb, apid, apqi), apid, apqi);
			return false;
		}
	}
	return true;
}

/* Named queues without a driver that are not reserved for the host. */
static void plan_binds(const struct snapshot *snap,
		       const struct pool_request *request,
		       struct host_target *host)
{
	unsigned int apid, apqi;

	for (apid = 0; apid < APM_MATRIX_IDS && request->reserve; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			const struct queue *queue =
				snapshot_queue(snap, apid, apqi);
			bool idle = queue->present &&
				    queue->driver != DRIVER_VFIO_AP &&
				    (queue->override ||
				     !host_reserves(snap, apid, apqi));

			if (idle && is_asked(request, apid, apqi) &&
			    (!snap->cards_known || card_supported(&snap->cards[apid])))
				overrides_add(&host->binds, &host->nr_binds, apid,
					      apqi, true);
		}
	}
}

static enum pool_method choose_method(const struct snapshot *snap,
				      const struct pool_request *request)
{
	const struct masks now = { snap->host.apmask, snap->host.aqmask };
	struct masks next;

	if (request->method != POOL_AUTO)
		return request->method;
	if (snap->host.overrides)
		return POOL_OVERRIDE;
	if (!host_masks_all_ones(&snap->host) || !snap->host.has_override)
		return POOL_MASKS;
	if (request->whole_adapters || request->whole_domains)
		return POOL_MASKS;
	next = masks_reserve(snap, request, &now);
	return count_extra(snap, request, &now, &next, NULL) ? POOL_OVERRIDE :
							      POOL_MASKS;
}

/* Do the masks already give every named queue? */
static bool masks_suffice(const struct snapshot *snap,
			  const struct pool_request *request)
{
	unsigned int apid, apqi;

	if (request->whole_adapters || request->whole_domains)
		return false;
	apm_mask_for_each(apid, &request->adapters) {
		apm_mask_for_each(apqi, &request->queues[apid]) {
			if (host_reserves(snap, apid, apqi) == request->reserve)
				return false;
		}
	}
	return true;
}

bool pool_plan(const struct snapshot *snap, const struct pool_request *request,
	       const char *verb, struct host_target *host,
	       struct problems *errors, struct problems *warnings)
{
	enum pool_method method = choose_method(snap, request);

	if (!snap->host.perm_known) {
		problem_hint(problem_add(errors, EXIT_CODE_UNSUPPORTED, 0,
					 "%s: no apmask: this machine has no AP bus",
					 verb), "see apmatrix doctor");
		return false;
	}
	if (!check_present(snap, request, verb, errors))
		return false;
	if (method == POOL_MASKS && !masks_suffice(snap, request) &&
	    !plan_masks(snap, request, verb, host, errors, warnings))
		return false;
	if (method == POOL_OVERRIDE &&
	    !plan_overrides(snap, request, verb, host, errors))
		return false;
	plan_binds(snap, request, host);
	return true;
}

void pool_persist(const struct snapshot *snap, struct host_target *host)
{
	host->touch_rule = true;
	host->rule = (struct pool_rule){
		.has_apmask = true, .has_aqmask = true,
		.apmask = host->touch_masks ? host->apmask : snap->host.apmask,
		.aqmask = host->touch_masks ? host->aqmask : snap->host.aqmask,
	};
}

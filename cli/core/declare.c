// SPDX-License-Identifier: GPL-2.0-only
/* Pure: from a plan file to targets. See declare.h. */
#include <stdlib.h>
#include <string.h>

#include "core/declare.h"
#include "core/plan-id.h"
#include "core/plan.h"
#include "lib/text.h"

/* one matrix */

/* The uuid an entry means: its own, that of who has the name, or a new one. */
static bool find_uuid(const struct snapshot *snap,
		      const struct wanted_matrix *wanted, const char *verb,
		      char *uuid, struct problems *errors)
{
	struct matrix *matrix = NULL;
	size_t nr;

	if (*wanted->uuid) {
		memcpy(uuid, wanted->uuid, sizeof(wanted->uuid));
		return true;
	}
	nr = snapshot_named(snap, wanted->name.word, &matrix);
	if (nr > 1) {
		problem_hint(problem_add(errors, EXIT_CODE_CONFLICT, 0,
					 "%s: %zu matrices have the name %s", verb,
					 nr, wanted->name.word),
			     "add \"uuid\", see apmatrix list");
		return false;
	}
	if (matrix)
		memcpy(uuid, matrix->uuid, sizeof(matrix->uuid));
	else
		uuid_of_name(wanted->name.word, uuid);
	return true;
}

static void wanted_content(const struct snapshot *snap,
			   const struct wanted_matrix *wanted,
			   struct apm_matrix *content)
{
	static const struct apm_mask none;
	unsigned int dim;

	for (dim = 0; dim < APM_DIM_NR; dim++)
		ids_apply(&wanted->ids[dim], &none, &snap->host.config.dim[dim],
			  &content->dim[dim]);
	if (wanted->control_same)
		content->dim[APM_DIM_CONTROL_DOMAIN] = content->dim[APM_DIM_DOMAIN];
}

static const char *wanted_word(const struct wanted_word *wanted, const char *now)
{
	return wanted->given ? wanted->word : now;
}

static bool words_differ(const char *a, const char *b)
{
	return (a || b) && !str_is(a, b);
}

static void want_names(struct target *target, const struct matrix *now,
		       const struct wanted_matrix *wanted)
{
	const char *name = wanted_word(&wanted->name, now->name);
	const char *owner = wanted_word(&wanted->owner, now->owner);
	const char *comment = wanted_word(&wanted->comment, now->comment);
	bool transient = target->start == START_NONE;

	if (words_differ(name, now->name) || words_differ(owner, now->owner) ||
	    words_differ(comment, now->comment) ||
	    ((name || owner || comment) && transient != now->transient_name))
		target_set_name(target, name, owner, comment, transient);
}

static void want_definition(struct target *target, const struct matrix *now,
			    const struct apm_matrix *content)
{
	if (target->start != now->start ||
	    (target->start != START_NONE &&
	     !apm_matrix_equal(&now->definition, content)))
		target->touch_definition = true;
	if (target->start != START_NONE)
		target->definition = *content;
}

static bool add_wanted(const struct snapshot *snap,
		       const struct wanted_matrix *wanted, const char *uuid,
		       const char *verb, struct targets *targets,
		       struct problems *errors)
{
	static const struct matrix none;
	const struct matrix *matrix = snapshot_find(snap, uuid);
	const struct matrix *now = matrix ? matrix : &none;
	struct apm_matrix content;
	struct target *target;

	target = matrix ? targets_add(targets, matrix) :
			  targets_add_new(targets, uuid);
	wanted_content(snap, wanted, &content);
	target->active = wanted->active;
	memset(&target->assigned, 0, sizeof(target->assigned));
	if (wanted->active)
		target->assigned = content;
	target->start = wanted->start_given ? wanted->start : now->start;
	want_definition(target, now, &content);
	want_names(target, now, wanted);
	if (!target->active && target->start == START_NONE) {
		problem_hint(problem_add(errors, EXIT_CODE_USAGE, 0,
					 "%s %s: \"active\" is false, but there is no definition",
					 verb, wanted->name.word ?
					 wanted->name.word : uuid),
			     "add \"start\": \"auto\" or \"manual\"");
		targets_drop_last(targets);
		return false;
	}
	if (!target->touch_definition && !target->touch_name &&
	    target->active == now->active &&
	    (!target->active ||
	     (now->assigned_known &&
	      apm_matrix_equal(&now->assigned, &target->assigned))))
		targets_drop_last(targets);
	return true;
}

/* the others */

static void prune(const struct matrix *matrix, const struct declare_rules *rules,
		  const char *verb, struct targets *targets,
		  struct problems *warnings)
{
	if (rules->any_owner || (matrix->owner && str_is(matrix->owner, rules->owner))) {
		targets_remove(targets, matrix, false);
		return;
	}
	problem_matrix(problem_add(warnings, EXIT_CODE_OK, 0,
				   "%s: keeping %s, which is not in the plan: it %s%s; "
				   "--any-owner removes it", verb, matrix_title(matrix),
				   matrix->owner ? "belongs to " : "has no owner",
				   matrix->owner ? matrix->owner : ""),
		       matrix->uuid);
}

/* pool */

/* Applies requests in turn, each to the host that the previous ones leave. */
static bool add_request(const struct snapshot *snap,
			const struct pool_request *request, const char *verb,
			struct host_target *host, struct problems *errors,
			struct problems *warnings)
{
	struct snapshot *after = plan_snapshot_after(snap, host);
	bool good = pool_plan(after, request, verb, host, errors, warnings);

	plan_snapshot_after_free(after);
	return good;
}

static bool reserve_pool(const struct snapshot *snap,
			 const struct wanted_pool *pool, const char *verb,
			 struct host_target *host, struct problems *errors,
			 struct problems *warnings)
{
	struct pool_request request = {
		.reserve = true, .method = pool->method,
		.allow_extra = pool->allow_extra,
	};
	struct apm_mask all;
	unsigned int apid, apqi;
	bool good = true;

	memset(&all, 0xff, sizeof(all));
	if (!apm_mask_empty(&pool->adapters)) {
		request.whole_adapters = true;
		pool_add_product(&request, &pool->adapters, &all);
		good = add_request(snap, &request, verb, host, errors, warnings);
		request.whole_adapters = false;
	}
	if (good && !apm_mask_empty(&pool->domains)) {
		request.whole_domains = true;
		request.domains = pool->domains;
		good = add_request(snap, &request, verb, host, errors, warnings);
		request.whole_domains = false;
	}
	memset(request.queues, 0, sizeof(request.queues));
	memset(&request.adapters, 0, sizeof(request.adapters));
	memset(&request.domains, 0, sizeof(request.domains));
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		apm_mask_for_each(apqi, &pool->queues[apid])
			pool_add_queue(&request, apid, apqi);
	}
	if (good && !apm_mask_empty(&request.adapters))
		good = add_request(snap, &request, verb, host, errors, warnings);
	return good;
}

/* Mask bits and overrides that the pool does not need. */
static bool release_pool(const struct snapshot *snap,
			 const struct wanted_pool *pool, const char *verb,
			 struct host_target *host, struct problems *errors,
			 struct problems *warnings)
{
	struct pool_request request = { .allow_extra = true };
	struct apm_mask adapters = pool->adapters, domains = pool->domains;
	unsigned int apid, apqi;
	bool good = true;

	if (snap->host.overrides) {
		for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
			for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
				if (queue_is_given(snapshot_queue(snap, apid, apqi)) &&
				    !apm_mask_test(&pool->adapters, apid) &&
				    !apm_mask_test(&pool->domains, apqi) &&
				    !apm_mask_test(&pool->queues[apid], apqi))
					pool_add_queue(&request, apid, apqi);
			}
		}
		return apm_mask_empty(&request.adapters) ||
		       add_request(snap, &request, verb, host, errors, warnings);
	}
	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		apm_mask_or(&domains, &domains, &pool->queues[apid]);
		if (!apm_mask_empty(&pool->queues[apid]))
			apm_mask_set(&adapters, apid);
	}
	memset(&request.adapters, 0xff, sizeof(request.adapters));
	memset(&request.domains, 0xff, sizeof(request.domains));
	apm_mask_or(&adapters, &adapters, &snap->host.apmask);
	apm_mask_or(&domains, &domains, &snap->host.aqmask);
	request.whole_adapters =
		apm_mask_andnot(&request.adapters, &request.adapters, &adapters);
	request.whole_domains =
		apm_mask_andnot(&request.domains, &request.domains, &domains);
	if (request.whole_adapters || request.whole_domains)
		good = add_request(snap, &request, verb, host, errors, warnings);
	return good;
}

/* The masks of the udev rule, if they are other ones. Needs snap->boot. */
static void want_rule(const struct snapshot *snap, const struct wanted_pool *pool,
		      struct host_target *host)
{
	const struct boot *boot = &snap->boot;
	struct pool_rule rule = { .has_apmask = true, .has_aqmask = true };

	memset(&rule.apmask, 0xff, sizeof(rule.apmask));
	memset(&rule.aqmask, 0xff, sizeof(rule.aqmask));
	apm_mask_andnot(&rule.apmask, &rule.apmask, &pool->boot_adapters);
	apm_mask_andnot(&rule.aqmask, &rule.aqmask, &pool->boot_domains);
	host->touch_rule = false;
	if (!pool->boot_rule) {
		host->touch_rule = host->remove_rule =
			boot->rule.has_apmask || boot->rule.has_aqmask;
	} else if (!boot->rule.has_apmask || !boot->rule.has_aqmask ||
		   !apm_mask_equal(&rule.apmask, &boot->rule.apmask) ||
		   !apm_mask_equal(&rule.aqmask, &boot->rule.aqmask)) {
		host->touch_rule = true;
		host->rule = rule;
	}
}

static bool want_pool(const struct snapshot *snap, const struct wanted_pool *pool,
		      bool exact, const char *verb, struct host_target *host,
		      struct problems *errors, struct problems *warnings)
{
	if (exact && !release_pool(snap, pool, verb, host, errors, warnings))
		return false;
	if (!reserve_pool(snap, pool, verb, host, errors, warnings))
		return false;
	if (pool->persist && !host->nr_overrides && !snap->host.overrides)
		pool_persist(snap, host);
	if (pool->boot_given)
		want_rule(snap, pool, host);
	return true;
}

/* An entry of the file, number nr; false after an error. */
static bool declare_entry(const struct snapshot *snap,
			  const struct plan_file *file, size_t nr,
			  char (*uuids)[UUID_LEN + 1], const char *verb,
			  struct targets *targets, struct problems *errors)
{
	const struct wanted_matrix *wanted = &file->matrices[nr];
	size_t i;

	if (!find_uuid(snap, wanted, verb, uuids[nr], errors))
		return false;
	for (i = 0; i < nr; i++) {
		if (!str_is(uuids[i], uuids[nr]))
			continue;
		problem_add(errors, EXIT_CODE_USAGE, 0,
			    "%s: matrices[%zu] and matrices[%zu] are the same matrix, %s",
			    verb, i, nr, uuids[nr]);
		return false;
	}
	return add_wanted(snap, wanted, uuids[nr], verb, targets, errors);
}

/* Is, or could, an entry be about this matrix? */
static bool is_named(const struct plan_file *file, const struct matrix *matrix,
		     char (*uuids)[UUID_LEN + 1])
{
	size_t i;

	for (i = 0; i < file->nr_matrices; i++) {
		if (str_is(uuids[i], matrix->uuid) ||
		    (!*uuids[i] &&
		     str_is(file->matrices[i].name.word, matrix->name)))
			return true;
	}
	return false;
}

/* What release_pool() would return to the host. */
static void find_left_pool(const struct snapshot *snap, const struct wanted_pool *pool,
			   struct declare_left *left)
{
	struct problems ignored = { 0 };
	struct host_target host = { 0 };

	if (release_pool(snap, pool, "", &host, &ignored, &ignored)) {
		left->overrides = host.nr_overrides;
		if (host.touch_masks) {
			apm_mask_andnot(&left->adapters, &host.apmask, &snap->host.apmask);
			apm_mask_andnot(&left->domains, &host.aqmask, &snap->host.aqmask);
		}
	}
	host_target_free(&host);
	problems_free(&ignored);
}

void declare_find_left(const struct snapshot *snap, const struct plan_file *file,
		       const struct declare_rules *rules, struct declare_left *left)
{
	char (*uuids)[UUID_LEN + 1] = xcalloc(file->nr_matrices + 1, sizeof(*uuids));
	struct problems ignored = { 0 };
	size_t i;

	*left = (struct declare_left){ 0 };
	for (i = 0; i < file->nr_matrices; i++)
		find_uuid(snap, &file->matrices[i], "", uuids[i], &ignored);
	problems_free(&ignored);
	for (i = 0; i < snap->nr_matrices && file->matrices_given; i++) {
		const struct matrix *matrix = &snap->matrices[i];

		if (is_named(file, matrix, uuids))
			continue;
		names_add(&left->matrices, matrix_title(matrix));
		left->foreign |= !matrix->owner || !str_is(matrix->owner, rules->owner);
	}
	free(uuids);
	if (file->pool && snap->host.perm_known)
		find_left_pool(snap, file->pool, left);
}

void declare_left_free(struct declare_left *left)
{
	names_free(&left->matrices);
}

bool declare(const struct snapshot *snap, const struct plan_file *file,
	     const struct declare_rules *rules, const char *verb,
	     struct targets *targets, struct problems *errors,
	     struct problems *warnings)
{
	char (*uuids)[UUID_LEN + 1] = xcalloc(file->nr_matrices + 1,
					      sizeof(*uuids));
	bool good = true;
	size_t i;

	if (file->pool && !want_pool(snap, file->pool, rules->prune, verb,
				     &targets->host, errors, warnings)) {
		host_target_free(&targets->host);
		good = rules->partial;
	}
	for (i = 0; i < file->nr_matrices && good; i++)
		good = declare_entry(snap, file, i, uuids, verb, targets,
				     errors) || rules->partial;
	for (i = 0; i < snap->nr_matrices && good && rules->prune &&
	     file->matrices_given; i++) {
		if (!is_named(file, &snap->matrices[i], uuids))
			prune(&snap->matrices[i], rules, verb, targets, warnings);
	}
	free(uuids);
	return good;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* From what was typed to matrices, IDs and times. */
#ifndef APM_SELECT_H
#define APM_SELECT_H

#include "context/context.h"
#include "core/targets.h"

/* Replaces guest:NAME operands by UUIDs; false after an error. */
bool select_guests(struct apmatrix *apm);
/* By uuid or name; NULL and an error if there is none, or more than one. */
struct matrix *select_matrix(struct apmatrix *apm, const char *text);
/* The operands, or all if there is none or it is "all". false after an error. */
bool select_matrices(struct apmatrix *apm);
/*
 * In a table, all matrices are sorted by name as a person does ("web2" before "web10"),
 * those without a name come last, by UUID. Named operands keep their order.
 */
void select_order(struct apmatrix *apm);
/* The operand "all" becomes all matrices, or all active ones. */
void select_all(struct apmatrix *apm, bool active_only);
/*
 * The target of an operand: an existing one, or the matrix as it is. NULL after an
 * error. Valid until the next target is added.
 */
struct target *select_target(struct apmatrix *apm, struct targets *targets,
			     const char *operand);
/*
 * What a matrix is defined as from now on, and its name with it; nothing if it is
 * defined so already.
 */
void select_define(struct apmatrix *apm, struct target *target,
		   const struct apm_matrix *content, enum start_mode start);
/*
 * --reserve: the host gives up what it has of the queues of nr matrices; lasting: at
 * the next boot, too. Needs all queues and overrides. false after an error.
 */
bool select_from_host(struct apmatrix *apm, const struct apm_matrix *const *contents,
		      size_t nr, bool lasting, struct host_target *host);
/* Is it the matrix of --owner, or of nobody, or --any-owner given? Else an error. */
bool select_owned(struct apmatrix *apm, const struct matrix *matrix);
/* --adapters, --domains, --control-domains into apm->ids; false after an error. */
bool select_ids(struct apmatrix *apm, enum ids_kind kind);
/* The same, and at least one must have been given. */
bool select_some_ids(struct apmatrix *apm, enum ids_kind kind);
/* What select_ids() has read is added to, removed from, or becomes the content. */
void select_edit(const struct apmatrix *apm, struct apm_matrix *content);
/* Are --owner and --comment labels, if they are given? false after an error. */
bool select_labels(struct apmatrix *apm);
/*
 * The host's own plan into apm->file, which stays NULL if there is none. 0, a
 * complaint and -EINVAL, or another errno value.
 */
int select_host_plan(struct apmatrix *apm, struct complaint *complaint);
/* At most one of these options (the list ends with OPT_NR). */
bool select_one_of(struct apmatrix *apm, const enum option *options);
/* A time option in milliseconds, or none if it was not given. */
bool select_time(struct apmatrix *apm, enum option option, unsigned int none,
		 unsigned int *milliseconds);

#endif

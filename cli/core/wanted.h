/* SPDX-License-Identifier: GPL-2.0-only */
/* What a plan file says a host should be, as values. */
#ifndef APM_WANTED_H
#define APM_WANTED_H

#include "core/pool.h"
#include "lib/names.h"

/* A key that may be left out, which leaves things as they are. */
struct wanted_word {
	bool given;
	char *word;		/* NULL: null, that is none */
};

struct wanted_matrix {
	char uuid[UUID_LEN + 1];	/* "": from the name */
	struct wanted_word name;
	struct wanted_word owner;
	struct wanted_word comment;
	bool active;
	bool start_given;
	enum start_mode start;
	struct ids ids[APM_DIM_NR];	/* not given: none */
	bool control_same;		/* control domains: as the domains */
};

/* Whole adapters, whole domains and single queues that guests may have. */
struct wanted_pool {
	struct apm_mask adapters;
	struct apm_mask domains;
	struct apm_mask queues[APM_MATRIX_IDS];	/* the domains of each adapter */
	enum pool_method method;
	bool allow_extra;
	bool persist;
	/* "at_boot": what the udev rule gives to guests; null: it sets no masks */
	bool boot_given;
	bool boot_rule;
	struct apm_mask boot_adapters;
	struct apm_mask boot_domains;
};

struct plan_file {
	/* what is not mentioned is not the file's business, not even with prune */
	struct wanted_pool *pool;	/* NULL: not mentioned */
	bool matrices_given;
	struct wanted_matrix *matrices;
	size_t nr_matrices;
	char *selected;			/* one of the configurations, or NULL */
	struct names configurations;	/* all names, if there are several */
};

/* Frees what it holds; it is empty afterwards. */
void plan_file_free(struct plan_file *file);

#endif

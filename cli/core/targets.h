/* SPDX-License-Identifier: GPL-2.0-only */
/* The wanted state of matrices and host: what a command or a plan file asks for. */
#ifndef APM_TARGETS_H
#define APM_TARGETS_H

#include "core/model.h"

/* The wanted state of one matrix. */
struct target {
	char uuid[UUID_LEN + 1];
	bool random_uuid;		/* chosen in this run */
	bool active;			/* exists in the kernel */
	struct apm_matrix assigned;	/* if active */
	bool refresh;			/* write even if nothing changes */

	bool touch_definition;		/* else the definition stays */
	enum start_mode start;		/* START_NONE: no definition */
	struct apm_matrix definition;

	bool touch_name;		/* also name, owner and comment */
	bool transient_name;
	char *name;
	char *owner;
	char *comment;
};

/*
 * One queue whose driver override is set, or cleared. other is the driver that somebody
 * else has set: the override that is cleared, or that undo sets again. "": vfio_ap.
 */
struct override {
	uint8_t apid;
	uint8_t apqi;
	bool reserve;
	char other[DRIVER_NAME_LEN + 1];
};

/* The queues to reserve for the host's drivers. */
struct host_target {
	bool touch_masks;
	struct apm_mask apmask;
	struct apm_mask aqmask;
	struct override *overrides;
	size_t nr_overrides;
	/* queues to bind: without a driver although not reserved */
	struct override *binds;
	size_t nr_binds;
	bool touch_rule;		/* else the udev rule stays */
	bool remove_rule;		/* there is to be none */
	struct pool_rule rule;
};

/* One file as it is to be; NULL: there is to be none. */
struct file_target {
	char *path;
	char *text;
	bool link;		/* text is where a symbolic link leads */
};

struct targets {
	struct target *at;
	size_t nr;
	struct host_target host;
	/*
	 * If there are any, they are all files of the change: the targets' own
	 * definitions, names and rule are for its checks and its report.
	 */
	struct file_target *files;
	size_t nr_files;
	bool enable_unit;	/* apmatrix-restore.service starts matrices at boot */
	char *host_plan;	/* the host's own plan, or NULL: it stays */
	bool tell_lasting;	/* what does not last is told even if nothing changes */
	bool unrecorded;	/* undo does not go back behind it */
};

/* The target of a matrix; a new one leaves it as it is. */
struct target *targets_add(struct targets *targets, const struct matrix *matrix);
/* A target for a matrix that does not exist yet. */
struct target *targets_add_new(struct targets *targets, const char *uuid);
/*
 * A target that removes a matrix with its name, and with its definition unless
 * that is kept.
 */
struct target *targets_remove(struct targets *targets,
			      const struct matrix *matrix, bool keep_definition);
void target_set_name(struct target *target, const char *name,
		     const char *owner, const char *comment, bool transient);
/* Moves one target of another list to this one. */
void targets_take(struct targets *targets, struct target *target);
/* Removes the last target. */
void targets_drop_last(struct targets *targets);
/* NULL if the matrix is no target. */
const struct target *targets_find(const struct targets *targets, const char *uuid);
/* The name of a matrix for messages: its present or new name, else its UUID. */
const char *targets_title(const struct targets *targets,
			  const struct snapshot *snap, const char *uuid);
void targets_free(struct targets *targets);
/* text may be NULL */
void targets_add_file(struct targets *targets, const char *path, const char *text,
		      bool link);
void host_target_free(struct host_target *host);
/* Does the target change nothing? */
bool host_target_empty(const struct host_target *host);

/* One more queue for a list of overrides or binds. */
void overrides_add(struct override **list, size_t *nr, unsigned int apid,
		   unsigned int apqi, bool reserve);
/* The same of an override to another driver; NULL or "": to vfio_ap. */
void overrides_add_other(struct override **list, size_t *nr, unsigned int apid,
			 unsigned int apqi, bool reserve, const char *other);

#endif

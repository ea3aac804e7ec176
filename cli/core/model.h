/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: a snapshot of one host, and queries on it.
 *
 * The snapshot is filled by host/read-*.c and does not change
 * after that. What was not read is marked as unknown, and queries say so.
 */
#ifndef APM_MODEL_H
#define APM_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "apm/apm.h"
#include "core/reason.h"
#include "lib/parse.h"

#define DRIVER_NAME_LEN	63	/* longer names of drivers are cut off */
#define DRIVERS_MAX	16	/* drivers that are distinguished */

enum start_mode {
	START_NONE,		/* no definition */
	START_MANUAL,
	START_AUTO,
};

enum matrix_state {
	MATRIX_DEFINED,		/* only on disk */
	MATRIX_IDLE,		/* active, no guest */
	MATRIX_IN_USE,		/* active, a guest has it */
	MATRIX_UNKNOWN,		/* active, unknown whether a guest has it */
};

/* A reason from the kernel. Sorted by APQN. */
struct kernel_reason {
	uint8_t apid;
	uint8_t apqi;
	uint8_t reason;		/* enum apm_reason; APM_REASON_NR: not known here */
};

/* One mediated device, active or defined or both. */
struct matrix {
	char uuid[UUID_LEN + 1];
	char *name;		/* NULL: none */
	char *owner;
	char *comment;
	bool transient_name;	/* name and owner last until the next boot */

	bool active;
	struct apm_matrix assigned;	/* active: what is assigned now */
	bool assigned_known;		/* false: the kernel cut the listing */
	bool has_config;		/* active: it has ap_config */
	bool has_guest;			/* active: it has guest_matrix */
	bool guest_known;
	struct apm_matrix guest;		/* what the guest has, or would get */
	bool guest_control_known;
	enum matrix_state state;
	int plan_drift;			/* differs from the host's plan; -1: not compared */
	long long generation;		/* of the guest matrix; -1: not reported, or not read */
	bool reasons_known;		/* the kernel gave reasons */
	struct kernel_reason *reasons;
	size_t nr_reasons;
	long guest_pid;			/* 0: unknown */
	char *guest_name;

	bool defined;
	enum start_mode start;
	struct apm_matrix definition;
	bool definition_odd;		/* has attributes that are not understood */
};

struct card {
	bool present;
	int hwtype;		/* 0: unknown */
	unsigned long functions;
	int config;		/* -1: unknown */
	int chkstop;
	int online;
	char *type;		/* CEX8C, ...; NULL: unknown */
	char *serial;
};

struct queue {
	bool known : 1;
	bool present : 1;
	bool override : 1;	/* has a driver override; see read_overrides() */
	bool foreign : 1;	/* likewise, and to a driver other than vfio_ap */
	uint8_t driver;		/* index into drivers, 0: none */
};

/* Its driver override gives it to guests. */
static inline bool queue_is_given(const struct queue *queue)
{
	return queue->override && !queue->foreign;
}

/* What only some columns show. */
struct queue_detail {
	long requests;		/* processed, -1: unknown */
	long pending;		/* in the queue and waiting for it, -1: unknown */
	char *keys;		/* master key patterns, NULL: unknown */
};

/* The features of the loaded module; all false if there is none. */
struct features {
	bool listed;		/* there is a features attribute */
	bool guest_matrix;
	bool hotplug;
	bool ap_config;
	bool reasons;		/* this package: reasons, complete listings */
	bool guest_control;	/* this package: the guest's control domains */
	bool notify;		/* this package: a uevent after each change */
	bool generation;	/* this package: a number of each guest matrix */
	bool resets;		/* this package: resets are counted */
	char *text;
};

/* Resets since vfio_ap was loaded. */
struct reset_counts {
	unsigned long long complete;
	unsigned long long failed;
	unsigned long long total_us;
	unsigned long long longest_us;
	unsigned long long withheld;	/* queues, at present */
};

struct host {
	bool bus;		/* there is an AP bus */
	bool qci;		/* the AP bus reports the host's AP configuration */
	bool module;		/* vfio_ap is loaded: there is a matrix device */
	struct apm_matrix config;	/* of the host, as QCI or the bus has it */
	struct apm_limits limits;
	bool perm_known;
	struct apm_mask apmask, aqmask;	/* reserved for the host: both bits set */
	bool has_override;	/* queues have driver_override (6.19 and later) */
	unsigned int overrides;	/* queues with one; see read_overrides() */
	char *bus_features;
	char *bindings;
	struct features features;
};

/* The masks at the next boot, from the udev rule. */
struct pool_rule {
	bool has_apmask;
	bool has_aqmask;
	struct apm_mask apmask;
	struct apm_mask aqmask;
};

/* What happens at the next boot; see host/read-boot.h. */
struct boot {
	bool known;
	bool has_rule;		/* there is a udev rule, maybe without masks */
	struct pool_rule rule;
	bool unit_there;
	bool unit_enabled;	/* it starts matrices */
	bool mdevctl;		/* starts matrices */
};

/* An override that this tool has not set. */
struct foreign_override {
	uint8_t apid;
	uint8_t apqi;
	char driver[DRIVER_NAME_LEN + 1];
};

struct snapshot {
	struct host host;
	struct matrix *matrices;	/* sorted by uuid */
	size_t nr_matrices;
	bool cards_known;
	struct card cards[APM_MATRIX_IDS];
	struct queue *queues;		/* APM_MATRIX_APQNS of them, or NULL */
	struct queue_detail *details;	/* likewise */
	char *drivers[DRIVERS_MAX];	/* [0] is NULL, [1] vfio_ap */
	unsigned int nr_drivers;
	struct foreign_override *foreign;	/* see snapshot_foreign() */
	size_t nr_foreign;
	struct boot boot;
	bool guests_sought;		/* among the processes */
};

struct snapshot *snapshot_new(void);
void snapshot_free(struct snapshot *snap);
/* Cards or queues of an earlier snapshot, into one that has none yet. */
void snapshot_copy_cards(struct snapshot *snap, const struct snapshot *from);
void snapshot_copy_queues(struct snapshot *snap, const struct snapshot *from);
/* The driver that another program has set as override of a queue, or NULL. */
const char *snapshot_foreign(const struct snapshot *snap, unsigned int apid,
			     unsigned int apqi);
void snapshot_add_foreign(struct snapshot *snap, unsigned int apid, unsigned int apqi,
			  const char *driver);
/* Finds it, or adds it at its place. */
struct matrix *snapshot_matrix(struct snapshot *snap, const char *uuid);
/* By uuid; NULL if there is none. */
struct matrix *snapshot_find(const struct snapshot *snap, const char *uuid);
/* The number of matrices with this name; *found is the first. */
size_t snapshot_named(const struct snapshot *snap, const char *name,
		      struct matrix **found);
void matrix_clear(struct matrix *matrix);

#define DRIVER_NONE	0
#define DRIVER_VFIO_AP	1
/* The index of a driver; the last one stands for all others. */
uint8_t snapshot_driver(struct snapshot *snap, const char *name);

static inline struct queue *snapshot_queue(const struct snapshot *snap,
					   unsigned int apid, unsigned int apqi)
{
	return &snap->queues[apid * APM_MATRIX_IDS + apqi];
}

/* "web1", or the uuid if there is no name */
const char *matrix_title(const struct matrix *matrix);
const char *matrix_state_word(enum matrix_state state);
const char *start_word(enum start_mode start);

/* What is assigned, or defined if it is not active. */
const struct apm_matrix *matrix_content(const struct matrix *matrix);
/* Does the definition differ from what is active? */
bool matrix_drifts(const struct matrix *matrix);
/* How many assigned APQNs the guest does not have; -1 if unknown. */
long matrix_missing(const struct matrix *matrix);
/* How many queues a running guest has: 0 if none uses the matrix, -1 if unknown. */
long matrix_guest_queues(const struct matrix *matrix);

/* Is an APQN reserved for the host's drivers? false if unknown. */
bool host_reserves(const struct snapshot *snap, unsigned int apid,
		   unsigned int apqi);
/* The first APQN of a matrix that is reserved. */
bool host_reserves_any(const struct snapshot *snap,
		       const struct apm_matrix *matrix, unsigned int *apid,
		       unsigned int *apqi);
/* Do the masks reserve all queues for the host? */
bool host_masks_all_ones(const struct host *host);

/*
 * The guest matrix that the kernel's filter makes of an assigned one. Needs
 * the queues of the matrix in the snapshot.
 */
void snapshot_filter(const struct snapshot *snap,
		     const struct apm_matrix *assigned, struct apm_matrix *guest);

/* Why an assigned APQN is not in the guest. */
struct verdict {
	const char *word;		/* "" if it is in the guest */
	enum reason reason;
	bool from_kernel;
	const char *driver;		/* that has the queue, or NULL */
};

/* The filter's result for one matrix, for queries of many APQNs. */
struct explainer {
	const struct snapshot *snap;
	const struct matrix *matrix;
	struct apm_filter filter;
	struct apm_matrix computed;
};

/* Needs the queues of the matrix in the snapshot, unless the kernel gave reasons. */
void explain_begin(struct explainer *explainer, const struct snapshot *snap,
		   const struct matrix *matrix);
struct verdict explain_apqn(const struct explainer *explainer,
			    unsigned int apid, unsigned int apqi);

/* The matrix that has an APQN assigned, or NULL. */
const struct matrix *snapshot_owner(const struct snapshot *snap,
				    unsigned int apid, unsigned int apqi);

/* Is it new enough for vfio_ap, as far as that is known? */
bool card_supported(const struct card *card);
/* CEX8 for 14; NULL if unknown. */
const char *card_generation(const struct card *card);
/* cca, ep11, accelerator; NULL if unknown. */
const char *card_mode(const struct card *card);

#endif

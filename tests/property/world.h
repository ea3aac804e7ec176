/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The world of a run: the model, the mdevs and guests there are, what is known
 * to be under way, and what has happened so far.
 *
 * Files: rng, model (pure); io, bus, hw, crycb, uevent (files of the kernel);
 * mdev, guest (what a run owns); ev_* (the events); check_* (what must hold at a
 * quiescent point); story (what is told when it does not); main.
 */
#ifndef PROPERTY_WORLD_H
#define PROPERTY_WORLD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "crycb.h"
#include "hw.h"
#include "lab_vmm.h"
#include "model.h"
#include "rng.h"

#define WORLD_GUESTS	4U
#define WORLD_RECENT	8U

/* The ids that the machine can have; a few more are valid, or too big. */
#define WORLD_NR_IDS	4U
extern const unsigned int world_adapters[WORLD_NR_IDS];
extern const unsigned int world_domains[WORLD_NR_IDS];

/*
 * A VM gets its number in the simulator when it enters SIE for the first time, or when it gets
 * masks before that. Held by whoever lets one enter SIE, until the number is known or of no
 * interest: so the newest VM that has entered SIE is the own one.
 */
extern pthread_mutex_t world_naming;

struct world_mdev {
	char uuid[37];
	int guest;			/* who has it open, or -1 */
	struct apm_matrix told;		/* by its last uevent */
};

/* A queue that answered a guest though KVM had not told yet that it is in the masks. */
struct early_answer {
	bool owed;			/* the next masks must have it */
	unsigned int apqn;
	char what[100], got[100];
};

struct world_guest {
	struct lab_vm *vm;		/* NULL: no guest */
	struct lab_device *dev;		/* NULL: nothing attached */
	int mdev;			/* which, or -1 */
	unsigned int id;		/* the simulator's */
	struct crycb crycb;
	int req, cfg_chg;		/* eventfds */
	unsigned long cfg_chgs;		/* counted from cfg_chg, since the last check */
	bool cfg_chg_is_new;		/* not checked yet since it was set */
	/* crycb.pushes just before CFG_CHG had its eventfd; just after, or at the last check */
	unsigned long pushes_before, pushes_after;
	/* the first masks that KVM was told since nr_recent was 0 */
	struct apm_matrix recent[WORLD_RECENT];
	unsigned int nr_recent;
	struct lab_script *background;	/* what its second vCPU executes, or NULL */
	/* all APQNs that were assigned to it at some time since the last quiescent point */
	bool ever[MODEL_IDS][MODEL_IDS];
	/* all APQNs that were in its masks at some time since guest_forget_had() */
	bool had[MODEL_IDS][MODEL_IDS];
	struct early_answer early;
};

/* What this module and this kernel have. */
struct world_has {
	bool reasons;			/* why a queue is not in the guest */
	bool uevents;			/* of a new guest matrix */
	bool ours;			/* all of the extensions */
};

struct world {
	uint64_t seed;
	unsigned long event;		/* number of the present one, from 1 */
	bool verbose, contradict;
	bool exact_signals;		/* expects no signal of an update counted before */
	unsigned long patience;		/* microseconds to come to rest */
	struct world_has has;

	struct model model;
	struct world_mdev mdev[MODEL_MDEVS];
	struct world_guest guest[WORLD_GUESTS];

	bool scan_due;			/* the hardware changed, and the bus may not know */
	bool moving;			/* queue devices may come, go, or be bound again */
	bool in_storm;			/* other threads change bindings, cards or guests */
	bool storm_opens;		/* and may have any mdev open */
	bool quiet;			/* nothing has happened since the last quiescent point */
	bool drivers_known;		/* view.driver is as the bus has it */
	/* seen in a guest matrix since it was last in trouble: in no quarantine of the module's */
	bool well[MODEL_IDS][MODEL_IDS];
	struct model_view view;

	/* how much was done, for the last line */
	unsigned long checks, guests_checked, apqns_seen, pushes, steps, attached, refused;
	unsigned long transfers_host, uevents, checking, storms, one_steps, backgrounds;
	unsigned long late;		/* signals of updates that were counted before */
};

/* Puts the world into its first state: nothing there, all of the hardware. */
int world_reset(struct world *world);

/* Ends all guests and mdevs, as far as they are known. */
void world_end(struct world *world);

/* A random id of a dimension: mostly one of the machine's, now and then not. */
unsigned long world_pick_id(struct rng *rng, enum apm_dim dim);

/* A random APQN among those that the machine can have. */
void world_pick_apqn(struct rng *rng, unsigned int *apid, unsigned int *apqi);

/* Who drives which queue, read again if it may have changed. */
void world_see_drivers(struct world *world);

/* Nobody knows any more, until it is read. */
void world_forget_drivers(struct world *world);

/* Does a vCPU of a guest run in the background? */
bool world_has_background(struct world *world);

/* Adds the APQNs of a matrix to a set of them. */
void world_note_apqns(bool set[MODEL_IDS][MODEL_IDS], const struct apm_matrix *matrix);

/* mdev.c */

#define WORLD_REASONS	"reasons"
#define MATRIX_DIR	"/sys/devices/vfio_ap/matrix"
#define MDEV_TYPE_DIR	MATRIX_DIR "/mdev_supported_types/vfio_ap-passthrough"

int mdev_create(const char *uuid);
int mdev_remove(const char *uuid);
int mdev_write(const char *uuid, const char *attr, const char *text);
int mdev_read(const char *uuid, const char *attr, char *buf, size_t size);

/* guest.c */

/* A VM with no vCPU yet. 0 or -errno. */
int guest_create(struct world_guest *guest);
/* How guests of this kernel get their mdev. */
unsigned int guest_attach_flags(void);
/* Attaches an mdev and its eventfds. 0 or -errno, nothing attached then. */
int guest_attach(struct world *world, unsigned int nr, unsigned int mdev);
void guest_detach(struct world *world, unsigned int nr);
/* With the VM's descriptors closed first, or last. */
void guest_destroy(struct world *world, unsigned int nr, bool vm_first);
void guest_stop_background(struct world_guest *guest);
/*
 * CFG_CHG was signalled once for each update of the masks since it was set up. To be called
 * when the last update was told by a uevent, which follows the signal.
 */
void guest_check_cfg_chg(struct world *world, unsigned int nr);
/* Reads what is new in KVM's log, and complains about what must not be there. */
void guest_follow(struct world *world, struct world_guest *guest);
/* What the guest had from now on is what counts. */
void guest_forget_had(struct world *world, struct world_guest *guest);
/*
 * A queue answered that is not in the masks. It may have been in them for a moment, or be about
 * to come, since AQIC finds it just before KVM writes them: KVM's log tells, now, or at the next
 * masks or quiescent point.
 */
void guest_judge_stranger(struct world *world, struct world_guest *guest, unsigned int apqn,
			  const char *what, const char *got);
/* At a quiescent point none is about to come. */
void guest_judge_early(struct world_guest *guest);
/* The masks that the guest has at an entry into SIE, and the QCI answer there. */
int guest_see(struct world_guest *guest, struct apm_matrix *masks, struct apm_matrix *qci);

/* events.c */

/* The event number world->event, with its own random numbers. */
void event_run(struct world *world, struct rng *rng);

/* How many of each kind there were, and how long they took. */
void event_print_times(void);

/* check.c */

/* Waits until all is quiet, then compares everything. False: something is wrong. */
bool check_world(struct world *world);

#endif

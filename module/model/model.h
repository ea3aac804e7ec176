/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The objects of the module, their locks, and how their state changes.
 *
 * Layers, each of which calls only those above it:
 *
 *   apm/        the pure core: masks, matrices, the filter, text
 *   compat/     what differs between kernels
 *   model/      mdevs, assigned matrices, queues and their states, the host
 *   record.h    s390dbf records
 *   effects/    what is done to hardware, VMs and watchers: reset, interrupts,
 *               APCB, notification
 *   decision/   brings an mdev up to date: decide, write the APCB, settle
 *   events/     what comes in: AP bus, host configuration, veto, VFIO, sysfs,
 *               intercepted PQAP
 *
 * State, decision, effect. A guest's matrix is a function: filter(assigned,
 * host configuration, queue states). An event changes one of the three under
 * vap.lock and marks the mdevs that it concerns (vap_mdev_mark()). Without
 * vap.lock, vap_update_marked() then brings each of them up to date, see
 * decision/update.c. Effects that complete later (resets, interrupts seen off)
 * come back the same way: they change the state, mark the mdev, and call
 * vap.complete(), the only call against the order of the layers.
 *
 * A queue that leaves a guest counts as that guest's until the APCB without it
 * has been written: queue->guest stays, and mdev->apcb with it, which whoever
 * wants the APQN (another mdev, the host's drivers, unbind) has to respect.
 *
 * Lock order, outermost first:
 *
 *   1. locks of callers: device locks, kernfs, vfio's, the AP bus's scan lock
 *   2. the AP bus's permission mutex (vap_compat_ap_lock()), mdev->text_mutex
 *   3. mdev->update_lock: one at a time, except by trylock
 *   4. kvm->lock of that mdev's VM
 *   5. vap.lock
 *   6. queue->lock, mdev->trigger_lock (spinlocks), in them that of vap.queues
 *
 * and apart from these, since KVM calls the PQAP hook with vcpu->mutex held,
 * which others take inside kvm->lock:
 *
 *   a. kvm->arch.crypto.pqap_hook_rwsem (written with none of 2 to 5 held)
 *   b. mdev->irq_mutex (never taken with 3 to 5 held)
 *   c. type 1's own locks in vfio_pin_pages() and vfio_unpin_pages(), the
 *      mutex of orphaned interrupt records
 *   d. queue->lock, that of the unmaps under way
 *
 * Under vap.lock nothing is waited for, nothing is allocated, no user memory is
 * read and no VM is touched. 3 and 4 may be held for as long as one VM likes;
 * nobody else waits for them: whoever is not that VM's own tries them and leaves
 * the rest to mdev->update_work. The AP bus's callbacks on_config_changed() and
 * on_scan_complete() never wait for either.
 *
 * Type 1 calls dma_unmap with its device_list_lock held and takes that under the
 * lock that unpinning needs, so lockdep reports a circle for every driver that
 * unpins there, as it has to; iommufd has none.
 */
#ifndef VAP_MODEL_H
#define VAP_MODEL_H

#include <linux/device.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mdev.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/vfio.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include "ap/ap_bus.h"
#include "kvm.h"
#include "apm/apm.h"

struct eventfd_ctx;
struct vap_irq;
struct vap_mdev;

/*
 * What is known of the contents of a bound queue, and what changes it. "-" must
 * not happen, which vap_queue_event() asserts.
 *
 *             RESET     IN_PLACE LET_GO    DONE  DONE_IN_GUEST FAILED STANDBY PLUG LOST
 *   UNKNOWN   RESETTING -        UNKNOWN   -     -             -      -       -    UNKNOWN
 *   CLEAN     RESETTING -        CLEAN     -     -             -      -       USED UNKNOWN
 *   USED      RESETTING IN_PLACE USED      -     -             -      -       -    UNKNOWN
 *   RESETTING RESETTING IN_PLACE RESETTING CLEAN -             FAILED STANDBY -    UNKNOWN
 *   IN_PLACE  RESETTING IN_PLACE RESETTING CLEAN USED          FAILED STANDBY -    UNKNOWN
 *   FAILED    RESETTING -        FAILED    CLEAN -             FAILED STANDBY -    UNKNOWN
 *   STANDBY   RESETTING IN_PLACE STANDBY   -     -             -      STANDBY USED UNKNOWN
 *
 * CLEAN, USED, IN_PLACE and STANDBY may be in a guest's matrix, the others not.
 */
enum vap_queue_state {
	VAP_QUEUE_UNKNOWN,	/* new, or the host lacks it: must be reset before any use */
	VAP_QUEUE_CLEAN,	/* a reset was seen to complete, unused since */
	VAP_QUEUE_USED,		/* in a guest's APCB, or about to be */
	VAP_QUEUE_RESETTING,	/* being reset, withheld until that is complete */
	VAP_QUEUE_IN_PLACE,	/* being reset, stays in the matrix of its mdev */
	VAP_QUEUE_FAILED,	/* the reset failed: withheld, tried again */
	VAP_QUEUE_STANDBY,	/* deconfigured or checkstopped: reset once that is over */
	VAP_QUEUE_STATES
};

enum vap_queue_event {
	VAP_EVENT_RESET,	/* a reset starts, or starts over, to change the owner */
	VAP_EVENT_IN_PLACE,	/* a reset starts, or starts over, for the present owner */
	VAP_EVENT_LET_GO,	/* the present owner has no claim any more */
	VAP_EVENT_DONE,		/* the reset is complete, the queue is in no guest */
	VAP_EVENT_DONE_IN_GUEST,
	VAP_EVENT_FAILED,	/* the reset failed */
	VAP_EVENT_STANDBY,	/* the queue is deconfigured or checkstopped, in no guest */
	VAP_EVENT_PLUG,		/* the queue comes into a guest */
	VAP_EVENT_LOST,		/* the host's configuration lost the queue, or its device went */
	VAP_QUEUE_EVENTS
};

/* When a queue device has to be rebound before anybody may use the queue. */
enum vap_rebind {
	VAP_REBIND_NO,
	VAP_REBIND_AFTER_SCAN,	/* the AP bus's scan that touched it may go on */
	VAP_REBIND_NOW,
};

/* In the order in which they follow each other. */
enum vap_reset_phase {
	VAP_RESET_STANDBY,	/* poll until the queue is operational, then start over */
	VAP_RESET_TAPQ,		/* poll until ZAPQ can be accepted */
	VAP_RESET_ZAPQ,		/* issue ZAPQ */
	VAP_RESET_WAIT,		/* ZAPQ was accepted: poll until it is complete */
};

/**
 * struct vap_reset - the reset of a queue
 * @node: in the list of the reset worker while active (vap.lock)
 * @run_node: in the worker's batch
 * @phase: what to do next (vap.lock)
 * @run_phase: the worker's copy
 * @seq: each start and restart is a new one (vap.lock)
 * @run_seq: the worker's copy
 * @step: looks since ZAPQ was issued (vap.lock)
 * @retries: attempts that failed (vap.lock)
 * @due: when to look next (vap.lock)
 * @begun: when the hardware first answered in this attempt, or when it first
 *	accepted ZAPQ; 0 before. Limits are counted from here. (vap.lock)
 * @looked: when the last instruction was issued; the worker's
 * @accepted: when ZAPQ was last accepted in this attempt, else 0 (written by the
 *	worker under queue->lock, by a new attempt under vap.lock; WRITE_ONCE)
 * @counting: @begun is when ZAPQ was accepted (vap.lock)
 * @exact: polled exactly; else the next in the list with this is, for both (vap.lock)
 * @late: told in the log that the reset takes long (vap.lock)
 * @waiter: its nr_resets counts this reset, or NULL (vap.lock)
 * @rc: last response code (written by the worker under queue->lock, by a new
 *	attempt under vap.lock; read without; WRITE_ONCE)
 * @run_outcome: of the last look; the worker's
 */
struct vap_reset {
	struct list_head node;
	struct list_head run_node;
	enum vap_reset_phase phase;
	enum vap_reset_phase run_phase;
	unsigned int seq;
	unsigned int run_seq;
	unsigned int step;
	unsigned int retries;
	ktime_t due;
	ktime_t begun;
	ktime_t looked;
	ktime_t accepted;
	bool counting;
	bool exact;
	bool late;
	struct vap_mdev *waiter;
	u8 rc;
	int run_outcome;
};

/**
 * struct vap_queue - a queue device that is bound to us
 * @ref: references
 * @rcu: for freeing
 * @apqn: its number
 * @mdev: whose assigned matrix, or APCB, has the APQN (vap.lock; status reads it
 *	without; WRITE_ONCE)
 * @mdev_node: in mdev->queues (vap.lock)
 * @change_node: in the list of queues that come or go (mdev->update_lock)
 * @guest: in whose APCB the queue is, or is about to be, or was until the APCB
 *	without it is written (vap.lock; status reads it without)
 * @state: see the table (vap.lock; unbind reads it without; WRITE_ONCE)
 * @reason: why the filter withholds the queue, follows from the state (written
 *	under vap.lock, read without; WRITE_ONCE)
 * @rebind: to be rebound before any use (vap.lock)
 * @withdrawn: is being unbound: not for any guest (vap.lock)
 * @tainted: a guest had it since the last complete reset (vap.lock; unbind reads
 *	it without; WRITE_ONCE)
 * @reset: its reset
 * @look_at: in jiffies: when to look whether the AP bus took it (no lock)
 * @lock: every AP instruction for the queue is issued under it
 * @dev: the device, NULL once it is dead (written under vap.lock and @lock)
 * @dead: no instruction may be issued any more (@lock)
 * @aqic: whose guest may issue PQAP(AQIC) for it, or NULL (@lock)
 * @resetting: PQAP(AQIC) has to wait (@lock)
 * @irq: what the hardware may notify, or NULL (@lock)
 */
struct vap_queue {
	struct kref ref;
	struct rcu_head rcu;
	u16 apqn;

	struct vap_mdev *mdev;
	struct list_head mdev_node;
	struct list_head change_node;
	struct vap_mdev *guest;
	enum vap_queue_state state;
	enum apm_reason reason;
	enum vap_rebind rebind;
	bool withdrawn;
	bool tainted;
	struct vap_reset reset;

	unsigned long look_at;

	spinlock_t lock;
	struct device *dev;
	bool dead;
	struct vap_mdev *aqic;
	bool resetting;
	struct vap_irq *irq;
};

/* Eventfds of the VFIO device, by interrupt index. */
enum vap_trigger {
	VAP_TRIGGER_REQ,
	VAP_TRIGGER_CFG_CHG,
	VAP_TRIGGER_NR
};

/* Attributes of an mdev that can be polled. */
enum vap_polled {
	VAP_POLLED_GENERATION,
	VAP_POLLED_MATRIX,
	VAP_POLLED_CONTROL,
	VAP_POLLED_NR
};

/* Texts that can be longer than a page. */
enum vap_text_kind {
	VAP_TEXT_MATRIX,
	VAP_TEXT_GUEST_MATRIX,
	VAP_TEXT_REASONS,
	VAP_TEXT_GUEST_INTERRUPTS,
};

/**
 * struct vap_text - one such text, as one reader began to read it
 * @reader: number of the reader, 0: free
 * @kind: which text
 * @buf: the text
 * @len: bytes
 */
struct vap_text {
	unsigned long reader;
	enum vap_text_kind kind;
	char *buf;
	size_t len;
};

#define VAP_TEXTS	16		/* kept per mdev */

/**
 * struct vap_mdev - a mediated device: an AP matrix, and the guest that uses it
 * @vdev: the VFIO device
 * @mdev: the mediated device
 *
 * @node: in vap.mdevs (vap.lock)
 * @users: who works on it without vap.lock; waited for before it is freed
 * @queues: bound queues of the assigned matrix or the APCB (vap.lock)
 * @assigned: the assigned matrix (vap.lock)
 * @guest: what the guest has, or would get (vap.lock)
 * @generation: counts the changes of @guest (vap.lock)
 * @apcb: what the VM's APCB has; empty without an attached guest (vap.lock)
 * @apcb_next: what is being written there, else the same (vap.lock)
 * @kvm: from open until close is complete (vap.lock; who is between the two reads
 *	it without)
 * @attached: the guest is to have its queues (vap.lock)
 * @removing: the guest has to let go of everything (vap.lock)
 * @unlink: a queue of @queues may not belong there any more (vap.lock)
 *
 * @marked_node: in vap.marked (vap.lock)
 * @wanted: counts the marks (vap.lock)
 * @done: the last mark that an update has dealt with (written under vap.lock,
 *	read without)
 * @update_lock: held by who brings the mdev up to date
 * @update_work: does that if nobody else can
 * @missing: assigned, and recorded as missing in the guest (update_lock)
 *
 * @nr_resets: resets that somebody may wait for
 * @nr_failed: how many of these failed, ever
 *
 * @irq_mutex: serialises PQAP(AQIC) of the guest
 * @irqs: interrupt records (irq_mutex)
 * @pin_short: no memory could be pinned ... (irq_mutex)
 * @pin_again: ... until then, in jiffies (irq_mutex)
 * @unmaps: memory that is being unmapped, see effects/unmap.c
 * @unmap_lost: an unmap is not among @unmaps; until the mdev is opened again
 * @irq_work: frees what the hardware has let go of
 * @pqap_hook: what KVM calls
 *
 * @text_mutex: serialises readers of long texts
 * @texts: (text_mutex)
 * @next_text: (text_mutex)
 * @last_reader: (text_mutex)
 *
 * @trigger_lock: for @trigger and @news
 * @trigger: eventfds
 * @news: the guest's matrix that the next uevent reports
 * @told: the one that the last uevent has reported; the work's
 * @uevent_work: sends the uevent
 * @polled: nodes of the attributes that can be polled, NULL before their first use
 *	(update_lock)
 */
struct vap_mdev {
	struct vfio_device vdev;
	struct mdev_device *mdev;

	struct list_head node;
	atomic_t users;
	struct list_head queues;
	struct apm_matrix assigned;
	struct apm_matrix guest;
	u64 generation;
	struct apm_matrix apcb;
	struct apm_matrix apcb_next;
	struct kvm *kvm;
	bool attached;
	bool removing;
	bool unlink;

	struct list_head marked_node;
	unsigned long wanted;
	unsigned long done;
	struct mutex update_lock;
	struct work_struct update_work;
	struct apm_matrix missing;

	atomic_t nr_resets;
	atomic_t nr_failed;

	struct mutex irq_mutex;
	struct list_head irqs;
	bool pin_short;
	unsigned long pin_again;
	struct list_head unmaps;
	bool unmap_lost;
	struct work_struct irq_work;
	int (*pqap_hook)(struct kvm_vcpu *vcpu);

	struct mutex text_mutex;
	struct vap_text texts[VAP_TEXTS];
	unsigned int next_text;
	unsigned long last_reader;

	spinlock_t trigger_lock;
	struct eventfd_ctx *trigger[VAP_TRIGGER_NR];
	struct apm_matrix news;
	struct apm_matrix told;
	struct delayed_work uevent_work;
	struct kernfs_node *polled[VAP_POLLED_NR];
};

/* Marks of vap.queues, for the works that events/rebind.c runs. */
#define VAP_MARK_REBIND	XA_MARK_0
#define VAP_MARK_LOOK	XA_MARK_1

/**
 * struct vap - the module's state
 * @lock: see the top of this file; held for short times only, see vap_lock()
 * @locked_at: when, in ns, if that is traced (@lock)
 * @locked_nivcsw: how often its holder had been preempted by then (@lock)
 * @locked_nvcsw: how often its holder had slept by then (@lock)
 * @mdevs: all mdevs (@lock)
 * @marked: mdevs that are to be brought up to date (@lock)
 * @host: the host's AP configuration, as far as it may be given (@lock)
 * @host_changes: counts the changes of @host that took something (written under @lock,
 *	read without)
 * @limits: of ids (@lock)
 * @queues: by APQN (@lock to write, RCU to read)
 * @nr_queues: those that somebody has a reference to, also if @queues has them no more
 * @ready: by adapter: domains whose queues may be given to guests (@lock)
 * @pending: by adapter: domains whose queues will be soon (@lock)
 * @rebinding: APQN whose device is unbound for a moment, or -1 (written under
 *	@lock, read without)
 * @wq: resets, interrupts, rebinding
 * @update_wq: updates of mdevs, which may wait for VMs
 * @wait: woken when a reset has settled, an update is done, a queue or an mdev
 *	is let go of, or the host loses something
 * @complete: brings marked mdevs up to date, called without locks when an
 *	effect is complete; set by vap_update_init()
 * @rebind_work: rebinds what is marked VAP_MARK_REBIND
 * @look_work: looks at what is marked VAP_MARK_LOOK
 */
struct vap {
	struct mutex lock;
	u64 locked_at;
	unsigned long locked_nivcsw;
	unsigned long locked_nvcsw;
	struct list_head mdevs;
	struct list_head marked;
	struct apm_matrix host;
	unsigned long host_changes;
	struct apm_limits limits;
	struct xarray queues;
	atomic_t nr_queues;
	struct apm_mask ready[AP_DEVICES];
	struct apm_mask pending[AP_DEVICES];
	int rebinding;
	struct workqueue_struct *wq;
	struct workqueue_struct *update_wq;
	wait_queue_head_t wait;
	void (*complete)(void);
	struct delayed_work rebind_work;
	struct delayed_work look_work;
};

extern struct vap vap;

#define VAP_APQN_FMT		"%02x.%04x"
#define VAP_APQN_ARGS(apqn)	AP_QID_CARD(apqn), AP_QID_QUEUE(apqn)

static inline struct vap_mdev *vap_mdev_from_vdev(struct vfio_device *vdev)
{
	return container_of(vdev, struct vap_mdev, vdev);
}

static inline bool vap_matrix_has(const struct apm_matrix *matrix, unsigned int apqn)
{
	return apm_matrix_has(matrix, AP_QID_CARD(apqn), AP_QID_QUEUE(apqn));
}

/**
 * vap_queue_allow_aqic - set whose guest may issue PQAP(AQIC) for a queue
 * @queue: the queue
 * @mdev: the mdev of the guest; NULL: no guest
 *
 * Context: Process context. Takes queue->lock. On return no instruction that another guest
 * was permitted is in progress.
 */
static inline void vap_queue_allow_aqic(struct vap_queue *queue, struct vap_mdev *mdev)
{
	spin_lock(&queue->lock);
	queue->aqic = mdev;
	spin_unlock(&queue->lock);
}

/* For each APQN that @matrix has and @other lacks, ascending; @domains is a scratch mask. */
#define vap_for_each_beyond(apid, apqi, matrix, other, domains)		\
	apm_mask_for_each(apid, apm_matrix_apm(matrix))			\
		if (apm_matrix_domains_beyond(matrix, other, apid, domains)) \
			apm_mask_for_each(apqi, domains)

/* model/model.c */
void vap_model_init(void);
void vap_model_exit(void);
void vap_lock(void);
void vap_unlock(void);

/* model/queue.c */
struct vap_queue *vap_queue_create(struct device *dev, unsigned int apqn);
int vap_queue_publish(struct vap_queue *queue);
void vap_queue_adopt(struct vap_queue *queue, struct device *dev);
void vap_queue_erase(struct vap_queue *queue);
void vap_queue_kill(struct vap_queue *queue);
struct vap_queue *vap_queue_find(unsigned int apqn);
struct vap_queue *vap_queue_find_next(struct xa_state *at, unsigned int apqn);
struct vap_queue *vap_queue_get(unsigned int apqn);
void vap_queue_ref(struct vap_queue *queue);
void vap_queue_put(struct vap_queue *queue);
void vap_queue_event(struct vap_queue *queue, enum vap_queue_event event);
void vap_queue_refresh(struct vap_queue *queue);
void vap_queue_set_rebind(struct vap_queue *queue, enum vap_rebind rebind);
void vap_queue_set_rebinding(int apqn);
enum apm_reason vap_queue_reason(void *ctx, unsigned int apid, unsigned int apqi);
void vap_queue_adapter_state(void *ctx, unsigned int apid,
			     const struct apm_mask *domains,
			     struct apm_mask *ready, struct apm_mask *pending);
void vap_queue_set_resetting(struct vap_queue *queue, bool resetting);
void vap_queue_suspect(struct vap_queue *queue);
void vap_queue_count_reset(struct vap_queue *queue, struct vap_mdev *waiter);
void vap_queue_reset_settled(struct vap_queue *queue, bool failed);
const char *vap_queue_status_word(const struct vap_queue *queue);

/* model/mdev.c */
void vap_mdev_init_model(struct vap_mdev *mdev);
void vap_mdev_add(struct vap_mdev *mdev);
void vap_mdev_del(struct vap_mdev *mdev);
void vap_mdev_get(struct vap_mdev *mdev);
void vap_mdev_put(struct vap_mdev *mdev);
struct vap_mdev *vap_mdev_by_apqn(unsigned int apqn);
struct vap_mdev *vap_mdev_by_kvm(const struct kvm *kvm);
bool vap_mdev_has_any(const struct vap_mdev *mdev, const struct apm_mask *apm,
		      const struct apm_mask *aqm, struct apm_matrix *common);
void vap_mdev_assign(struct vap_mdev *mdev, const struct apm_matrix *next);
void vap_mdev_link_queue(struct vap_queue *queue);
void vap_mdev_unlink_queue(struct vap_queue *queue);
void vap_mdev_unlink_foreign(struct vap_mdev *mdev);
unsigned long vap_mdev_mark(struct vap_mdev *mdev);
void vap_mdev_mark_all(void);
void vap_mdev_filter(struct vap_mdev *mdev, struct apm_filter *filter);

#endif

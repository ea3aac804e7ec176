/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The private contract of the module: its objects, its locks, its rooms.
 *
 * Objects of vfio_ap.ko: main.o apm/apm.o debug.o queue.o irq.o reset.o
 * guest.o vfio.o mdev.o text.o sysfs.o bus.o matrix_dev.o
 *
 * A guest's matrix is a function: filter(assigned, host configuration, queue
 * states). Every event changes one of the three, then calls
 * vap_guest_update(), which is the only writer of a guest's APCB. What leaves
 * a guest is masked off first, then reset, and only then given to anybody.
 *
 * Lock order, outermost first. Nothing is slept on in the hardware's name with
 * any of them held, except 5, which concerns one guest alone.
 *
 *   1. what callers hold: device locks, kernfs, vfio's, the AP bus's scan lock
 *   2. the AP bus's permission mutex (vap_compat_ap_lock())
 *      (mdev->text_mutex is one more of these, taken before vap.lock)
 *   3. vap.lock
 *   4. kvm->lock, then kvm->arch.crypto.pqap_hook_rwsem for writing
 *   5. mdev->irq_mutex (under pqap_hook_rwsem for reading, never under 3 or 4),
 *      then type 1's own locks in vfio_pin_pages() and vfio_unpin_pages(), and
 *      the orphans' mutex of irq.c
 *   6. queue->lock, mdev->trigger_lock (spinlocks), in them that of vap.queues
 *
 * Type 1 calls dma_unmap with its device_list_lock held, and takes that under the
 * lock that unpinning needs. Whoever unpins there, as it demands, gets lockdep's
 * report of a circle, with 5 or without; iommufd has none.
 *
 * KVM holds kvm->lock while it takes vcpu->mutex, and calls the PQAP hook with
 * vcpu->mutex held: so the hook must never need 3 or 4. It finds its queue by
 * RCU and looks at queue->guest under queue->lock instead.
 */
#ifndef VAP_H
#define VAP_H

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

/* What is known of the contents of a bound queue. */
enum vap_queue_state {
	VAP_QUEUE_CLEAN,	/* a reset of ours was seen to end well */
	VAP_QUEUE_USED,		/* in a running guest, and that guest's */
	VAP_QUEUE_RESETTING,	/* the reset room works on it, in bounded time */
	VAP_QUEUE_FAILED,	/* quarantined; tried again at intervals */
	VAP_QUEUE_DECONFIGURED,	/* cannot be reset; looked at at intervals */
	VAP_QUEUE_CHECKSTOPPED,	/* likewise */
	VAP_QUEUE_GONE,		/* left the host's configuration */
};

enum vap_reset_phase {
	VAP_RESET_ZAPQ,		/* to be zeroized */
	VAP_RESET_WAIT,		/* accepted, poll until it is over */
	VAP_RESET_AWAY,		/* deconfigured: poll until it is back */
};

/* A queue's reset. vap.lock, except run_*, which are the pump's alone. */
struct vap_reset {
	struct list_head node;		/* in the pump's list while active */
	struct list_head run_node;
	enum vap_reset_phase phase;
	enum vap_reset_phase run_phase;
	unsigned int seq;		/* each start and restart is a new one */
	unsigned int run_seq;
	unsigned int step;		/* looks since it was issued */
	unsigned int retries;		/* full tries that failed */
	ktime_t due;
	ktime_t deadline;
	struct vap_mdev *waiter;	/* its nr_resets counts this one */
	u8 rc;				/* last response code */
	int run_outcome;
};

/* A queue device that is bound to us. */
struct vap_queue {
	struct kref ref;
	struct rcu_head rcu;
	struct device *dev;		/* valid until dead */
	u16 apqn;

	/* vap.lock */
	struct vap_mdev *mdev;		/* whose assigned matrix has the APQN */
	struct list_head mdev_node;
	enum vap_queue_state state;
	bool hold;			/* being reset, stays where it is */
	bool rebind;			/* to be bound anew before any use */
	bool fresh;			/* the scan that touched it may go on */
	bool tainted;			/* a guest had it since the last reset */
	struct vap_reset reset;

	/* no lock: whoever wants it sooner says so */
	unsigned long look_again;	/* in jiffies: is it still ours? */

	spinlock_t lock;
	struct vap_mdev *guest;		/* in whose APCB it is; also vap.lock */
	bool resetting;			/* AQIC has to wait */
	bool dead;			/* no instruction may be issued */
	struct vap_irq *irq;		/* what the hardware may notify, or NULL */
};

/* Eventfds of the VFIO device, by interrupt index. */
enum vap_trigger {
	VAP_TRIGGER_REQ,
	VAP_TRIGGER_CFG_CHG,
	VAP_TRIGGER_NR
};

/* Texts that can be longer than a page. */
enum vap_text_kind {
	VAP_TEXT_MATRIX,
	VAP_TEXT_GUEST_MATRIX,
	VAP_TEXT_REASONS,
	VAP_TEXT_GUEST_INTERRUPTS,
};

/* One of them, as one reader began to read it. */
struct vap_text {
	unsigned long reader;		/* 0: free */
	enum vap_text_kind kind;
	char *buf;
	size_t len;
};

#define VAP_TEXTS	4		/* kept per mdev */

/* A mediated device: an AP matrix, and the guest that uses it. */
struct vap_mdev {
	struct vfio_device vdev;
	struct mdev_device *mdev;

	/* vap.lock */
	struct list_head node;
	struct list_head queues;	/* bound ones of the assigned matrix */
	struct apm_matrix assigned;
	struct apm_matrix guest;
	struct apm_matrix missing;	/* assigned, and recorded as not given */
	struct kvm *kvm;		/* from open until close has ended */
	bool attached;			/* the guest's APCB is ours to write */
	bool removing;			/* the guest has to let go */

	/* what of this mdev is being reset; waited for on vap.reset_wait */
	atomic_t nr_resets;
	atomic_t nr_failed;		/* resets that failed, ever */

	/* interrupts of the attached guest */
	struct mutex irq_mutex;
	struct list_head irqs;		/* irq_mutex */
	bool pin_short;			/* irq_mutex: no memory to pin ... */
	unsigned long pin_again;	/* ... until then, in jiffies */
	struct work_struct irq_work;
	int (*pqap_hook)(struct kvm_vcpu *vcpu);

	struct mutex text_mutex;
	struct vap_text texts[VAP_TEXTS];	/* text_mutex */
	unsigned int next_text;
	unsigned long last_reader;

	spinlock_t trigger_lock;
	struct eventfd_ctx *trigger[VAP_TRIGGER_NR];
};

/* The module's state. */
struct vap {
	struct mutex lock;
	struct list_head mdevs;		/* lock */
	struct apm_matrix host;		/* lock: what the host may give */
	struct apm_limits limits;	/* lock */
	struct xarray queues;		/* by APQN; lock to write, RCU to read */
	int rebinding;			/* lock: APQN that is unbound for a moment, or -1 */
	struct workqueue_struct *wq;
	wait_queue_head_t reset_wait;
};

extern struct vap vap;

#define VAP_APQN_FMT		"%02x.%04x"
#define VAP_APQN_ARGS(apqn)	AP_QID_CARD(apqn), AP_QID_QUEUE(apqn)

static inline struct vap_mdev *vap_mdev_from_vdev(struct vfio_device *vdev)
{
	return container_of(vdev, struct vap_mdev, vdev);
}

/* matrix_dev.c: root device, matrix device and its bus */
int vap_matrix_dev_init(void);
void vap_matrix_dev_exit(void);
struct device *vap_matrix_dev(void);

/* mdev.c: the life of an mdev, and what it has of the machine */
int vap_mdev_init(void);
void vap_mdev_exit(void);
/* The mdev that has the APQN assigned, or NULL. vap.lock held. */
struct vap_mdev *vap_mdev_by_apqn(unsigned int apid, unsigned int apqi);
/*
 * Makes a candidate of what is assigned now, or returns an errno. Under
 * vap.lock, up to three times for one change.
 */
typedef int (*vap_mdev_edit_fn)(struct apm_matrix *matrix, const void *arg);
/*
 * Change the assigned matrix. Ownership, sharing and range are checked, and an
 * errno is returned with nothing changed, or links and guest follow, and what
 * left the guest has been reset or the time for that is over. No lock held.
 */
int vap_mdev_change(struct vap_mdev *mdev, vap_mdev_edit_fn edit, const void *arg);
/*
 * The veto: may the host's drivers get these APQNs? 0 or -EADDRINUSE. The AP
 * bus's permission mutex is held.
 */
int vap_mdev_in_use(const struct apm_mask *apm, const struct apm_mask *aqm);
/* Recompute every guest. vap.lock held. */
void vap_mdev_update_all(void);
/* A queue came to be bound, or is about to go. vap.lock held. */
void vap_mdev_link_queue(struct vap_queue *queue);
void vap_mdev_unlink_queue(struct vap_queue *queue);
/* A queue's state changed: recompute who has it. vap.lock held. */
void vap_mdev_update_apqn(unsigned int apqn);

/* sysfs.c: text in, text out */
extern const struct attribute_group *vap_sysfs_mdev_groups[];
extern const struct attribute_group *vap_sysfs_queue_groups[];
extern const struct attribute_group *vap_sysfs_matrix_groups[];

/* text.c: long texts, a page at a time */
void vap_text_init(struct vap_mdev *mdev);
void vap_text_forget_all(struct vap_mdev *mdev);
/* Part of a text: the bytes put into buf, 0 at its end, or -ENOMEM. */
ssize_t vap_text_read(struct vap_mdev *mdev, enum vap_text_kind kind,
		      struct file *file, char *buf, size_t size, loff_t offset);

/* vfio.c: the device as user space has it */
extern const struct vfio_device_ops vap_vfio_ops;
void vap_vfio_trigger(struct vap_mdev *mdev, enum vap_trigger trigger);

/* guest.c: the only writer of a guest's APCB */
/*
 * Bring the guest's matrix up to date; at most one update of the APCB, none
 * without a change. Queues that leave start to be reset. vap.lock held.
 */
void vap_guest_update(struct vap_mdev *mdev);
/* What the guest's matrix is a function of. vap.lock held. */
void vap_guest_filter(struct vap_mdev *mdev, struct apm_filter *filter);
/*
 * open_device: 0, -EINVAL without a VM, -EPERM if the VM has an mdev already.
 * close_device: returns when resets ended or their time is over.
 */
int vap_guest_attach(struct vap_mdev *mdev, struct kvm *kvm);
void vap_guest_detach(struct vap_mdev *mdev);
/* Reset all queues of the guest where they are. 0, or -EIO if one failed. */
int vap_guest_reset(struct vap_mdev *mdev);

/* queue.c: bound queues */
/* A queue that is not known to be clean; not yet findable. NULL: no memory. */
struct vap_queue *vap_queue_create(struct device *dev, unsigned int apqn);
/* Findable and not: 0 or -errno. vap.lock held. */
int vap_queue_publish(struct vap_queue *queue);
void vap_queue_withdraw(struct vap_queue *queue);
/* No AP instruction will be issued for it any more. vap.lock held. */
void vap_queue_kill(struct vap_queue *queue);
/* The bound queue of an APQN, or NULL. vap.lock held. */
struct vap_queue *vap_queue_find(unsigned int apqn);
/* The same with a reference, under no lock; pairs with vap_queue_put(). */
struct vap_queue *vap_queue_get(unsigned int apqn);
void vap_queue_put(struct vap_queue *queue);
/* Can it be in a guest? APM_REASON_NONE or why not. vap.lock held. */
enum apm_reason vap_queue_reason(const struct vap_queue *queue);
/* Into and out of a guest's APCB. vap.lock held. */
void vap_queue_plug(struct vap_queue *queue, struct vap_mdev *mdev);
void vap_queue_unplug(struct vap_queue *queue);
const char *vap_queue_status_word(struct vap_queue *queue);

/* reset.c: zeroize and verify, in bounded time and in parallel */
int vap_reset_init(void);
void vap_reset_exit(void);
/*
 * Start a reset, or start it over; `waiter` (may be NULL) counts it until it
 * has settled. With `hold` the queue stays where it is meanwhile. vap.lock held.
 */
void vap_reset_start(struct vap_queue *queue, struct vap_mdev *waiter, bool hold);
/* End it without a result, the queue goes away. vap.lock held. */
void vap_reset_cancel(struct vap_queue *queue);
/* Try now whatever was to be tried later. vap.lock held. */
void vap_reset_retry_all(void);
/* Count a reset in progress for an mdev that waits. vap.lock held. */
void vap_reset_count_for(struct vap_queue *queue, struct vap_mdev *waiter);
/* An mdev goes away: nothing counts for it any more. vap.lock held. */
void vap_reset_forget_waiter(struct vap_mdev *waiter);
/* Wait until all that was counted has settled; false: it has not. No lock held. */
bool vap_reset_wait(struct vap_mdev *mdev);
/* The same for one queue: true if it settled in time. */
bool vap_reset_wait_queue(struct vap_queue *queue, unsigned int msecs);

/* irq.c: PQAP(AQIC) of guests */
int vap_irq_hook(struct kvm_vcpu *vcpu);
void vap_irq_init_mdev(struct vap_mdev *mdev);
/* A reset of the queue ended well: nothing is notified. */
void vap_irq_reset_done(struct vap_queue *queue);
/* The guest's memory goes away from an iova on. */
void vap_irq_dma_unmap(struct vap_mdev *mdev, u64 iova, u64 length);
/* The guest is gone: give back its pages and interrupt classes. */
void vap_irq_release_all(struct vap_mdev *mdev);
/* The queue is about to leave us without a good reset. */
void vap_irq_queue_lost(struct vap_queue *queue);
/* The guest interruption subclass that is notified of the queue, or -1. */
int vap_irq_gisc(struct vap_queue *queue);
void vap_irq_exit(void);

/* bus.c: what the AP bus calls */
int vap_bus_init(void);
void vap_bus_exit(void);
/*
 * Has a driver of the host a right to an APQN of the matrix? The APQN, or -1.
 * The bus's own answer, without asking it about every APQN that could be. The
 * AP bus's permission mutex is held.
 */
int vap_bus_owned_by_host(const struct apm_matrix *matrix);
/* The bus may have taken a queue of ours for its own: see soon. Any context. */
void vap_bus_suspect(struct vap_queue *queue);
/* Why is no queue of ours there? One look at all devices of the bus. */
struct vap_bus_view *vap_bus_view_create(void);
void vap_bus_view_destroy(struct vap_bus_view *view);
enum apm_reason vap_bus_view_reason(const struct vap_bus_view *view,
				    unsigned int apqn);

#endif

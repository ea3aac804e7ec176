// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts of guests' queues: what PQAP(AQIC) enables and disables.
 *
 * An instruction reaches the hardware only for a queue that is in this guest's
 * APCB (queue->aqic), and only under queue->lock, so none is issued once the
 * queue has left.
 *
 * For each enabled queue there is one struct vap_irq: the pinned page of the
 * notification indicator byte (NIB), the registration of the guest interruption
 * subclass (GISC), and references on the page and, if need be, the VM, which
 * are held for as long as the hardware could still use them. Type 1 insists on
 * its pin being given back when memory is unmapped and when the guest goes; the
 * page itself is only freed when the hardware has said that interrupts are off.
 *
 * Guests cause no message in the kernel log here, only s390dbf records.
 */
#include <linux/delay.h>
#include <linux/iommu.h>
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <asm/uv.h>
#include "effects/effects.h"
#include "record.h"

#define DISABLE_POLLS	20	/* of 50 to 100 us each */
#define SHORTAGE_PAUSE	(5 * HZ)
#define ORPHAN_EVERY	HZ	/* looks whether their interrupts are off */
#define UNLOAD_LOOKS	250	/* every 20 ms */

struct vap_irq {
	struct list_head node;		/* mdev->irqs or orphans */
	struct vap_queue *queue;	/* with a reference */
	struct vap_mdev *mdev;		/* NULL for an orphan; queue->lock */
	struct kvm *kvm;		/* with a reference if an orphan */
	dma_addr_t nib;			/* guest absolute address */
	struct page *page;		/* with a reference of our own */
	u8 gisc;
	bool pinned;			/* irq_mutex */
	bool off;			/* the hardware will not notify; queue->lock */
};

static void free_orphans(struct work_struct *work);
static DECLARE_DELAYED_WORK(orphan_work, free_orphans);
static LIST_HEAD(orphans);
static DEFINE_MUTEX(orphan_mutex);
static atomic_t nr_records = ATOMIC_INIT(0);

/* freeing */

static void unpin_nib(struct vap_mdev *mdev, struct vap_irq *irq)
{
	lockdep_assert_held(&mdev->irq_mutex);
	if (!irq->pinned)
		return;
	vfio_unpin_pages(&mdev->vdev, irq->nib & PAGE_MASK, 1);
	irq->pinned = false;
}

/* All guests share the counter. Not inlined, so that a report of KCSAN names this function. */
static noinline void count_records(int difference)
{
	atomic_add(difference, &nr_records);
}

static void record_free(struct vap_irq *irq)
{
	kfree(irq);
	count_records(-1);
}

/* The hardware does not use it any more, and nobody finds it. */
static void irq_free(struct vap_irq *irq, struct kvm *kvm)
{
	kvm_s390_gisc_unregister(kvm, irq->gisc);
	put_page(irq->page);
	vap_queue_put(irq->queue);
	record_free(irq);
}

static bool irq_is_off(struct vap_irq *irq)
{
	bool off;

	spin_lock(&irq->queue->lock);
	off = irq->off;
	spin_unlock(&irq->queue->lock);
	return off;
}

/* Free the records whose interrupts are off. */
static void free_what_is_off(struct vap_mdev *mdev)
{
	struct vap_irq *irq, *next;

	lockdep_assert_held(&mdev->irq_mutex);
	list_for_each_entry_safe(irq, next, &mdev->irqs, node) {
		if (!irq_is_off(irq))
			continue;
		list_del(&irq->node);
		unpin_nib(mdev, irq);
		irq_free(irq, mdev->kvm);
	}
}

static void irq_work_fn(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(work, struct vap_mdev, irq_work);

	mutex_lock(&mdev->irq_mutex);
	free_what_is_off(mdev);
	mutex_unlock(&mdev->irq_mutex);
}

static bool orphans_left(void)
{
	bool left;

	mutex_lock(&orphan_mutex);
	left = !list_empty(&orphans);
	mutex_unlock(&orphan_mutex);
	return left;
}

static void mark_off(struct vap_queue *queue, const struct vap_mdev *caller);

/*
 * Whoever has the queue by now, TAPQ changes nothing; and if interrupts are off,
 * those of the guest that is gone are. queue->dead does not matter here.
 */
static void look_at_orphan(struct vap_irq *irq)
{
	struct vap_queue *queue = irq->queue;

	spin_lock(&queue->lock);
	if (!irq->off && vap_response_says_irq_off(ap_tapq(queue->apqn, NULL)))
		mark_off(queue, NULL);
	spin_unlock(&queue->lock);
}

static void free_orphans(struct work_struct *work)
{
	struct vap_irq *irq, *next;
	LIST_HEAD(done);

	mutex_lock(&orphan_mutex);
	list_for_each_entry_safe(irq, next, &orphans, node) {
		look_at_orphan(irq);
		if (irq_is_off(irq))
			list_move(&irq->node, &done);
	}
	mutex_unlock(&orphan_mutex);
	list_for_each_entry_safe(irq, next, &done, node) {
		struct kvm *kvm = irq->kvm;

		irq_free(irq, kvm);
		kvm_put_kvm(kvm);	/* Pairs with the get in make_orphan() */
	}
	if (orphans_left())
		queue_delayed_work(vap.wq, &orphan_work, ORPHAN_EVERY);
}

/*
 * The queue's notifications are known to be off. queue->lock held. Whoever
 * finds the record by its list now may free it, so it is not touched after.
 * @caller frees those of its own records itself, under its irq_mutex; NULL: nobody does.
 */
static void mark_off(struct vap_queue *queue, const struct vap_mdev *caller)
{
	struct vap_irq *irq = queue->irq;
	struct vap_mdev *mdev;

	lockdep_assert_held(&queue->lock);
	if (!irq)
		return;
	queue->irq = NULL;
	mdev = irq->mdev;
	irq->off = true;
	if (mdev && mdev == caller)
		return;
	if (mdev)
		queue_work(vap.wq, &mdev->irq_work);
	else
		mod_delayed_work(vap.wq, &orphan_work, 0);
}

/**
 * vap_irq_off - note that a queue causes no interrupts for a guest
 * @queue: the queue; a reset of it is complete, or it is not available any more
 *
 * Works free the interrupt record later.
 *
 * Context: Process context, also with vap.lock held. Takes queue->lock. Does not sleep.
 */
void vap_irq_off(struct vap_queue *queue)
{
	spin_lock(&queue->lock);
	mark_off(queue, NULL);
	spin_unlock(&queue->lock);
}

/* the hardware */

static struct ap_queue_status aqic_disable(struct vap_queue *queue)
{
	union ap_qirq_ctrl control = { .value = 0 };

	lockdep_assert_held(&queue->lock);
	return ap_aqic(queue->apqn, control, 0);
}

/* What the answer to a disabling AQIC means for the resources. */
enum disabled { DISABLED_NOW, DISABLED_SOON, DISABLED_NOT };

static enum disabled judge_disable(u8 rc)
{
	if (rc == AP_RESPONSE_OTHERWISE_CHANGED)
		return DISABLED_SOON;	/* a disable is in progress, or complete */
	switch (vap_response_class(rc)) {
	case VAP_RESPONSE_NORMAL:
		return DISABLED_SOON;
	case VAP_RESPONSE_STANDBY:
	case VAP_RESPONSE_ABSENT:
		return DISABLED_NOW;
	case VAP_RESPONSE_WAIT:
	case VAP_RESPONSE_REFUSED:
		break;
	}
	return DISABLED_NOT;
}

/*
 * Has a disable that was accepted taken effect? A short wait that concerns this
 * guest alone; what is not off then, or cannot be seen to be, ends with the
 * queue's next reset. The record is only compared, never looked into: its owner
 * may free it meanwhile. queue->dead does not matter, see look_at_orphan().
 */
static void await_off(struct vap_mdev *mdev, struct vap_queue *queue,
		      const struct vap_irq *irq)
{
	unsigned int i;

	lockdep_assert_held(&mdev->irq_mutex);

	for (i = 0; i < DISABLE_POLLS; i++) {
		bool ours, off = false;

		spin_lock(&queue->lock);
		ours = queue->irq == irq;
		if (ours) {
			off = vap_response_says_irq_off(ap_tapq(queue->apqn, NULL));
			if (off)
				mark_off(queue, mdev);
		}
		spin_unlock(&queue->lock);
		if (!ours || off)
			return;
		usleep_range(50, 100);
	}
}

/* requests of the guest */

static struct ap_queue_status answer(u8 rc)
{
	struct ap_queue_status status = { .response_code = rc };

	return status;
}

/* Why a guest may not talk to the queue now; 0 if it may. queue->lock held. */
static u8 refusal(struct vap_queue *queue, struct vap_mdev *mdev)
{
	lockdep_assert_held(&queue->lock);
	if (queue->dead || queue->aqic != mdev)
		return AP_RESPONSE_Q_NOT_AVAIL;
	if (queue->resetting)
		return AP_RESPONSE_RESET_IN_PROGRESS;
	return AP_RESPONSE_NORMAL;
}

/*
 * A VMM that has reached its limit of locked memory is told about in the kernel
 * log by type 1, each time. No guest may fill that: it is told at once that the
 * queue is busy for a while.
 */
static u8 pin_nib(struct vap_mdev *mdev, struct vap_irq *irq)
{
	int ret;

	lockdep_assert_held(&mdev->irq_mutex);
	if (mdev->pin_short && time_before(jiffies, mdev->pin_again))
		return AP_RESPONSE_BUSY;
	if (vap_unmap_concerns(mdev, irq->nib))
		return AP_RESPONSE_BUSY;
	ret = vfio_pin_pages(&mdev->vdev, irq->nib & PAGE_MASK, 1,
			     IOMMU_READ | IOMMU_WRITE, &irq->page);
	mdev->pin_short = ret == -ENOMEM;
	if (mdev->pin_short) {
		mdev->pin_again = jiffies + SHORTAGE_PAUSE;
		return AP_RESPONSE_BUSY;
	}
	if (ret != 1)
		return AP_RESPONSE_INVALID_ADDRESS;
	irq->pinned = true;
	get_page(irq->page);
	return AP_RESPONSE_NORMAL;
}

/* Pin and register: 0, or the response code that says why not. */
static u8 irq_prepare(struct vap_mdev *mdev, struct kvm_vcpu *vcpu,
		      struct vap_irq *irq, int *nisc)
{
	struct kvm *kvm = vcpu->kvm;
	u8 rc;

	lockdep_assert_held(&mdev->irq_mutex);

	if (!irq->nib || !vap_compat_gpa_in_memslot(kvm, irq->nib))
		return AP_RESPONSE_INVALID_ADDRESS;
	rc = pin_nib(mdev, irq);
	if (rc)
		return rc;

	if (kvm_s390_pv_cpu_is_protected(vcpu) &&
	    uv_pin_shared(page_to_phys(irq->page))) {
		unpin_nib(mdev, irq);
		put_page(irq->page);
		return AP_RESPONSE_INVALID_ADDRESS;
	}

	*nisc = kvm_s390_gisc_register(kvm, irq->gisc);
	if (*nisc < 0) {
		unpin_nib(mdev, irq);
		put_page(irq->page);
		/* the guest has no interruption structure to notify */
		return AP_RESPONSE_INVALID_GISA;
	}
	return AP_RESPONSE_NORMAL;
}

static void irq_unprepare(struct vap_mdev *mdev, struct kvm *kvm,
			  struct vap_irq *irq)
{
	lockdep_assert_held(&mdev->irq_mutex);
	unpin_nib(mdev, irq);
	kvm_s390_gisc_unregister(kvm, irq->gisc);
	put_page(irq->page);
}

/*
 * Issue the enabling AQIC. Only rc 00 takes over the new resources; it also
 * says that the old ones, if any, were out of use, since an enabled queue
 * answers 07. If there are none, it is not enabled for this guest.
 */
static struct ap_queue_status aqic_enable(struct vap_mdev *mdev,
					  struct vap_queue *queue,
					  struct vap_irq *irq, struct kvm *kvm,
					  int nisc)
{
	union ap_qirq_ctrl control = { .value = 0 };
	struct ap_queue_status status;
	u8 refused;

	control.ir = 1;
	control.gisc = irq->gisc;
	control.isc = nisc;
	control.gisa = virt_to_phys(kvm->arch.gisa_int.origin) >> 4;

	spin_lock(&queue->lock);
	refused = refusal(queue, mdev);
	if (refused) {
		status = answer(refused);
	} else {
		status = ap_aqic(queue->apqn, control,
				 page_to_phys(irq->page) |
				 (irq->nib & ~PAGE_MASK));
		if (status.response_code == AP_RESPONSE_NORMAL) {
			mark_off(queue, mdev);
			queue->irq = irq;
		} else if (status.response_code == AP_RESPONSE_OTHERWISE_CHANGED &&
			   !queue->irq) {
			vap_queue_suspect(queue);
		}
	}
	spin_unlock(&queue->lock);
	return status;
}

/**
 * vap_irq_enable - PQAP(AQIC) of a guest that enables interrupts
 * @mdev: the mdev of the guest
 * @queue: the queue, with a reference. Whether the guest has it is checked under its lock.
 * @vcpu: the vCPU. Its general register 1 has the GISC in bits 61 to 63, as in
 *	union ap_qirq_ctrl of asm/ap.h; general register 2 is the guest absolute address of
 *	the NIB.
 *
 * Context: Process context, mdev->irq_mutex and vcpu->kvm->srcu (read) held. Takes
 * queue->lock and locks of VFIO. Sleeps.
 * Return: the status for the guest; a response code that is not 00 if interrupts were not
 * enabled
 */
struct ap_queue_status vap_irq_enable(struct vap_mdev *mdev, struct vap_queue *queue,
				      struct kvm_vcpu *vcpu)
{
	u64 *gprs = vcpu->run->s.regs.gprs;
	struct ap_queue_status status;
	struct vap_irq *irq;
	int nisc;
	u8 rc;

	lockdep_assert_held(&mdev->irq_mutex);
	irq = kzalloc(sizeof(*irq), GFP_KERNEL_ACCOUNT);
	if (!irq)
		return answer(AP_RESPONSE_BUSY);
	count_records(1);
	irq->queue = queue;
	irq->mdev = mdev;
	irq->nib = gprs[2];
	irq->gisc = gprs[1] & 7;

	rc = irq_prepare(mdev, vcpu, irq, &nisc);
	if (rc) {
		record_free(irq);
		return answer(rc);
	}
	status = aqic_enable(mdev, queue, irq, vcpu->kvm, nisc);
	if (status.response_code == AP_RESPONSE_NORMAL) {
		vap_queue_ref(queue);	/* Pairs with the put in irq_free() */
		list_add(&irq->node, &mdev->irqs);
		free_what_is_off(mdev);
	} else {
		irq_unprepare(mdev, vcpu->kvm, irq);
		record_free(irq);
	}
	return status;
}

/**
 * vap_irq_disable - PQAP(AQIC) of a guest that disables interrupts
 * @mdev: the mdev of the guest
 * @queue: the queue, with a reference
 *
 * Context: Process context, mdev->irq_mutex held. Takes queue->lock and locks of VFIO.
 * Sleeps for a short time, until interrupts are disabled (DISABLE_POLLS).
 * Return: the status for the guest
 */
struct ap_queue_status vap_irq_disable(struct vap_mdev *mdev, struct vap_queue *queue)
{
	struct vap_irq *irq = NULL;
	struct ap_queue_status status;
	u8 refused;

	lockdep_assert_held(&mdev->irq_mutex);
	spin_lock(&queue->lock);
	refused = refusal(queue, mdev);
	if (refused) {
		status = answer(refused);
	} else {
		status = aqic_disable(queue);
		switch (judge_disable(status.response_code)) {
		case DISABLED_NOW:
			mark_off(queue, mdev);
			break;
		case DISABLED_SOON:
			irq = queue->irq;
			break;
		case DISABLED_NOT:
			break;
		}
	}
	spin_unlock(&queue->lock);
	if (irq)
		await_off(mdev, queue, irq);
	free_what_is_off(mdev);
	return status;
}

/* events that end notifications */

/* The hardware must let go of the page; afterwards its pin has to be gone. */
static void disable_for_unpin(struct vap_mdev *mdev, struct vap_queue *queue,
			      const struct vap_irq *irq)
{
	bool accepted = false;

	spin_lock(&queue->lock);
	if (queue->irq == irq && !queue->dead) {
		switch (judge_disable(aqic_disable(queue).response_code)) {
		case DISABLED_NOW:
			mark_off(queue, mdev);
			break;
		case DISABLED_SOON:
			accepted = true;
			break;
		case DISABLED_NOT:
			break;
		}
	}
	spin_unlock(&queue->lock);
	if (accepted)
		await_off(mdev, queue, irq);
}

/**
 * vap_irq_dma_unmap - guest memory is about to be unmapped
 * @mdev: the mdev of the guest
 * @iova: first guest absolute address
 * @length: bytes
 *
 * On return nothing in the range is pinned. The pages themselves are kept until interrupts
 * are disabled. Until the unmap is over, the guest gets response code 05 for a NIB in the range.
 *
 * Context: Process context of the task that unmaps, no lock of the module held. Takes
 * mdev->irq_mutex. Sleeps.
 */
void vap_irq_dma_unmap(struct vap_mdev *mdev, u64 iova, u64 length)
{
	struct vap_irq *irq;

	vap_unmap_begin(mdev, iova, length);	/* first: then no further page is pinned there */
	mutex_lock(&mdev->irq_mutex);
	list_for_each_entry(irq, &mdev->irqs, node) {
		if (!irq->pinned || irq->nib < iova || irq->nib - iova >= length)
			continue;
		disable_for_unpin(mdev, irq->queue, irq);
		unpin_nib(mdev, irq);
		vap_record_guest(NIB_UNMAPPED, (unsigned long)irq->nib,
				 VAP_APQN_ARGS(irq->queue->apqn), VAP_MDEV_ARGS(mdev));
	}
	free_what_is_off(mdev);
	mutex_unlock(&mdev->irq_mutex);
}

/* The guest goes, but the hardware might still set bits in its structures. */
static void make_orphan(struct vap_irq *irq, struct kvm *kvm)
{
	struct vap_queue *queue = irq->queue;

	kvm_get_kvm(kvm);	/* Pairs with the put in free_orphans() */
	irq->kvm = kvm;
	/* held to the end: once it is off, whoever finds it there frees it */
	mutex_lock(&orphan_mutex);
	list_add(&irq->node, &orphans);
	spin_lock(&queue->lock);
	irq->mdev = NULL;
	mod_delayed_work(vap.wq, &orphan_work, irq->off ? 0 : ORPHAN_EVERY);
	spin_unlock(&queue->lock);
	mutex_unlock(&orphan_mutex);
}

/**
 * vap_irq_release_all - unpin all pages and unregister all GISCs of a guest
 * @mdev: the mdev, whose hook for PQAP was dropped
 *
 * Records whose interrupts are still enabled become orphans, which a work frees later.
 *
 * Context: Process context, no lock of the module held. Takes mdev->irq_mutex. Sleeps.
 */
void vap_irq_release_all(struct vap_mdev *mdev)
{
	struct vap_irq *irq, *next;

	mutex_lock(&mdev->irq_mutex);
	free_what_is_off(mdev);
	list_for_each_entry_safe(irq, next, &mdev->irqs, node) {
		disable_for_unpin(mdev, irq->queue, irq);
		list_del(&irq->node);
		unpin_nib(mdev, irq);
		if (irq_is_off(irq))
			irq_free(irq, mdev->kvm);
		else
			make_orphan(irq, mdev->kvm);
	}
	mutex_unlock(&mdev->irq_mutex);
	/* all records are gone, so nothing queues it again */
	cancel_work_sync(&mdev->irq_work);
}

/**
 * vap_irq_gisc - the GISC for which interrupts of a queue are enabled
 * @queue: the queue, with a reference
 *
 * Context: Process context. Takes queue->lock.
 * Return: 0 to 7; -1 if no interrupts are enabled
 */
int vap_irq_gisc(struct vap_queue *queue)
{
	int gisc = -1;

	spin_lock(&queue->lock);
	if (queue->irq)
		gisc = queue->irq->gisc;
	spin_unlock(&queue->lock);
	return gisc;
}

/**
 * vap_irq_init_mdev - initialise the interrupt records of an mdev
 * @mdev: the mdev, new
 *
 * Context: Process context, no lock needed.
 */
void vap_irq_init_mdev(struct vap_mdev *mdev)
{
	mutex_init(&mdev->irq_mutex);
	INIT_LIST_HEAD(&mdev->irqs);
	INIT_WORK(&mdev->irq_work, irq_work_fn);
}

/* The hardware may use the page and the VM for ever; the rest is freed. */
static void leave_orphans(void)
{
	struct vap_irq *irq, *next;

	mutex_lock(&orphan_mutex);
	list_for_each_entry_safe(irq, next, &orphans, node) {
		pr_warn("vfio_ap: queue " VAP_APQN_FMT ": interrupts still enabled at unload; leaking a page of its guest\n",
			VAP_APQN_ARGS(irq->queue->apqn));
		list_del(&irq->node);
		spin_lock(&irq->queue->lock);
		irq->queue->irq = NULL;
		spin_unlock(&irq->queue->lock);
		vap_queue_put(irq->queue);
		record_free(irq);
	}
	mutex_unlock(&orphan_mutex);
}

/**
 * vap_irq_exit - free the orphans whose interrupts are disabled
 *
 * A queue that is being reset is waited for, five seconds at most. For each that is left, one
 * line in the kernel log names the queue, and the page leaks: it must not be freed while the
 * hardware may write to it. A record that is left after that leaks: somebody has forgotten it.
 *
 * Context: Module exit or failed init; no queue is bound and no mdev exists. Sleeps.
 */
void vap_irq_exit(void)
{
	unsigned int i;
	int left;

	flush_delayed_work(&orphan_work);
	for (i = 0; i < UNLOAD_LOOKS && orphans_left(); i++) {
		msleep(20);
		flush_delayed_work(&orphan_work);	/* at once, whenever it is due */
	}
	cancel_delayed_work_sync(&orphan_work);
	leave_orphans();
	left = atomic_read(&nr_records);
	WARN_ONCE(left, "vfio_ap: %d interrupt records were not freed\n", left);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * PQAP(AQIC) that guests issue, as KVM intercepts it.
 *
 * KVM checks privilege and specification and calls vap_pqap_hook() with
 * vcpu->mutex, kvm->srcu and pqap_hook_rwsem (read) held. So neither kvm->lock,
 * nor mdev->update_lock, nor vap.lock may be taken here: the queue is found by
 * RCU, and whose it is is looked up under queue->lock.
 */
#include <linux/kvm_host.h>
#include "events/events.h"
#include "record.h"

static struct ap_queue_status status_of_rc(u8 rc)
{
	struct ap_queue_status status = { .response_code = rc };

	return status;
}

static struct ap_queue_status run_aqic(struct vap_mdev *mdev, struct kvm_vcpu *vcpu)
{
	u64 *gprs = vcpu->run->s.regs.gprs;
	union ap_qirq_ctrl control = { .value = gprs[1] };
	struct ap_queue_status status;
	struct vap_queue *queue;
	bool available;

	queue = vap_queue_get(gprs[0] & 0xffff);
	if (!queue)
		return status_of_rc(AP_RESPONSE_Q_NOT_AVAIL);

	/* an early look, so that nothing is pinned for somebody else's queue */
	spin_lock(&queue->lock);
	available = queue->aqic == mdev;
	spin_unlock(&queue->lock);

	if (!available) {
		status = status_of_rc(AP_RESPONSE_Q_NOT_AVAIL);
	} else {
		mutex_lock(&mdev->irq_mutex);
		status = control.ir ? vap_irq_enable(mdev, queue, vcpu) :
				      vap_irq_disable(mdev, queue);
		mutex_unlock(&mdev->irq_mutex);
	}
	vap_queue_put(queue);
	return status;
}

/* As it stands in the right half of general register 1. */
static u32 status_word(struct ap_queue_status status)
{
	u32 word;

	BUILD_BUG_ON(sizeof(word) != sizeof(status));
	memcpy(&word, &status, sizeof(word));
	return word;
}

#define RECORD_ARGS(gprs, mdev, rc)					\
	VAP_APQN_ARGS((unsigned int)((gprs)[0] & 0xffff)), VAP_MDEV_ARGS(mdev), \
	(unsigned long)(gprs)[1], (unsigned long)(gprs)[2], (rc)

/**
 * vap_pqap_hook - answer an intercepted PQAP with function code 3
 * @vcpu: the vCPU, stopped outside of SIE
 *
 * KVM sets the condition code from the response code in general register 1.
 *
 * Context: Process context; KVM holds vcpu->mutex, kvm->srcu (read) and, since 5.15,
 * pqap_hook_rwsem (read). Takes mdev->irq_mutex and queue->lock. May sleep.
 * Return: 0; -EOPNOTSUPP if the guest has no AP-queue-interruption facility
 */
int vap_pqap_hook(struct kvm_vcpu *vcpu)
{
	struct vap_mdev *mdev = container_of(vap_compat_pqap_hook_of(vcpu),
					     struct vap_mdev, pqap_hook);
	u64 *gprs = vcpu->run->s.regs.gprs;
	struct ap_queue_status status;
	u8 rc;

	if (!(vcpu->arch.sie_block->eca & ECA_AIV))
		return -EOPNOTSUPP;

	status = run_aqic(mdev, vcpu);
	rc = status.response_code;
	if (rc)
		vap_record_guest(AQIC_REFUSED, RECORD_ARGS(gprs, mdev, rc));
	else
		vap_record_guest(AQIC, RECORD_ARGS(gprs, mdev, rc));
	gprs[1] = status_word(status);
	vap_compat_pqap_done(vcpu);
	return 0;
}

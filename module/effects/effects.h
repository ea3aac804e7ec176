/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is done to queues, VMs and those who watch. Nothing here calls
 * decision/ or events/: what completes later marks mdevs and calls
 * vap.complete(), see model/model.h.
 */
#ifndef VAP_EFFECTS_H
#define VAP_EFFECTS_H

#include "driver_core.h"
#include "model/model.h"

/* effects/response.c: what the response codes of PQAP mean to us */

/**
 * enum vap_response - classes of response codes
 * @VAP_RESPONSE_NORMAL: accepted; the status bits are defined
 * @VAP_RESPONSE_WAIT: not now, look again
 * @VAP_RESPONSE_STANDBY: deconfigured or checkstopped: cannot be zeroized now,
 *	notifies nobody
 * @VAP_RESPONSE_ABSENT: the queue is not available: it notifies nobody, and
 *	nothing is known of its contents
 * @VAP_RESPONSE_REFUSED: waiting does not help
 */
enum vap_response {
	VAP_RESPONSE_NORMAL,
	VAP_RESPONSE_WAIT,
	VAP_RESPONSE_STANDBY,
	VAP_RESPONSE_ABSENT,
	VAP_RESPONSE_REFUSED,
};

enum vap_response vap_response_class(u8 rc);
bool vap_response_is_away(u8 rc);
bool vap_response_says_irq_off(struct ap_queue_status status);

/* effects/reset.c */
/**
 * struct vap_reset_counts - resets since the module was loaded
 * @complete: ended with a clean queue
 * @failed: attempts that the hardware refused, or that took too long
 * @total_us: time that the complete ones took, in microseconds
 * @longest_us: the longest of them
 * @withheld: queues that are withheld now because they cannot be zeroized
 */
struct vap_reset_counts {
	u64 complete;
	u64 failed;
	u64 total_us;
	u64 longest_us;
	unsigned int withheld;
};

int vap_reset_init(void);
void vap_reset_exit(void);
void vap_reset_start(struct vap_queue *queue, struct vap_mdev *waiter,
		     enum vap_queue_event event, bool after_bus);
void vap_reset_cancel(struct vap_queue *queue);
void vap_reset_standby_again(struct vap_mdev *mdev);
void vap_reset_hold(bool hold);
void vap_reset_retry_all(void);
void vap_reset_count(struct vap_reset_counts *to);
int vap_reset_wait_killable(struct vap_mdev *mdev);
int vap_reset_wait_interruptible(struct vap_mdev *mdev);
void vap_reset_wait_uninterruptible(struct vap_mdev *mdev);

/* effects/interrupt.c */
void vap_irq_init_mdev(struct vap_mdev *mdev);
struct ap_queue_status vap_irq_enable(struct vap_mdev *mdev, struct vap_queue *queue,
				      struct kvm_vcpu *vcpu);
struct ap_queue_status vap_irq_disable(struct vap_mdev *mdev, struct vap_queue *queue);
void vap_irq_off(struct vap_queue *queue);
void vap_irq_dma_unmap(struct vap_mdev *mdev, u64 iova, u64 length);
void vap_irq_release_all(struct vap_mdev *mdev);
int vap_irq_gisc(struct vap_queue *queue);
void vap_irq_exit(void);

/* effects/unmap.c */
void vap_unmap_init_mdev(struct vap_mdev *mdev);
void vap_unmap_exit_mdev(struct vap_mdev *mdev);
void vap_unmap_open(struct vap_mdev *mdev);
void vap_unmap_begin(struct vap_mdev *mdev, u64 iova, u64 length);
bool vap_unmap_concerns(struct vap_mdev *mdev, u64 address);

/* effects/apcb.c */
void vap_apcb_write(struct kvm *kvm, const struct apm_matrix *matrix);
void vap_apcb_clear(struct kvm *kvm);

/* effects/notify.c */
void vap_notify_guest_matrix(struct vap_mdev *mdev, const struct apm_matrix *guest,
			     bool queues, bool control);
void vap_notify_init_mdev(struct vap_mdev *mdev);
void vap_notify_exit_mdev(struct vap_mdev *mdev);
void vap_notify_set_trigger(struct vap_mdev *mdev, enum vap_trigger trigger,
			    struct eventfd_ctx *ctx);
bool vap_notify_has_trigger(struct vap_mdev *mdev, enum vap_trigger trigger);
void vap_notify_trigger(struct vap_mdev *mdev, enum vap_trigger trigger);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest room: the only code that writes a guest's APCB.
 *
 * A guest has exactly mdev->guest. vap_guest_update() computes what that
 * should be and goes there in one step: interrupt control of what leaves ends,
 * the APCB is written once, and only then are the queues that left reset.
 * Nothing is undone, since nothing can fail after the decision.
 *
 * Without an attached guest mdev->guest is what a guest would get. Queues that
 * are being reset because a guest went away stay in it, so that it does not
 * flicker; the next guest waits for them.
 */
#include <linux/kvm_host.h>
#include <linux/sysfs.h>
#include "model/model.h"
#include "record.h"

static enum apm_reason queue_state(void *ctx, unsigned int apid, unsigned int apqi)
{
	unsigned int apqn = AP_MKQID(apid, apqi);
	struct vap_queue *queue = vap_queue_find(apqn);

	if (queue)
		return vap_queue_reason(queue);
	if (vap.rebinding == apqn)
		return APM_REASON_RESET_PENDING;
	return APM_REASON_NO_QUEUE_DEVICE;
}

void vap_guest_filter(struct vap_mdev *mdev, struct apm_filter *filter)
{
	lockdep_assert_held(&vap.lock);

	*filter = (struct apm_filter){
		.assigned = &mdev->assigned,
		.host = &vap.host,
		.state = queue_state,
		.removing = mdev->removing,
		.current_guest = &mdev->guest,
	};
}

/* what the guest has */

static void write_apcb(struct vap_mdev *mdev, const struct apm_matrix *matrix)
{
	struct apm_matrix copy = *matrix;	/* KVM's arguments are not const */

	lockdep_assert_held(&vap.lock);
	vap_compat_masks_assert_locked(mdev->kvm);
	kvm_arch_crypto_set_masks(mdev->kvm, copy.dim[APM_DIM_ADAPTER].word,
				  copy.dim[APM_DIM_DOMAIN].word,
				  copy.dim[APM_DIM_CONTROL_DOMAIN].word);
}

static bool has_queue(const struct apm_matrix *matrix, const struct vap_queue *queue)
{
	return apm_matrix_has(matrix, AP_QID_CARD(queue->apqn),
			      AP_QID_QUEUE(queue->apqn));
}

/* From here on the guest's PQAP(AQIC) finds no such queue. */
static void unplug_all_but(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (!queue->guest || has_queue(next, queue))
			continue;
		vap_queue_unplug(queue);
		vap_log(VAP_LOG_INFO, "unplug " VAP_APQN_FMT " from mdev "
			VAP_MDEV_FMT, VAP_APQN_ARGS(queue->apqn),
			VAP_MDEV_ARGS(mdev));
	}
}

static void plug_all_of(struct vap_mdev *mdev)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->guest || !has_queue(&mdev->guest, queue))
			continue;
		vap_queue_plug(queue, mdev);
		vap_log(VAP_LOG_INFO, "plug " VAP_APQN_FMT " into mdev "
			VAP_MDEV_FMT, VAP_APQN_ARGS(queue->apqn),
			VAP_MDEV_ARGS(mdev));
	}
}

static bool in_host(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	return has_queue(&vap.host, queue);
}

/*
 * Reset what a guest had and has no more; a reset in place that began while it
 * still had the queue proves nothing and starts over. What the host has lost
 * cannot be reset; it comes back, if at all, as a new queue device.
 */
static void reset_left_behind(struct vap_mdev *mdev, bool hold)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->guest || !queue->tainted)
			continue;
		if (!in_host(queue)) {
			vap_reset_cancel(queue);
			queue->state = VAP_QUEUE_GONE;
		} else if (queue->state == VAP_QUEUE_USED ||
			   queue->state == VAP_QUEUE_GONE ||
			   (queue->hold && (hold || !has_queue(&mdev->guest, queue)))) {
			vap_reset_start(queue, mdev, hold);
		}
	}
}

static void tell_user_space(struct vap_mdev *mdev)
{
	struct device *dev = mdev_dev(mdev->mdev);
	char text[sizeof("AP_GUEST_MATRIX=") + APM_MATRIX_CONFIG_LEN];
	char *envp[] = { text, NULL };
	size_t len = strlen("AP_GUEST_MATRIX=");

	lockdep_assert_held(&vap.lock);
	memcpy(text, "AP_GUEST_MATRIX=", len);
	len += apm_matrix_read_config(&mdev->guest, text + len,
				      APM_MATRIX_CONFIG_LEN - 1, 0);
	text[len] = '\0';
	sysfs_notify(&dev->kobj, NULL, "guest_matrix");
	sysfs_notify(&dev->kobj, NULL, "guest_control_domains");
	kobject_uevent_env(&dev->kobj, KOBJ_CHANGE, envp);
}

/* A record of the first APQN of these whose absence has a cause of its own. */
static void log_first_missing(struct vap_mdev *mdev, const struct apm_filter *filter,
			      const struct apm_matrix *part, enum apm_reason other_dim)
{
	unsigned int apid, apqi;

	lockdep_assert_held(&vap.lock);
	apm_mask_for_each(apid, apm_matrix_apm(part)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(part)) {
			enum apm_reason reason;

			reason = apm_filter_reason(filter, &mdev->guest, apid, apqi);
			if (reason == APM_REASON_NONE || reason == other_dim ||
			    reason == APM_REASON_SIBLING_WITHHELD)
				continue;
			vap_log(VAP_LOG_INFO, "filter %02x.%04x from mdev "
				VAP_MDEV_FMT ": %s", apid, apqi,
				VAP_MDEV_ARGS(mdev), apm_reason_word(reason));
			return;
		}
	}
}

/*
 * One record for each adapter and each domain that was assigned and is now
 * missing in the guest, none for those that have been.
 */
static void log_missing(struct vap_mdev *mdev, const struct apm_filter *filter)
{
	/* the absence of which is told with the id of the other dimension */
	static const enum apm_reason other_dim[] = {
		[APM_DIM_ADAPTER] = APM_REASON_DOMAIN_NOT_IN_HOST,
		[APM_DIM_DOMAIN] = APM_REASON_ADAPTER_NOT_IN_HOST,
	};
	struct apm_matrix_diff given, news;
	struct apm_matrix part;
	unsigned int dim, id;

	lockdep_assert_held(&vap.lock);
	apm_matrix_diff(&mdev->assigned, &mdev->guest, &given);
	apm_matrix_diff(&mdev->missing, &given.removed, &news);
	mdev->missing = given.removed;
	for (dim = APM_DIM_ADAPTER; dim <= APM_DIM_DOMAIN; dim++) {
		apm_mask_for_each(id, &news.added.dim[dim]) {
			apm_matrix_part(&mdev->assigned, dim, id, &part);
			log_first_missing(mdev, filter, &part, other_dim[dim]);
		}
	}
}

static void give(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	lockdep_assert_held(&vap.lock);
	unplug_all_but(mdev, next);
	mdev->guest = *next;
	if (mdev->attached) {
		vap_compat_masks_lock(mdev->kvm);
		plug_all_of(mdev);
		write_apcb(mdev, &mdev->guest);
		vap_compat_masks_unlock(mdev->kvm);
		vap_vfio_trigger(mdev, VAP_TRIGGER_CFG_CHG);
	}
	reset_left_behind(mdev, false);
	tell_user_space(mdev);
}

void vap_guest_update(struct vap_mdev *mdev)
{
	struct apm_filter filter;
	struct apm_matrix next;

	lockdep_assert_held(&vap.lock);

	vap_guest_filter(mdev, &filter);
	apm_filter_run(&filter, &next);
	if (!apm_matrix_equal(&next, &mdev->guest))
		give(mdev, &next);
	log_missing(mdev, &filter);
}

/* attach and detach */

/* Queues that were left in place for the sake of guest_matrix have to go. */
static void let_go_of_held(struct vap_mdev *mdev)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node)
		queue->hold = false;
	vap_guest_update(mdev);
}

static struct vap_mdev *mdev_of_kvm(struct kvm *kvm)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (mdev->kvm == kvm)
			return mdev;
	}
	return NULL;
}

/*
 * The hook is only ever waited for here when no other mdev has it: the read
 * side is then as short as KVM's look at the pointer.
 */
static bool take_hook(struct vap_mdev *mdev, struct kvm *kvm)
{
	lockdep_assert_held(&vap.lock);
	return !vap_compat_pqap_hook_take(kvm, &mdev->pqap_hook);
}

int vap_guest_attach(struct vap_mdev *mdev, struct kvm *kvm)
{
	struct vap_mdev *other;

	if (!kvm)
		return -EINVAL;
	/* what the last guest left has to be clean, or it will be withheld */
	vap_reset_wait(mdev);

	mutex_lock(&vap.lock);
	other = mdev_of_kvm(kvm);
	if (other || !take_hook(mdev, kvm)) {
		dev_warn_ratelimited(mdev_dev(mdev->mdev),
				     "The VM may have one mdev only, and has %s\n",
				     other ? dev_name(mdev_dev(other->mdev)) : "another");
		mutex_unlock(&vap.lock);
		return -EPERM;
	}
	kvm_get_kvm(kvm);	/* Pairs with the put in vap_guest_detach() */
	let_go_of_held(mdev);
	mdev->kvm = kvm;
	mdev->attached = true;
	if (!apm_matrix_empty(&mdev->guest)) {
		vap_compat_masks_lock(kvm);
		plug_all_of(mdev);
		write_apcb(mdev, &mdev->guest);
		vap_compat_masks_unlock(kvm);
	}
	mutex_unlock(&vap.lock);
	vap_log(VAP_LOG_INFO, "attach mdev " VAP_MDEV_FMT, VAP_MDEV_ARGS(mdev));
	return 0;
}

/*
 * First the guest loses its queues, with the hook still there to say so; then
 * the hook goes, which waits for interceptions of this guest alone; then the
 * resets are waited for. mdev->kvm stays until all of that is done, so that
 * no other mdev meets a hook that is still being left.
 */
void vap_guest_detach(struct vap_mdev *mdev)
{
	static const struct apm_matrix nothing;
	struct kvm *kvm = mdev->kvm;

	mutex_lock(&vap.lock);
	vap_compat_masks_lock(kvm);
	unplug_all_but(mdev, &nothing);
	kvm_arch_crypto_clear_masks(kvm);
	vap_compat_masks_unlock(kvm);
	mdev->attached = false;
	reset_left_behind(mdev, true);
	mutex_unlock(&vap.lock);

	vap_compat_pqap_hook_drop(kvm);

	vap_reset_wait(mdev);
	vap_irq_release_all(mdev);

	mutex_lock(&vap.lock);
	mdev->kvm = NULL;
	vap_guest_update(mdev);
	mutex_unlock(&vap.lock);
	kvm_put_kvm(kvm);	/* Pairs with the get in vap_guest_attach() */
	vap_log(VAP_LOG_INFO, "detach mdev " VAP_MDEV_FMT, VAP_MDEV_ARGS(mdev));
}

int vap_guest_reset(struct vap_mdev *mdev)
{
	struct vap_queue *queue;
	bool settled;
	int failed;

	mutex_lock(&vap.lock);
	failed = atomic_read(&mdev->nr_failed);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->guest)
			vap_reset_start(queue, mdev, true);
	}
	mutex_unlock(&vap.lock);
	settled = vap_reset_wait(mdev);
	return settled && atomic_read(&mdev->nr_failed) == failed ? 0 : -EIO;
}

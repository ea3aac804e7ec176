// SPDX-License-Identifier: GPL-2.0-only
/*
 * A VM comes, goes, and resets its queues.
 *
 * These wait for the VM's own kvm->lock and for its own resets; vfio holds
 * nothing around them that another device needs.
 */
#include <linux/kvm_host.h>
#include "events/events.h"
#include "record.h"

/* Queues that were left in place for the sake of guest_matrix have to go. */
static void let_go_of_held(struct vap_mdev *mdev)
{
	struct vap_queue *queue;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->state == VAP_QUEUE_IN_PLACE)
			vap_queue_event(queue, VAP_EVENT_LET_GO);
	}
}

static int refuse_vm(struct vap_mdev *mdev, const char *other)
{
	dev_warn_ratelimited(mdev_dev(mdev->mdev),
			     "The VM may have one mdev only, and has %s\n", other);
	return -EPERM;
}

/* One mdev for a VM, and one VM for an mdev: 0 or -EPERM. */
static int reserve_vm(struct vap_mdev *mdev, struct kvm *kvm)
{
	char name[UUID_STRING_LEN + 1] = "";
	struct vap_mdev *other;

	vap_lock();
	other = vap_mdev_by_kvm(kvm);
	if (other)
		strscpy(name, dev_name(mdev_dev(other->mdev)), sizeof(name));
	else
		mdev->kvm = kvm;
	vap_unlock();
	return other ? refuse_vm(mdev, name) : 0;
}

static void release_vm(struct vap_mdev *mdev)
{
	vap_lock();
	mdev->kvm = NULL;
	vap_unlock();
}

/**
 * vap_vm_attach - a VM opens the VFIO device of an mdev
 * @mdev: the mdev, which has no VM
 * @kvm: the VM, which exists as long as the device is open; NULL: none
 *
 * On success the guest's queues are in its APCB.
 *
 * Context: Process context, no lock of the module held. Sleeps until resets of the last
 * guest have settled, and for kvm->lock of the VM.
 * Return: 0; -EINVAL without a VM; -EPERM if the VM has another mdev; -ENOMEM; -EINTR if
 * the caller is being killed
 */
int vap_vm_attach(struct vap_mdev *mdev, struct kvm *kvm)
{
	unsigned long mark;
	int ret;

	if (!kvm)
		return -EINVAL;
	/* what the last guest left has to be clean, or it is withheld */
	vap_lock();
	vap_reset_standby_again(mdev);
	vap_unlock();
	if (vap_reset_wait_killable(mdev))
		return -EINTR;
	ret = reserve_vm(mdev, kvm);
	if (ret)
		return ret;
	vap_unmap_open(mdev);
	/* nobody else of ours has the hook: it is not waited for long */
	ret = vap_compat_pqap_hook_take(kvm, &mdev->pqap_hook);
	if (ret) {
		release_vm(mdev);
		return ret == -EPERM ? refuse_vm(mdev, "another") : ret;
	}
	kvm_get_kvm(kvm);	/* Pairs with the put in vap_vm_detach() */

	vap_lock();
	let_go_of_held(mdev);
	mdev->attached = true;
	/* before 5.13 it may have been unbound from vfio_mdev, and is bound again */
	mdev->removing = false;
	vap_rebind_look_now(mdev);
	mark = vap_mdev_mark(mdev);
	vap_unlock();
	vap_update_marked();
	if (vap_update_wait_killable(mdev, mark)) {
		vap_vm_detach(mdev);
		return -EINTR;
	}
	vap_record(ATTACH, VAP_MDEV_ARGS(mdev));
	return 0;
}

/**
 * vap_vm_detach - the VM closes the VFIO device of an mdev
 * @mdev: the mdev, attached
 *
 * First the guest loses its queues, while the hook still answers PQAP. Then the hook is
 * dropped, which waits for interceptions of this guest. Then the function waits for resets.
 * mdev->kvm is set until all of that is complete, so that another mdev of the VM does not
 * find a hook that is still in use.
 *
 * Context: Process context, no lock of the module held. Sleeps, see above.
 */
void vap_vm_detach(struct vap_mdev *mdev)
{
	struct kvm *kvm = mdev->kvm;
	unsigned long mark;

	vap_lock();
	mdev->attached = false;
	mark = vap_mdev_mark(mdev);
	vap_unlock();
	vap_update_marked();
	vap_update_wait_uninterruptible(mdev, mark);

	vap_compat_pqap_hook_drop(kvm);

	vap_reset_wait_uninterruptible(mdev);
	vap_irq_release_all(mdev);

	vap_lock();
	mdev->kvm = NULL;
	mark = vap_mdev_mark(mdev);
	vap_unlock();
	vap_update_marked();
	vap_update_wait_uninterruptible(mdev, mark);
	kvm_put_kvm(kvm);	/* Pairs with the get in vap_vm_attach() */
	vap_record(DETACH, VAP_MDEV_ARGS(mdev));
}

/**
 * vap_vm_reset - reset all queues of the guest in place (VFIO_DEVICE_RESET)
 * @mdev: the mdev
 *
 * The guest keeps its queues, also if a reset fails.
 *
 * Context: Process context, no lock of the module held. Takes vap.lock. Sleeps as long as
 * the hardware needs, without a limit, as in the kernel's own vfio_ap.
 * Return: 0; -EIO if the reset of a queue was refused; -EINTR if the caller is being killed
 */
int vap_vm_reset(struct vap_mdev *mdev)
{
	struct vap_queue *queue;
	unsigned int nr = 0;
	int failed;

	vap_lock();
	failed = atomic_read(&mdev->nr_failed);
	list_for_each_entry(queue, &mdev->queues, mdev_node) {
		if (queue->state != VAP_QUEUE_USED && queue->state != VAP_QUEUE_IN_PLACE)
			continue;
		if (queue->guest != mdev || !vap_matrix_has(&vap.host, queue->apqn))
			continue;
		vap_reset_start(queue, mdev, VAP_EVENT_IN_PLACE, false);
		nr++;
	}
	vap_unlock();
	vap_record(RESET_IN_PLACE, nr, VAP_MDEV_ARGS(mdev));
	if (vap_reset_wait_killable(mdev))
		return -EINTR;
	return atomic_read(&mdev->nr_failed) == failed ? 0 : -EIO;
}

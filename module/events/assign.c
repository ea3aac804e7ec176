// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mdev room: the life of an mdev, and which of the machine's queues it has.
 *
 * An mdev's matrix is replaced as a whole: a candidate is checked, nothing
 * live is touched, and only then do links and the guest follow, which cannot
 * fail. A bound queue is linked to an mdev exactly while its APQN is in the
 * assigned matrix; both sides of that change under one lock.
 */
#include <linux/kvm_host.h>
#include <linux/slab.h>
#include "model/model.h"
#include "record.h"

/* links */

static bool has_apqn(const struct apm_matrix *matrix, unsigned int apqn)
{
	return apm_matrix_has(matrix, AP_QID_CARD(apqn), AP_QID_QUEUE(apqn));
}

static void link_queue(struct vap_mdev *mdev, struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->mdev, mdev);
	list_add_tail(&queue->mdev_node, &mdev->queues);
	/* whoever assigned it wants to know when it is ready */
	vap_reset_count_for(queue, mdev);
}

static void unlink_queue(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.lock);
	WRITE_ONCE(queue->mdev, NULL);
	list_del_init(&queue->mdev_node);
	queue->hold = false;
}

void vap_mdev_link_queue(struct vap_queue *queue)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	mdev = vap_mdev_by_apqn(AP_QID_CARD(queue->apqn),
				AP_QID_QUEUE(queue->apqn));
	if (!mdev)
		return;
	link_queue(mdev, queue);
	vap_guest_update(mdev);
}

/* The queue has been withdrawn: the filter does not find it any more. */
void vap_mdev_unlink_queue(struct vap_queue *queue)
{
	struct vap_mdev *mdev = queue->mdev;

	lockdep_assert_held(&vap.lock);
	if (!mdev)
		return;
	vap_guest_update(mdev);
	unlink_queue(queue);
}

static void link_assigned(struct vap_mdev *mdev)
{
	unsigned int apid, apqi;

	lockdep_assert_held(&vap.lock);
	apm_mask_for_each(apid, apm_matrix_apm(&mdev->assigned)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&mdev->assigned)) {
			struct vap_queue *queue;

			queue = vap_queue_find(AP_MKQID(apid, apqi));
			if (queue && queue->mdev != mdev)
				link_queue(mdev, queue);
		}
	}
}

static void unlink_unassigned(struct vap_mdev *mdev)
{
	struct vap_queue *queue, *next;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry_safe(queue, next, &mdev->queues, mdev_node) {
		if (!has_apqn(&mdev->assigned, queue->apqn))
			unlink_queue(queue);
	}
}

struct vap_mdev *vap_mdev_by_apqn(unsigned int apid, unsigned int apqi)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (apm_matrix_has(&mdev->assigned, apid, apqi))
			return mdev;
	}
	return NULL;
}

void vap_mdev_update_apqn(unsigned int apqn)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	mdev = vap_mdev_by_apqn(AP_QID_CARD(apqn), AP_QID_QUEUE(apqn));
	if (mdev)
		vap_guest_update(mdev);
}

void vap_mdev_update_all(void)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node)
		vap_guest_update(mdev);
}

/* checks */

/* "05.0004", or with the others that go with it: "05.0004 (05-06 x 0004,0047)" */
static void describe(const struct apm_matrix *common, char *buf, size_t size)
{
	char adapters[64], domains[96], apqn[APM_APQN_TEXT_LEN + 1] = "";

	apm_apqn_format(apm_mask_next(apm_matrix_apm(common), 0),
			apm_mask_next(apm_matrix_aqm(common), 0), apqn);
	if (apm_matrix_apqns(common) == 1) {
		scnprintf(buf, size, "%s", apqn);
		return;
	}
	apm_mask_format_list(apm_matrix_apm(common), 2, adapters, sizeof(adapters));
	apm_mask_format_list(apm_matrix_aqm(common), 4, domains, sizeof(domains));
	scnprintf(buf, size, "%s (one of %u: %s x %s)", apqn,
		  apm_matrix_apqns(common), adapters, domains);
}

/* One line however many APQNs are concerned; mainline's words for the first. */
static void warn_shared(struct vap_mdev *mdev, struct vap_mdev *owner,
			const struct apm_matrix *common)
{
	char text[192];

	describe(common, text, sizeof(text));
	dev_warn(mdev_dev(mdev->mdev),
		 "Userspace may not assign queue %s to mdev: already assigned to %s\n",
		 text, dev_name(mdev_dev(owner->mdev)));
}

static void warn_in_use(struct vap_mdev *owner, const struct apm_matrix *common)
{
	char text[192];

	describe(common, text, sizeof(text));
	dev_warn(mdev_dev(owner->mdev),
		 "Can not reserve queue %s for host driver: in use by mdev\n",
		 text);
}

static int check_owner(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	int apqn = vap_bus_owned_by_host(next);

	if (apqn < 0)
		return 0;
	dev_warn(mdev_dev(mdev->mdev),
		 "Userspace may not assign queue " VAP_APQN_FMT
		 " to mdev: reserved for host drivers\n", VAP_APQN_ARGS(apqn));
	vap_log(VAP_LOG_WARN, "assign " VAP_APQN_FMT " to mdev " VAP_MDEV_FMT
		": the host's", VAP_APQN_ARGS(apqn), VAP_MDEV_ARGS(mdev));
	return -EADDRNOTAVAIL;
}

static int check_sharing(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix common;
	struct vap_mdev *other;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(other, &vap.mdevs, node) {
		if (other == mdev ||
		    !apm_matrix_shares(next, &other->assigned, &common))
			continue;
		warn_shared(mdev, other, &common);
		return -EADDRINUSE;
	}
	return 0;
}

/* `whole` is the matrix in which the id has, or had, its APQNs. */
static void log_id(struct vap_mdev *mdev, const char *verb, enum apm_dim dim,
		   unsigned int id, const struct apm_matrix *whole, int ret)
{
	static const char *const words[APM_DIM_NR] = {
		"adapter", "domain", "control domain"
	};
	struct apm_matrix of_id;

	apm_matrix_part(whole, dim, id, &of_id);
	if (dim == APM_DIM_CONTROL_DOMAIN || !apm_matrix_apqns(&of_id)) {
		vap_log(VAP_LOG_INFO, "%s %s %02x mdev " VAP_MDEV_FMT ": %d",
			verb, words[dim], id, VAP_MDEV_ARGS(mdev), ret);
		return;
	}
	vap_log(VAP_LOG_INFO, "%s %s %02x, %u queues from " VAP_APQN_FMT
		" on, mdev " VAP_MDEV_FMT ": %d", verb, words[dim], id,
		apm_matrix_apqns(&of_id), apm_mask_next(apm_matrix_apm(&of_id), 0),
		apm_mask_next(apm_matrix_aqm(&of_id), 0), VAP_MDEV_ARGS(mdev), ret);
}

static void log_assigned(struct vap_mdev *mdev, const struct apm_matrix *next, int ret)
{
	struct apm_matrix_diff diff;
	unsigned int dim, id;

	lockdep_assert_held(&vap.lock);
	apm_matrix_diff(&mdev->assigned, next, &diff);
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &diff.added.dim[dim])
			log_id(mdev, "assign", dim, id, next, ret);
		apm_mask_for_each(id, &diff.removed.dim[dim])
			log_id(mdev, "unassign", dim, id, &mdev->assigned, ret);
	}
}

/* Control domains are nobody's, and giving up ids cannot offend. */
static bool claims_queues(const struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix_diff diff;

	lockdep_assert_held(&vap.lock);
	apm_matrix_diff(&mdev->assigned, next, &diff);
	return !apm_mask_empty(apm_matrix_apm(&diff.added)) ||
	       !apm_mask_empty(apm_matrix_aqm(&diff.added));
}

static void commit(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	lockdep_assert_held(&vap.lock);
	mdev->assigned = *next;
	link_assigned(mdev);
	vap_guest_update(mdev);
	unlink_unassigned(mdev);
}

/*
 * Sharing, then range; ownership, which mainline's errno put first, has been
 * asked before.
 */
static int try_commit(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	int ret = 0;

	lockdep_assert_held(&vap.lock);
	if (apm_matrix_equal(next, &mdev->assigned))
		return 0;
	if (claims_queues(mdev, next))
		ret = check_sharing(mdev, next);
	if (!ret)
		ret = apm_limits_check(&vap.limits, next);
	log_assigned(mdev, next, ret);
	if (!ret)
		commit(mdev, next);
	return ret;
}

struct change {
	vap_mdev_edit_fn edit;
	const void *arg;
};

/* Without new queues. -EAGAIN if there are some, and the host has to be asked. */
static int change_within(struct vap_mdev *mdev, const struct change *change)
{
	struct apm_matrix next;
	int ret;

	mutex_lock(&vap.lock);
	next = mdev->assigned;
	ret = change->edit(&next, change->arg);
	if (!ret)
		ret = claims_queues(mdev, &next) ? -EAGAIN : try_commit(mdev, &next);
	mutex_unlock(&vap.lock);
	return ret;
}

/*
 * With new queues. Who owns what is asked of the AP bus without vap.lock, since
 * it may look at every queue for every APQN. Its own lock keeps the answer true,
 * and what others do to this mdev meanwhile without that lock makes it smaller.
 */
static int change_and_claim(struct vap_mdev *mdev, const struct change *change)
{
	struct apm_matrix next;
	int ret;

	vap_compat_ap_assert_locked();

	mutex_lock(&vap.lock);
	next = mdev->assigned;
	ret = change->edit(&next, change->arg);
	mutex_unlock(&vap.lock);
	if (!ret)
		ret = check_owner(mdev, &next);
	if (ret)
		return ret;

	mutex_lock(&vap.lock);
	next = mdev->assigned;
	ret = change->edit(&next, change->arg);
	if (!ret)
		ret = try_commit(mdev, &next);
	mutex_unlock(&vap.lock);
	return ret;
}

int vap_mdev_change(struct vap_mdev *mdev, vap_mdev_edit_fn edit, const void *arg)
{
	const struct change change = { .edit = edit, .arg = arg };
	int ret;

	ret = change_within(mdev, &change);
	if (ret == -EAGAIN) {
		vap_compat_ap_lock();
		ret = change_and_claim(mdev, &change);
		vap_compat_ap_unlock();
	}
	if (!ret)
		vap_reset_wait(mdev);
	return ret;
}

int vap_mdev_in_use(const struct apm_mask *apm, const struct apm_mask *aqm)
{
	struct apm_matrix common;
	struct vap_mdev *mdev;
	int ret = 0;

	vap_compat_ap_assert_locked();
	mutex_lock(&vap.lock);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		if (!apm_matrix_shares_masks(&mdev->assigned, apm, aqm, &common))
			continue;
		warn_in_use(mdev, &common);
		vap_log(VAP_LOG_WARN, "veto: " VAP_APQN_FMT
			" and %u more are mdev " VAP_MDEV_FMT "'s",
			apm_mask_next(apm_matrix_apm(&common), 0),
			apm_mask_next(apm_matrix_aqm(&common), 0),
			apm_matrix_apqns(&common) - 1, VAP_MDEV_ARGS(mdev));
		ret = -EADDRINUSE;
		break;
	}
	mutex_unlock(&vap.lock);
	return ret;
}

/* life */

static int probe(struct mdev_device *device)
{
	struct vap_mdev *mdev;
	int ret;

	mdev = vfio_alloc_device(vap_mdev, vdev, mdev_dev(device), &vap_vfio_ops);
	if (IS_ERR(mdev))
		return PTR_ERR(mdev);
	mdev->mdev = device;
	INIT_LIST_HEAD(&mdev->queues);
	spin_lock_init(&mdev->trigger_lock);
	vap_irq_init_mdev(mdev);
	vap_text_init(mdev);
	vap_compat_mdev_set_drvdata(device, mdev);

	mutex_lock(&vap.lock);
	list_add_tail(&mdev->node, &vap.mdevs);
	mutex_unlock(&vap.lock);

	ret = vfio_register_emulated_iommu_dev(&mdev->vdev);
	if (ret)
		goto err_register;
	return 0;

err_register:
	mutex_lock(&vap.lock);
	list_del(&mdev->node);
	mutex_unlock(&vap.lock);
	vfio_put_device(&mdev->vdev);
	return ret;
}

/*
 * Attributes are gone, and the device is closed once it is unregistered. Its
 * queues may still be being reset; that goes on, on nobody's account.
 */
static void remove(struct mdev_device *device)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(mdev_dev(device));

	vfio_unregister_group_dev(&mdev->vdev);

	mutex_lock(&vap.lock);
	list_del(&mdev->node);
	memset(&mdev->assigned, 0, sizeof(mdev->assigned));
	unlink_unassigned(mdev);
	vap_reset_forget_waiter(mdev);
	mutex_unlock(&vap.lock);
	vap_text_forget_all(mdev);
	vfio_put_device(&mdev->vdev);
}

static struct mdev_driver mdev_driver = {
	.device_api = VFIO_DEVICE_API_AP_STRING,
	.max_instances = 65536,		/* what mainline says */
	.probe = probe,
	.remove = remove,
	.driver = {
		.dev_groups = vap_sysfs_mdev_groups,
		.mod_name = KBUILD_MODNAME,
		.name = "vfio_ap_mdev",
		.owner = THIS_MODULE,
	},
};

static struct mdev_type passthrough = {
	.sysfs_name = "passthrough",
	.pretty_name = "VFIO AP Passthrough Device",
};

static struct mdev_type *types[] = { &passthrough };
static struct mdev_parent parent;

int vap_mdev_init(void)
{
	int ret = mdev_register_driver(&mdev_driver);

	if (ret)
		return ret;
	ret = mdev_register_parent(&parent, vap_matrix_dev(), &mdev_driver,
				   types, ARRAY_SIZE(types));
	if (ret)
		mdev_unregister_driver(&mdev_driver);
	return ret;
}

void vap_mdev_exit(void)
{
	mdev_unregister_parent(&parent);
	mdev_unregister_driver(&mdev_driver);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Changes of an mdev's assigned matrix.
 *
 * The matrix is replaced as a whole: a candidate is checked against the host's
 * drivers, the other mdevs, and the limits; only then is anything changed, and
 * that cannot fail. The guest follows by an update of the mdev.
 */
#include "events/events.h"
#include "record.h"

/* checks */

/**
 * vap_assign_describe - name APQNs that two mdevs, or an mdev and the host, want
 * @common: the APQNs: the product of its adapters and domains; not empty
 * @buf: result: "05.0004", or "05.0004 (one of 4: 05-06 x 0004,0047)", with NUL
 * @size: of @buf, in bytes; longer text is cut
 *
 * Context: Any context.
 */
void vap_assign_describe(const struct apm_matrix *common, char *buf, size_t size)
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

	vap_assign_describe(common, text, sizeof(text));
	dev_warn(mdev_dev(mdev->mdev),
		 "Userspace may not assign queue %s to mdev: already assigned to %s\n",
		 text, dev_name(mdev_dev(owner->mdev)));
}

/* Of the APQNs that the change adds: what was assigned before is not asked for again. */
static int check_host(struct vap_mdev *mdev, const struct apm_matrix *old,
		      const struct apm_matrix *next)
{
	int apqn = vap_owner_host_apqn(old, next);

	if (apqn < 0)
		return 0;
	dev_warn(mdev_dev(mdev->mdev),
		 "Userspace may not assign queue " VAP_APQN_FMT
		 " to mdev: reserved for host drivers\n", VAP_APQN_ARGS(apqn));
	vap_record(ASSIGN_REFUSED, VAP_APQN_ARGS(apqn), VAP_MDEV_ARGS(mdev));
	return -EADDRNOTAVAIL;
}

/* What another mdev has assigned, or its guest has not let go of yet. */
static int check_sharing(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix common;
	struct vap_mdev *other;

	lockdep_assert_held(&vap.lock);
	list_for_each_entry(other, &vap.mdevs, node) {
		if (other == mdev ||
		    !vap_mdev_has_any(other, apm_matrix_apm(next), apm_matrix_aqm(next),
				      &common))
			continue;
		warn_shared(mdev, other, &common);
		return -EADDRINUSE;
	}
	return 0;
}

/* Control domains belong to nobody, and giving up ids takes nothing from anybody. */
static bool claims_queues(const struct apm_matrix_diff *diff)
{
	return !apm_mask_empty(apm_matrix_apm(&diff->added)) ||
	       !apm_mask_empty(apm_matrix_aqm(&diff->added));
}

/* records */

/* `whole` is the matrix in which the id has, or had, its APQNs. */
static void record_id(struct vap_mdev *mdev, const char *verb, enum apm_dim dim,
		      unsigned int id, const struct apm_matrix *whole, int ret)
{
	static const char *const words[APM_DIM_NR] = {
		"adapter", "domain", "control domain"
	};
	struct apm_matrix of_id;

	apm_matrix_part(whole, dim, id, &of_id);
	if (dim == APM_DIM_CONTROL_DOMAIN || !apm_matrix_apqns(&of_id)) {
		vap_record(ASSIGN_ID, verb, words[dim], id, VAP_MDEV_ARGS(mdev), ret);
		return;
	}
	vap_record(ASSIGN_QUEUES, verb, words[dim], id, apm_matrix_apqns(&of_id),
		   apm_mask_next(apm_matrix_apm(&of_id), 0),
		   apm_mask_next(apm_matrix_aqm(&of_id), 0), VAP_MDEV_ARGS(mdev), ret);
}

/* A change under way: what is asked for, what was and what comes of it. */
struct change {
	vap_assign_edit_fn edit;
	const void *arg;
	struct apm_matrix old;
	struct apm_matrix next;
	struct apm_matrix_diff diff;	/* of these two */
	unsigned long mark;		/* 0: nothing was changed */
};

static void record_change(struct vap_mdev *mdev, const struct change *change, int ret)
{
	unsigned int dim, id;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		apm_mask_for_each(id, &change->diff.added.dim[dim])
			record_id(mdev, "assign", dim, id, &change->next, ret);
		apm_mask_for_each(id, &change->diff.removed.dim[dim])
			record_id(mdev, "unassign", dim, id, &change->old, ret);
	}
}

/* changing */

static int make_candidate(struct vap_mdev *mdev, struct change *change)
{
	int ret;

	lockdep_assert_held(&vap.lock);
	change->old = mdev->assigned;
	change->next = mdev->assigned;
	ret = change->edit(&change->next, change->arg);
	apm_matrix_diff(&change->old, &change->next, &change->diff);
	return ret;
}

/*
 * Sharing, then range; the host's drivers, which mainline's errno puts first,
 * have been asked before.
 */
static int commit_candidate(struct vap_mdev *mdev, struct change *change)
{
	int ret = 0;

	lockdep_assert_held(&vap.lock);
	if (apm_matrix_equal(&change->next, &mdev->assigned))
		return 0;
	if (claims_queues(&change->diff))
		ret = check_sharing(mdev, &change->next);
	/* ids that are added; those that are there may be above limits that shrank */
	if (!ret)
		ret = apm_limits_check(&vap.limits, &change->diff.added);
	if (ret)
		return ret;
	vap_mdev_assign(mdev, &change->next);
	vap_rebind_look_now(mdev);
	vap_reset_standby_again(mdev);
	change->mark = vap_mdev_mark(mdev);
	return 0;
}

/* Without new queues. -EAGAIN if there are some, and the host has to be asked. */
static int change_within(struct vap_mdev *mdev, struct change *change)
{
	int ret;

	vap_lock();
	ret = make_candidate(mdev, change);
	if (!ret)
		ret = claims_queues(&change->diff) ? -EAGAIN :
			commit_candidate(mdev, change);
	vap_unlock();
	return ret;
}

/* Are all APQNs of one matrix in the other? */
static bool has_queues_of(const struct apm_matrix *inner, const struct apm_matrix *outer)
{
	return apm_mask_subset(apm_matrix_apm(inner), apm_matrix_apm(outer)) &&
	       apm_mask_subset(apm_matrix_aqm(inner), apm_matrix_aqm(outer));
}

/*
 * With new queues, after change_within() has made a candidate. Who owns them is asked
 * of the AP bus without vap.lock, since that takes its time. The bus's lock keeps the
 * answer true. Before that lock was taken, others may have added queues to this mdev;
 * until it is released they can only take some out. In both cases there may be APQNs
 * that are new now and were not asked for: then the bus is asked once more.
 */
static int change_and_claim(struct vap_mdev *mdev, struct change *change)
{
	struct apm_matrix old, next;
	int ret;

	vap_compat_ap_assert_locked();
	do {
		old = change->old;
		next = change->next;
		ret = check_host(mdev, &old, &next);
		if (ret)
			return ret;
		vap_lock();
		ret = make_candidate(mdev, change);
		if (!ret)
			ret = has_queues_of(&change->next, &next) &&
			      has_queues_of(&old, &change->old) ?
				commit_candidate(mdev, change) : -EAGAIN;
		vap_unlock();
	} while (ret == -EAGAIN);
	return ret;
}

/**
 * vap_assign_change - change the assigned matrix of an mdev
 * @mdev: the mdev
 * @edit: changes a copy of the assigned matrix, or returns an errno; called with vap.lock
 *	held, and again for each change that others make to the mdev meanwhile
 * @arg: passed to @edit
 *
 * Only APQNs that the change adds are refused. One that is assigned already and that a driver
 * override gave to the host meanwhile stays assigned and obstructs no further change; mainline
 * refuses each further assignment then.
 *
 * After an error, nothing has changed. On success the guest has the new matrix, and queues
 * that it lost have been reset or their time limit has passed. A signal ends only this wait:
 * the change is made.
 *
 * Context: Process context, no lock of the module held. Takes vap_compat_ap_lock() and
 * vap.lock. Sleeps until the VM of the mdev permits the update.
 * Return: 0; -EADDRNOTAVAIL if the host's drivers may use one of the queues that are added;
 * -EADDRINUSE if a queue of the new matrix belongs to another mdev; -ENODEV for an ID above
 * the limits; the result of @edit
 */
int vap_assign_change(struct vap_mdev *mdev, vap_assign_edit_fn edit, const void *arg)
{
	struct change change = { .edit = edit, .arg = arg };
	int ret;

	ret = change_within(mdev, &change);
	if (ret == -EAGAIN) {
		vap_compat_ap_lock();
		ret = change_and_claim(mdev, &change);
		vap_compat_ap_unlock();
	}
	record_change(mdev, &change, ret);
	if (ret)
		return ret;
	vap_update_marked();
	if (!change.mark || !vap_update_wait_interruptible(mdev, change.mark))
		vap_reset_wait_interruptible(mdev);
	return 0;
}

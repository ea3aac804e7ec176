// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes: text in, text out. See vfio_ap(4) for each of them.
 *
 * Names, modes, formats and errno are mainline's. Texts that can be longer
 * than a page are binary attributes, see long_text.c.
 *
 * A write returns when the guest has the change, and what it took from the guest
 * has been reset or the time for that is over; in any case nobody else can get
 * what is not clean. If the guest's VM keeps it waiting, a signal ends the wait.
 */
#include <linux/sysfs.h>
#include "driver_core.h"
#include "events/events.h"

/* assign and unassign */

/* One attribute for each dimension and direction. */
struct id_attribute {
	struct device_attribute attr;
	enum apm_dim dim;
	bool assign;
};

struct id_change {
	const struct id_attribute *id_attr;
	unsigned long id;
};

/*
 * One id into or out of a dimension. As in mainline, an id that is or is not
 * there already is no error, and nothing is checked for it. An id that is there
 * can be taken out though the limits have shrunk.
 */
static int edit_id(struct apm_matrix *matrix, const void *arg)
{
	const struct id_change *change = arg;
	enum apm_dim dim = change->id_attr->dim;

	lockdep_assert_held(&vap.lock);
	if (change->id > vap.limits.max[dim] &&
	    (change->id >= APM_MATRIX_IDS || change->id_attr->assign ||
	     !apm_mask_test(&matrix->dim[dim], change->id)))
		return -ENODEV;
	if (change->id_attr->assign)
		apm_mask_set(&matrix->dim[dim], change->id);
	else
		apm_mask_clear(&matrix->dim[dim], change->id);
	return 0;
}

static ssize_t id_store(struct device *dev, struct device_attribute *attr,
			const char *buf, size_t count)
{
	struct id_change change = {
		.id_attr = container_of(attr, struct id_attribute, attr),
	};
	int ret;

	ret = apm_parse_id(buf, count, &change.id);
	if (!ret)
		ret = vap_assign_change(vap_compat_mdev_drvdata(dev), edit_id, &change);
	return ret ?: count;
}

#define ID_ATTRIBUTE(_name, _dim, _assign)				\
	static struct id_attribute id_attr_##_name = {			\
		.attr = __ATTR(_name, 0200, NULL, id_store),		\
		.dim = (_dim),						\
		.assign = (_assign),					\
	}

ID_ATTRIBUTE(assign_adapter, APM_DIM_ADAPTER, true);
ID_ATTRIBUTE(unassign_adapter, APM_DIM_ADAPTER, false);
ID_ATTRIBUTE(assign_domain, APM_DIM_DOMAIN, true);
ID_ATTRIBUTE(unassign_domain, APM_DIM_DOMAIN, false);
ID_ATTRIBUTE(assign_control_domain, APM_DIM_CONTROL_DOMAIN, true);
ID_ATTRIBUTE(unassign_control_domain, APM_DIM_CONTROL_DOMAIN, false);

/* all at once */

static struct apm_matrix copy_matrix(const struct apm_matrix *matrix)
{
	struct apm_matrix copy;

	vap_lock();
	copy = *matrix;
	vap_unlock();
	return copy;
}

static ssize_t ap_config_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(dev);
	struct apm_matrix matrix = copy_matrix(&mdev->assigned);

	return apm_matrix_read_config(&matrix, buf, PAGE_SIZE, 0);
}

static int edit_all(struct apm_matrix *matrix, const void *arg)
{
	*matrix = *(const struct apm_matrix *)arg;
	return 0;
}

static ssize_t ap_config_store(struct device *dev, struct device_attribute *attr,
			       const char *buf, size_t count)
{
	struct apm_matrix next;
	int ret;

	ret = apm_parse_config(buf, count, &next);
	if (!ret)
		ret = vap_assign_change(vap_compat_mdev_drvdata(dev), edit_all, &next);
	return ret ?: count;
}
static DEVICE_ATTR_RW(ap_config);

/* short lists */

static ssize_t control_domains_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(dev);
	struct apm_matrix matrix = copy_matrix(&mdev->assigned);

	return apm_matrix_read_control_domains(&matrix, buf, PAGE_SIZE, 0);
}
static DEVICE_ATTR_RO(control_domains);

static ssize_t guest_control_domains_show(struct device *dev,
					  struct device_attribute *attr, char *buf)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(dev);
	struct apm_matrix matrix = copy_matrix(&mdev->guest);

	return apm_matrix_read_control_domains(&matrix, buf, PAGE_SIZE, 0);
}
static DEVICE_ATTR_RO(guest_control_domains);

/*
 * Counts the changes of the guest's matrix, control domains included. Can be
 * polled (POLLPRI) without losing a change: poll returns if there was one since
 * the last read.
 */
static ssize_t guest_generation_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	struct vap_mdev *mdev = vap_compat_mdev_drvdata(dev);
	u64 generation;

	vap_lock();
	generation = mdev->generation;
	vap_unlock();
	return sysfs_emit(buf, "%llu\n", generation);
}
static DEVICE_ATTR_RO(guest_generation);

/* long lists */

#define LONG_ATTRIBUTE(_name, _text)					\
	static ssize_t _name##_read(struct file *file,			\
				    struct kobject *kobj,		\
				    vap_compat_bin_attr *attr,		\
				    char *buf, loff_t offset,		\
				    size_t count)			\
	{								\
		struct vap_mdev *mdev =					\
			vap_compat_mdev_drvdata(kobj_to_dev(kobj));	\
									\
		return vap_text_read(mdev, _text, file, buf, count, offset); \
	}								\
	static BIN_ATTR_RO(_name, 0)

LONG_ATTRIBUTE(matrix, VAP_TEXT_MATRIX);
LONG_ATTRIBUTE(guest_matrix, VAP_TEXT_GUEST_MATRIX);
LONG_ATTRIBUTE(reasons, VAP_TEXT_REASONS);
LONG_ATTRIBUTE(guest_interrupts, VAP_TEXT_GUEST_INTERRUPTS);

static struct attribute *mdev_attrs[] = {
	&id_attr_assign_adapter.attr.attr,
	&id_attr_unassign_adapter.attr.attr,
	&id_attr_assign_domain.attr.attr,
	&id_attr_unassign_domain.attr.attr,
	&id_attr_assign_control_domain.attr.attr,
	&id_attr_unassign_control_domain.attr.attr,
	&dev_attr_ap_config.attr,
	&dev_attr_control_domains.attr,
	&dev_attr_guest_control_domains.attr,
	&dev_attr_guest_generation.attr,
	NULL
};

static vap_compat_bin_attr *mdev_bin_attrs[] = {
	&bin_attr_matrix,
	&bin_attr_guest_matrix,
	&bin_attr_reasons,
	&bin_attr_guest_interrupts,
	NULL
};

static const struct attribute_group mdev_group = {
	.attrs = mdev_attrs,
	.bin_attrs = mdev_bin_attrs,
};

const struct attribute_group *vap_sysfs_mdev_groups[] = { &mdev_group, NULL };

/* queues */

static ssize_t status_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return sysfs_emit(buf, "%s\n",
			  vap_queue_status_word(dev_get_drvdata(dev)));
}
static DEVICE_ATTR_RO(status);

static struct attribute *queue_attrs[] = {
	&dev_attr_status.attr,
	NULL
};

static const struct attribute_group queue_group = { .attrs = queue_attrs };

const struct attribute_group *vap_sysfs_queue_groups[] = { &queue_group, NULL };

/* the matrix device */

static ssize_t features_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	/* mainline's words first, then what only this module has */
	return sysfs_emit(buf, "guest_matrix hotplug ap_config guest_control_domains reasons guest_notify guest_interrupts guest_generation resets\n");
}
static DEVICE_ATTR_RO(features);

static ssize_t resets_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct vap_reset_counts counts;

	vap_reset_count(&counts);
	return sysfs_emit(buf, "complete %llu\nfailed %llu\ntotal_us %llu\nlongest_us %llu\nwithheld %u\n",
			  counts.complete, counts.failed, counts.total_us,
			  counts.longest_us, counts.withheld);
}
static DEVICE_ATTR_RO(resets);

static struct attribute *matrix_attrs[] = {
	&dev_attr_features.attr,
	&dev_attr_resets.attr,
	NULL
};

static const struct attribute_group matrix_group = { .attrs = matrix_attrs };

const struct attribute_group *vap_sysfs_matrix_groups[] = { &matrix_group, NULL };

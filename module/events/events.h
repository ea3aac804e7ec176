/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What comes in. Files of this layer change the model, mark mdevs, and have
 * them brought up to date; nothing above them calls them but main.c and the
 * kernel.
 */
#ifndef VAP_EVENTS_H
#define VAP_EVENTS_H

#include "decision/update.h"

/* events/root_device.c: /sys/devices/vfio_ap/matrix */
int vap_root_device_init(void);
void vap_root_device_exit(void);
struct device *vap_root_device_matrix(void);

/* events/ap_driver.c: the driver that the AP bus has of us */
int vap_ap_driver_init(void);
void vap_ap_driver_exit(void);

/* events/ap_device.c: queue devices, whichever driver they have */
#define VAP_NO_APQN	(AP_DEVICES * AP_DOMAINS)	/* no queue has it */

unsigned int vap_ap_device_apqn(const struct device *dev);
bool vap_ap_device_is_ours(const struct device *dev);
void vap_ap_device_for_each(void *data, int (*fn)(struct device *dev, void *data));

/* events/rebind.c: queues that the AP bus still treats as its own */
void vap_rebind_init(void);
void vap_rebind_stop(void);
void vap_rebind_exit(void);
int vap_rebind_bus_event(struct notifier_block *nb, unsigned long event, void *data);
enum vap_ap_bus_use vap_rebind_ask_bus(struct vap_queue *queue);
bool vap_rebind_is_needed(const struct vap_queue *queue, enum vap_ap_bus_use use,
			  enum vap_rebind *when);
bool vap_rebind_is_registering(void);
bool vap_rebind_is_ours(unsigned int apqn);
void vap_rebind_set_registering(bool registering);
void vap_rebind_queue(struct vap_queue *queue, enum vap_rebind when);
void vap_rebind_look_later(struct vap_queue *queue);
void vap_rebind_look_now(const struct vap_mdev *mdev);
bool vap_rebind_device_is_deleted(unsigned int apqn);

/* events/host_config.c: the host's AP configuration */
void vap_host_config_read(void);
void vap_host_config_changed(struct ap_config_info *new_info,
			     struct ap_config_info *old_info);
void vap_host_scan_complete(struct ap_config_info *new_info,
			    struct ap_config_info *old_info);

/* events/veto.c: the veto against giving an mdev's queue to the host's drivers */
int vap_veto_in_use(unsigned long *apm, unsigned long *aqm);

/* events/owner.c: who has a right to a queue, and who has it */
struct vap_bus_view;
int vap_owner_host_apqn(const struct apm_matrix *before, const struct apm_matrix *after);
struct vap_bus_view *vap_owner_view_create(void);
void vap_owner_view_destroy(struct vap_bus_view *view);
enum apm_reason vap_owner_view_reason(const struct vap_bus_view *view,
				      unsigned int apqn);

/* events/assign.c: changes of the assigned matrix */
typedef int (*vap_assign_edit_fn)(struct apm_matrix *matrix, const void *arg);
int vap_assign_change(struct vap_mdev *mdev, vap_assign_edit_fn edit, const void *arg);
void vap_assign_describe(const struct apm_matrix *common, char *buf, size_t size);

/* events/mdev_driver.c: the life of an mdev */
int vap_mdev_driver_init(void);
void vap_mdev_driver_exit(void);

/* events/vfio_device.c: the device as a VMM has it */
extern const struct vfio_device_ops vap_vfio_device_ops;

/* events/vm.c: a VM comes, goes, and resets its queues */
int vap_vm_attach(struct vap_mdev *mdev, struct kvm *kvm);
void vap_vm_detach(struct vap_mdev *mdev);
int vap_vm_reset(struct vap_mdev *mdev);

/* events/pqap_hook.c: intercepted PQAP(AQIC) */
int vap_pqap_hook(struct kvm_vcpu *vcpu);

/* events/sysfs.c: attributes */
extern const struct attribute_group *vap_sysfs_mdev_groups[];
extern const struct attribute_group *vap_sysfs_queue_groups[];
extern const struct attribute_group *vap_sysfs_matrix_groups[];

/* events/long_text.c: texts that can be longer than a page */
void vap_text_init(struct vap_mdev *mdev);
void vap_text_free_all(struct vap_mdev *mdev);
ssize_t vap_text_read(struct vap_mdev *mdev, enum vap_text_kind kind,
		      struct file *file, char *buf, size_t size, loff_t offset);

#endif

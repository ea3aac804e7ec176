// SPDX-License-Identifier: GPL-2.0-only
/*
 * CFG_CHG signals that come late: the module writes the masks, which KVM logs, and then
 * signals. An eventfd that is set between the two gets the signal of an update that was
 * counted before. A check has to allow for that. Runs with a pause in the module between the
 * two (lab/faulty/pause.c), so that it happens in each run.
 */
#include <pthread.h>
#include <stdio.h>

#include "events.h"
#include "io.h"
#include "late.h"
#include "uevent.h"

#define CONTROL_DOMAIN	"3"

/* That of the last change of a round: another one in the next round, so it is news. */
static const char *const last_domain[] = { "4", "9" };
static unsigned int rounds_done;

static const char *mdev;
static bool over;

/* Changes that the guest gets at once: no queue is reset for a control domain. */
static void *change_masks(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&over, __ATOMIC_SEQ_CST)) {
		mdev_write(mdev, "assign_control_domain", CONTROL_DOMAIN);
		mdev_write(mdev, "unassign_control_domain", CONTROL_DOMAIN);
	}
	return NULL;
}

static void one_round(struct world *world)
{
	struct world_guest *guest = &world->guest[0];
	const char *domain = last_domain[rounds_done++ % 2];
	struct apm_matrix last = { 0 };
	pthread_t thread;
	int ret = guest_create(guest);

	if (ret) {
		story_wrong("a VM", "success", lab_vmm_errno_name(ret));
		return;
	}
	__atomic_store_n(&over, false, __ATOMIC_SEQ_CST);
	if (pthread_create(&thread, NULL, change_masks, NULL))
		return;
	ret = guest_attach(world, 0, 0);
	__atomic_store_n(&over, true, __ATOMIC_SEQ_CST);
	pthread_join(thread, NULL);
	/* the uevent of one more change follows its signal and those before it */
	apm_mask_set(&last.dim[APM_DIM_CONTROL_DOMAIN], (unsigned int)*domain - '0');
	mdev_write(mdev, "assign_control_domain", domain);
	do
		uevent_wait(world, 10);
	while (!uevent_tells(world, 0, &last));
	if (ret)
		story_wrong("attach", "success", lab_vmm_errno_name(ret));
	else
		guest_check_cfg_chg(world, 0);
	guest_destroy(world, 0, false);
	mdev_write(mdev, "unassign_control_domain", domain);
}

bool late_signals(struct world *world, unsigned long rounds)
{
	int ret;

	story_clear();
	story_begin(world);
	story_add("late signals");
	ret = world_reset(world);
	mdev = world->mdev[0].uuid;
	if (!ret)
		ret = mdev_create(mdev);
	if (ret)
		story_wrong("an mdev", "success", lab_vmm_errno_name(ret));
	while (!story_failed() && rounds--)
		one_round(world);
	mdev_remove(mdev);
	return !story_failed();
}

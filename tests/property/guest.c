// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guests: VMs of the lab's VMM, the mdevs attached to them, and the eventfds
 * that tell of changes.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <linux/vfio.h>

#include "io.h"
#include "story.h"
#include "world.h"

#define GUEST_MEMORY	(1UL << 20)

struct creation {
	struct lab_vm *vm;
	pid_t tid;
	int ret;
};

static void *create(void *arg)
{
	struct lab_vm_config config = { .memory = GUEST_MEMORY };
	struct creation *creation = arg;

	creation->tid = gettid();
	creation->ret = __lab_vmm_create(&config, &creation->vm);
	return NULL;
}

/*
 * KVM names the log of a VM by the thread that creates it: a thread for each,
 * so that each VM has a log of its own.
 */
int guest_create(struct world_guest *guest)
{
	struct creation creation = { 0 };
	pthread_t thread;
	int ret = -pthread_create(&thread, NULL, create, &creation);

	if (ret)
		return ret;
	pthread_join(thread, NULL);
	if (creation.ret)
		return creation.ret;
	memset(guest, 0, sizeof(*guest));
	guest->vm = creation.vm;
	guest->mdev = -1;
	guest->req = guest->cfg_chg = -1;
	crycb_init(&guest->crycb, creation.tid);
	return 0;
}

static int set_trigger(struct world_guest *guest, unsigned int index, int *efd)
{
	*efd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (*efd < 0)
		return -errno;
	return __lab_vmm_set_irq(lab_vmm_device_fd(guest->dev), index, *efd);
}

static void close_triggers(struct world_guest *guest)
{
	if (guest->req >= 0)
		close(guest->req);
	if (guest->cfg_chg >= 0)
		close(guest->cfg_chg);
	guest->req = guest->cfg_chg = -1;
}

/*
 * With lockdep by the mdev's own device file: type 1 calls dma_unmap with a lock held that it
 * takes under the one that unpinning needs, and is reported for it.
 */
unsigned int guest_attach_flags(void)
{
	bool lockdep = !access("/proc/lockdep", F_OK) && !access("/dev/iommu", F_OK);

	return lockdep ? LAB_ATTACH_CDEV : 0;
}

int guest_attach(struct world *world, unsigned int nr, unsigned int mdev)
{
	struct world_guest *guest = &world->guest[nr];
	int ret;

	world_note_apqns(guest->ever, &world->model.mdev[mdev].assigned);
	ret = __lab_vmm_attach(guest->vm, world->mdev[mdev].uuid, guest_attach_flags(), 0,
			       &guest->dev);
	if (ret)
		return ret;
	guest->mdev = (int)mdev;
	world->mdev[mdev].guest = (int)nr;
	world->attached++;
	guest_follow(world, guest);
	guest->pushes_before = guest->crycb.pushes;
	ret = set_trigger(guest, 0, &guest->req);
	if (!ret && world->has.ours)
		ret = set_trigger(guest, 1, &guest->cfg_chg);
	if (ret)
		story_wrong("eventfd of a device just opened", "success",
			    lab_vmm_errno_name(ret));
	guest->cfg_chgs = 0;
	guest->cfg_chg_is_new = true;
	guest_follow(world, guest);
	guest->pushes_after = guest->crycb.pushes;
	return 0;
}

static void describe(const struct apm_matrix *matrix, char *text, size_t size)
{
	text[apm_matrix_read_config(matrix, text, size - 1, 0)] = '\0';
}

static void note_had(struct world_guest *guest, const struct apm_matrix *masks)
{
	world_note_apqns(guest->had, masks);
	if (guest->early.owed && apm_matrix_has(masks, guest->early.apqn >> 8,
					       guest->early.apqn & 0xff))
		guest->early.owed = false;
}

void guest_judge_early(struct world_guest *guest)
{
	if (guest->early.owed)
		story_wrong(guest->early.what, "cc 3, response code 01", guest->early.got);
	guest->early.owed = false;
}

struct follower {
	struct world *world;
	struct world_guest *guest;
	struct apm_matrix last;
};

/*
 * Whatever KVM was ever told to give this guest, it may only have been what was
 * assigned to it by then, and something else than it had before.
 */
/* shows: I3 I17 */
static void one_push(void *ctx, const struct apm_matrix *masks)
{
	struct follower *follower = ctx;
	unsigned int apid, apqi;
	char text[APM_MATRIX_CONFIG_LEN + 1], name[40];

	follower->world->pushes++;
	if (follower->guest->nr_recent < WORLD_RECENT)
		follower->guest->recent[follower->guest->nr_recent] = *masks;
	follower->guest->nr_recent++;
	describe(masks, text, sizeof(text));
	apm_mask_for_each(apid, apm_matrix_apm(masks)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(masks)) {
			if (apid < MODEL_IDS && apqi < MODEL_IDS &&
			    follower->guest->ever[apid][apqi])
				continue;
			snprintf(name, sizeof(name), "no %02x.%04x", apid, apqi);
			story_wrong("KVM was told to give a guest what was never its mdev's",
				    name, text);
		}
	}
	if (!apm_matrix_empty(masks) && apm_matrix_equal(masks, &follower->last))
		story_wrong("KVM was told masks that the guest had already",
			    "no update without a change", text);
	follower->last = *masks;
	note_had(follower->guest, masks);
	guest_judge_early(follower->guest);
}

void guest_follow(struct world *world, struct world_guest *guest)
{
	struct follower follower = { world, guest, guest->crycb.now };
	int ret = crycb_follow(&guest->crycb, one_push, &follower);

	if (ret)
		story_wrong("KVM's log of a guest", "readable", lab_vmm_errno_name(ret));
}

void guest_forget_had(struct world *world, struct world_guest *guest)
{
	guest_follow(world, guest);
	memset(guest->had, 0, sizeof(guest->had));
	world_note_apqns(guest->had, &guest->crycb.now);
}

void guest_judge_stranger(struct world *world, struct world_guest *guest, unsigned int apqn,
			  const char *what, const char *got)
{
	unsigned int apid = apqn >> 8, apqi = apqn & 0xff;

	guest_follow(world, guest);
	if (guest->early.owed ||
	    (apid < MODEL_IDS && apqi < MODEL_IDS && guest->had[apid][apqi]))
		return;
	guest->early.owed = true;
	guest->early.apqn = apqn;
	snprintf(guest->early.what, sizeof(guest->early.what), "%s", what);
	snprintf(guest->early.got, sizeof(guest->early.got), "%s", got);
}

/* As READ_MASKS and the QCI block have them: twelve doublewords in a row. */
static void to_matrix(const void *words, struct apm_matrix *matrix)
{
	_Static_assert(sizeof(*matrix) == 96, "three masks in a row, as the machine has them");
	memcpy(matrix, words, sizeof(*matrix));
}

int guest_see(struct world_guest *guest, struct apm_matrix *masks, struct apm_matrix *qci)
{
	struct lab_script *script = lab_script_new();
	const struct aphwsim_step *step;
	int ret;

	lab_script_add(script)->op = APHWSIM_OP_READ_MASKS;
	lab_step_qci(lab_script_add(script), LAB_VMM_QCI);
	ret = __lab_vmm_run(guest->vm, 0, script);
	step = lab_script_step(script, 0);
	if (!ret) {
		to_matrix(&step->gr_out[2], masks);
		/* the masks begin at byte 16 of the block */
		to_matrix(lab_vmm_mem(guest->vm, LAB_VMM_QCI + 16, 96), qci);
		if (step->gr_out[1] != 1 || lab_script_step(script, 1)->cc)
			ret = -EPROTO;
	}
	lab_script_free(script);
	return ret;
}

/*
 * An update writes the masks, which KVM logs, and then signals. So the eventfd also gets the
 * signal of one update that was logged before it was set, if that comes late; and it may or may
 * not get those of updates that were logged while it was set. After that each update counts.
 */
/* shows: I26 */
void guest_check_cfg_chg(struct world *world, unsigned int nr)
{
	struct world_guest *guest = &world->guest[nr];
	unsigned long least, most;
	char what[60], want[60], got[40];
	uint64_t count;

	if (guest->cfg_chg < 0)
		return;
	guest_follow(world, guest);
	least = guest->crycb.pushes - guest->pushes_after;
	do {
		if (read(guest->cfg_chg, &count, sizeof(count)) == sizeof(count))
			guest->cfg_chgs += count;
	} while (guest->cfg_chgs < least && io_wait_to_read(guest->cfg_chg, world->patience));
	most = least;
	if (guest->cfg_chg_is_new && !world->exact_signals)
		most = guest->crycb.pushes - guest->pushes_before + 1;
	if (guest->cfg_chgs < least || guest->cfg_chgs > most) {
		snprintf(what, sizeof(what), "CFG_CHG signals of guest %u", nr);
		snprintf(want, sizeof(want), "%lu to %lu, as there were updates", least, most);
		snprintf(got, sizeof(got), "%lu signals", guest->cfg_chgs);
		story_wrong(what, want, got);
	}
	world->late += guest->cfg_chgs > least;
	guest->pushes_after = guest->crycb.pushes;
	guest->cfg_chgs = 0;
	guest->cfg_chg_is_new = false;
}

void guest_stop_background(struct world_guest *guest)
{
	int ret;

	if (!guest->background)
		return;
	ret = __lab_vmm_stop(guest->vm, 1);
	if (ret)
		story_wrong("a guest in the background", "runs to its end",
			    lab_vmm_failed_at());
	lab_script_free(guest->background);
	guest->background = NULL;
}

void guest_detach(struct world *world, unsigned int nr)
{
	struct world_guest *guest = &world->guest[nr];

	if (!guest->dev)
		return;
	lab_vmm_detach(guest->dev);
	guest->dev = NULL;
	world->mdev[guest->mdev].guest = -1;
	guest->mdev = -1;
	close_triggers(guest);
}

void guest_destroy(struct world *world, unsigned int nr, bool vm_first)
{
	struct world_guest *guest = &world->guest[nr];

	if (!guest->vm)
		return;
	guest_stop_background(guest);
	if (vm_first)
		lab_vmm_close_vm(guest->vm);
	guest_detach(world, nr);
	lab_vmm_destroy(guest->vm);
	guest->vm = NULL;
}

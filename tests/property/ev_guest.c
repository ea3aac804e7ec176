// SPDX-License-Identifier: GPL-2.0-only
/*
 * What VMMs and guests do: VMs that come and go, mdevs attached to them, AP
 * instructions of all sorts, device resets, memory that is unmapped.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "events.h"
#include "io.h"

#define NIB_AREA	0x40000UL	/* guest memory for notification bytes */
#define MESSAGE_LEN	64U
#define DEADLINE_US	30000000UL

static unsigned int pick_guest(struct rng *rng)
{
	return rng_below(rng, WORLD_GUESTS);
}

/* What somebody is told who opens an mdev that is open: by its group, or by its device file. */
static int already_open(void)
{
	return guest_attach_flags() & LAB_ATTACH_CDEV ? -EINVAL : -EBUSY;
}

static int want_attach(const struct world *world, unsigned int nr, unsigned int mdev)
{
	if (!world->model.mdev[mdev].exists)
		return -ENOENT;
	if (world->mdev[mdev].guest >= 0)
		return already_open();
	return world->guest[nr].dev ? -EPERM : 0;
}

/* In a storm somebody else may have the mdev at any moment. */
static void expect_attach(const struct world *world, const char *what, int want, int ret)
{
	if (world->storm_opens && ret == already_open() && (!want || want == -EPERM))
		want = ret;
	story_expect(what, want, ret);
}

void ev_guest_start(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng), mdev = rng_below(rng, MODEL_MDEVS);
	struct world_guest *guest = &world->guest[nr];
	struct apm_matrix masks, qci;
	unsigned int i;
	int want, ret;

	/* mostly an available one */
	for (i = 0; i < MODEL_MDEVS && rng_chance(rng, 80); i++) {
		if (world->model.mdev[mdev].exists && world->mdev[mdev].guest < 0)
			break;
		mdev = (mdev + 1) % MODEL_MDEVS;
	}
	if (!guest->vm) {
		story_add("guest %u: new VM; ", nr);
		ret = guest_create(guest);
		pthread_mutex_lock(&world_naming);
		if (!ret)
			ret = guest_see(guest, &masks, &qci);
		guest->id = hw_newest_guest();
		pthread_mutex_unlock(&world_naming);
		if (ret) {
			story_wrong(lab_vmm_failed_at(), "success", lab_vmm_errno_name(ret));
			return;
		}
	}
	if (guest->dev) {
		story_add("guest %u: has an mdev", nr);
		return;
	}
	story_add("guest %u: attach mdev %u", nr, mdev);
	want = want_attach(world, nr, mdev);
	ret = guest_attach(world, nr, mdev);
	expect_attach(world, "attach", want, ret);
}

/* shows: I8 */
void ev_guest_stop(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng);
	struct world_guest *guest = &world->guest[nr];

	if (!guest->vm) {
		story_add("guest %u: none", nr);
	} else if (rng_chance(rng, 50)) {
		story_add("guest %u: detach", nr);
		guest_detach(world, nr);
	} else {
		bool vm_first = rng_chance(rng, 50);

		story_add("guest %u: VM ends, %s first", nr, vm_first ? "VM" : "device");
		guest_destroy(world, nr, vm_first);
	}
}

/* Mostly a queue that the guest may have, now and then any. */
static unsigned int pick_queue(const struct world *world, struct rng *rng,
			       const struct world_guest *guest)
{
	unsigned int apid, apqi, apqns;
	const struct apm_matrix *assigned;

	world_pick_apqn(rng, &apid, &apqi);
	if (guest->mdev < 0 || rng_chance(rng, 30))
		return apid << 8 | apqi;
	assigned = &world->model.mdev[guest->mdev].assigned;
	apqns = apm_matrix_apqns(assigned);
	if (!apqns)
		return apid << 8 | apqi;
	return apm_mask_nth(apm_matrix_apm(assigned),
			   rng_below(rng, apm_mask_weight(apm_matrix_apm(assigned)))) << 8 |
	       apm_mask_nth(apm_matrix_aqm(assigned),
			   rng_below(rng, apm_mask_weight(apm_matrix_aqm(assigned))));
}

/* One random AP instruction. */
static void add_instruction(const struct world *world, struct lab_script *script,
			    struct rng *rng, struct world_guest *guest)
{
	struct aphwsim_step *step = lab_script_add(script);
	unsigned int apqn = pick_queue(world, rng, guest), what = rng_below(rng, 100);

	if (what < 30) {
		uint32_t *message = lab_vmm_mem(guest->vm, LAB_VMM_REQUEST, MESSAGE_LEN);

		message[0] = (uint32_t)rng_next(rng);
		lab_step_nqap(step, apqn, rng_next(rng), LAB_VMM_REQUEST, MESSAGE_LEN);
	} else if (what < 55) {
		lab_step_dqap(step, apqn, LAB_VMM_REPLY, 4096);
	} else if (what < 70) {
		lab_step_pqap(step, (uint64_t)LAB_TAPQ << 24 | apqn |
			      (rng_chance(rng, 30) ? 0x800000 : 0), 0, 0);
	} else if (what < 92) {
		lab_step_aqic(step, apqn, rng_chance(rng, 70), rng_below(rng, 8),
			      rng_chance(rng, 8) ? 0 :
			      NIB_AREA + 4096UL * rng_below(rng, 16) + rng_below(rng, 4096));
	} else {
		lab_step_pqap(step, (uint64_t)(rng_chance(rng, 50) ? LAB_RAPQ : LAB_ZAPQ) << 24 |
			      apqn, 0, 0);
	}
}

static bool same_masks(const struct aphwsim_step *a, const struct aphwsim_step *b)
{
	return !memcmp(&a->gr_out[2], &b->gr_out[2], 12 * sizeof(a->gr_out[0]));
}

static bool masks_have(const struct aphwsim_step *masks, unsigned int apqn)
{
	unsigned int apid = apqn >> 8, apqi = apqn & 0xff;

	return masks->gr_out[2 + apid / 64] >> (63 - apid % 64) & 1 &&
	       masks->gr_out[6 + apqi / 64] >> (63 - apqi % 64) & 1;
}

/*
 * A queue outside the masks does not exist for a guest, whoever answers; one
 * inside does, as long as the machine has it.
 */
/* shows: I10 I27 I32 */
static void judge(struct world *world, unsigned int nr, const struct aphwsim_step *masks,
		  const struct aphwsim_step *step)
{
	unsigned int apqn = step->gr_in[0] & 0xffff, rc = lab_step_rc(step);
	bool inside = masks_have(masks, apqn);
	char what[100], got[100];

	/*
	 * Without an mdev KVM answers AQIC itself, and leaves the response code
	 * in the wrong half of gr1: only the condition code is right.
	 */
	if (!world->guest[nr].dev && step->how == APHWSIM_HOW_INTERCEPTED && step->cc == 3)
		return;
	snprintf(what, sizeof(what), "guest %u: instruction %08x gr0 %08lx on a queue %s masks",
		 nr, step->insn, (unsigned long)step->gr_in[0], inside ? "in its" : "not in its");
	snprintf(got, sizeof(got), "cc %u, response code %02x, program %04x", step->cc, rc,
		 step->pgm_code);
	if (step->pgm_code || (rc && step->cc == 0) ||
	    (!rc && step->cc == 3))
		story_wrong(what, "no program interruption, and cc 3 for an error", got);
	else if (!inside && rc != 0x01)
		guest_judge_stranger(world, &world->guest[nr], apqn, what, got);
	else if (inside && rc == 0x01 && !world->scan_due && !world->moving)
		story_wrong(what, "any response code but 01", got);
}

/* shows: I32 */
void ev_guest_run(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng), i, last = 4 + rng_below(rng, 12);
	struct world_guest *guest = &world->guest[nr];
	struct lab_script *script;
	int ret;

	if (!guest->vm) {
		story_add("guest %u: none", nr);
		return;
	}
	script = lab_script_new();
	lab_script_add(script)->op = APHWSIM_OP_READ_MASKS;
	for (i = 1; i < last; i++)
		add_instruction(world, script, rng, guest);
	lab_script_add(script)->op = APHWSIM_OP_READ_MASKS;

	story_add("guest %u: %u instructions", nr, last - 1);
	guest_forget_had(world, guest);
	ret = __lab_vmm_run(guest->vm, 0, script);
	story_expect(lab_vmm_failed_at(), 0, ret);
	if (lab_script_user_exits(script))
		story_wrong("AP instructions of a guest", "KVM handles them all",
			    "some were left to the VMM");
	if (!ret && same_masks(lab_script_step(script, 0), lab_script_step(script, last))) {
		for (i = 1; i < last; i++)
			judge(world, nr, lab_script_step(script, 0), lab_script_step(script, i));
	}
	world->steps += last;
	lab_script_free(script);
}

static struct world_guest *with_background(struct world *world)
{
	unsigned int i;

	for (i = 0; i < WORLD_GUESTS; i++) {
		if (world->guest[i].background)
			return &world->guest[i];
	}
	return NULL;
}

bool world_has_background(struct world *world)
{
	return with_background(world);
}

/*
 * A second vCPU of a guest that uses all queues over and over, or no more so. One guest at a
 * time has one: the other CPU is for the events.
 */
/* shows: I33 */
void ev_guest_background(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng), i;
	struct world_guest *guest = with_background(world);
	struct aphwsim_step *step;
	int ret;

	if (guest && rng_chance(rng, 25)) {
		story_add("guest %u: background ends", (unsigned int)(guest - world->guest));
		guest_stop_background(guest);
		return;
	}
	for (i = 0; i < WORLD_GUESTS && !world->guest[nr].vm; i++)
		nr = (nr + 1) % WORLD_GUESTS;
	if (guest || !world->guest[nr].vm) {
		story_add("no other background");
		return;
	}
	guest = &world->guest[nr];
	guest->background = lab_script_new();
	for (i = 0; i < 8; i++) {
		add_instruction(world, guest->background, rng, guest);
		step = lab_script_add(guest->background);
		step->op = APHWSIM_OP_SPIN;
		step->arg[0] = 500;
	}
	lab_script_loop(guest->background, 0, 0);
	story_add("guest %u: background starts", nr);
	ret = __lab_vmm_start(guest->vm, 1, guest->background);
	story_expect(lab_vmm_failed_at(), 0, ret);
}

/* Only where nothing is broken the result is certain. */
void ev_guest_reset(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng);
	struct world_guest *guest = &world->guest[nr];
	int ret;

	if (!guest->dev) {
		story_add("guest %u: no device to reset", nr);
		return;
	}
	story_add("guest %u: reset the device", nr);
	ret = __lab_vmm_reset(lab_vmm_device_fd(guest->dev));
	if (model_sound(&world->model) && !world->scan_due && !world->moving)
		story_expect("VFIO_DEVICE_RESET", 0, ret);
	else
		story_add(" = %s", ret ? lab_vmm_errno_name(ret) : "success");
	if (ret && ret != -EIO)
		story_wrong("VFIO_DEVICE_RESET", "success or EIO", lab_vmm_errno_name(ret));
}

/*
 * Interrupts that go to the guest with this GISA cannot stay enabled, unless the queue refuses
 * the AQIC: it is busy, or is being reset, which disables them.
 */
static void judge_unmapped(const struct hw_queue *queue, unsigned int apid, unsigned int apqi,
			   uint64_t gisa)
{
	char what[80], got[4000] = "on";

	if (queue->irq != HW_GUEST || queue->gisa != gisa || queue->resetting || queue->busy)
		return;
	snprintf(what, sizeof(what), "interrupts of %02x.%04x after the unmap", apid, apqi);
	hw_add_history(apid, apqi, got, sizeof(got));
	story_wrong(what, "off", got);
}

/*
 * Guest memory is unmapped for DMA and comes back: when the unmap has returned,
 * no queue may notify into that memory any more.
 */
/* shows: I11 I12 */
void ev_guest_unmap(struct world *world, struct rng *rng)
{
	struct hw_queue queues[MODEL_IDS][MODEL_IDS];
	unsigned int nr = pick_guest(rng), apid, apqi;
	struct world_guest *guest = &world->guest[nr];
	int64_t unmapped;
	uint64_t gisa;
	size_t size;

	if (!guest->dev) {
		story_add("guest %u: no device to unmap", nr);
		return;
	}
	guest_stop_background(guest);
	size = lab_vmm_mem_size(guest->vm);
	story_add("guest %u: unmap and map", nr);
	unmapped = __lab_vmm_dma_unmap(guest->dev, 0, size);
	if (unmapped != (int64_t)size)
		story_wrong("bytes unmapped", "all of the guest's memory", "less");
	hw_queues(queues);
	gisa = hw_gisa(guest->id);
	if (!gisa)
		story_wrong("the GISA of a guest that has run", "known to the simulator", "unknown");
	for (apid = 0; apid < MODEL_IDS; apid++)
		for (apqi = 0; apqi < MODEL_IDS; apqi++)
			judge_unmapped(&queues[apid][apqi], apid, apqi, gisa);
	story_expect("map", 0, __lab_vmm_dma_map(guest->dev, 0, size));
}

/* A second mdev for a VM, and a second VM for an mdev: refused, with no trace. */
/* shows: I9 */
void ev_second_open(struct world *world, struct rng *rng)
{
	unsigned int nr = pick_guest(rng), mdev = rng_below(rng, MODEL_MDEVS);
	struct world_guest *guest = &world->guest[nr];
	struct lab_device *dev = NULL;
	unsigned long pushes;
	int ret;

	if (!guest->dev) {
		story_add("guest %u: has no first mdev", nr);
		return;
	}
	guest_follow(world, guest);
	pushes = guest->crycb.pushes;
	story_add("guest %u: attach mdev %u too", nr, mdev);
	ret = __lab_vmm_attach(guest->vm, world->mdev[mdev].uuid, guest_attach_flags(), 0, &dev);
	expect_attach(world, "a second attach", want_attach(world, nr, mdev), ret);
	if (!ret)
		lab_vmm_detach(dev);
	guest_follow(world, guest);
	if (world->quiet && guest->crycb.pushes != pushes)
		story_wrong("a second attach that is refused", "no update of the guest's masks",
			    "an update");
}

struct removal {
	const char *uuid;
	int ret;
};

static void *remove_mdev(void *arg)
{
	struct removal *removal = arg;

	removal->ret = mdev_remove(removal->uuid);
	return NULL;
}

/*
 * The masks are none when the guest is asked. In a storm an update that another thread has begun
 * may come after that, and leaves none, too.
 */
static bool sees_nothing(const struct world *world, struct world_guest *guest)
{
	struct apm_matrix masks, qci;
	struct io_patience patience;

	io_be_patient(&patience, world->in_storm ? DEADLINE_US : 0);
	do {
		if (guest_see(guest, &masks, &qci))
			return false;
		if (apm_matrix_empty(&masks))
			return true;
	} while (io_is_patient(&patience));
	return false;
}

/*
 * An mdev is removed while a guest has it: the guest is asked to let go, has
 * nothing from then on, and the removal ends when it has let go.
 */
/* shows: I26 */
void ev_remove_open(struct world *world, struct rng *rng)
{
	unsigned int mdev = rng_below(rng, MODEL_MDEVS);
	struct removal removal = { world->mdev[mdev].uuid, 0 };
	int nr = world->mdev[mdev].guest;
	struct world_guest *guest = &world->guest[nr < 0 ? 0 : nr];
	pthread_t thread;
	char text[8192];

	if (nr < 0) {
		story_add("mdev %u: not in use", mdev);
		return;
	}
	story_add("mdev %u: remove while guest %d has it", mdev, nr);
	if (pthread_create(&thread, NULL, remove_mdev, &removal))
		return;
	if (!io_wait_to_read(guest->req, DEADLINE_US))
		story_wrong("removal of an mdev in use", "the guest is asked to let go", "silence");
	if (world->has.ours) {
		if (!sees_nothing(world, guest))
			story_wrong("masks of a guest that is asked to let go", "none", "some");
		if (mdev_read(removal.uuid, "guest_matrix", text, sizeof(text)) > 0)
			story_wrong("guest_matrix of an mdev that is being removed", "", text);
	}
	guest_detach(world, (unsigned int)nr);
	pthread_join(thread, NULL);
	story_expect("remove", 0, removal.ret);
	memset(&world->model.mdev[mdev], 0, sizeof(world->model.mdev[mdev]));
}

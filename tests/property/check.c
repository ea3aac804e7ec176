// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must hold at a quiescent point.
 *
 * First the machine comes to rest: no reset is under way, every guest matrix
 * is the one that follows from what can be seen, and every CRYCB is the guest
 * matrix. That is waited for, with a deadline: the mismatch that is left then
 * is reported. Everything else is looked at once it is quiet.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bus.h"
#include "io.h"
#include "story.h"
#include "text.h"
#include "uevent.h"
#include "world.h"

#define TEXT_SIZE	4096U

/* The first thing that is not as it has to be: while waiting it may still come. */
struct mismatch {
	bool any;
	char what[160], wanted[TEXT_SIZE], got[TEXT_SIZE];
};

static void differs(struct mismatch *mismatch, const char *what, unsigned int nr,
		    const char *wanted, const char *got)
{
	if (mismatch->any)
		return;
	mismatch->any = true;
	snprintf(mismatch->what, sizeof(mismatch->what), what, nr);
	snprintf(mismatch->wanted, sizeof(mismatch->wanted), "%s", wanted);
	snprintf(mismatch->got, sizeof(mismatch->got), "%s", got);
}

static void text_of(const struct apm_matrix *matrix, char *text)
{
	text_apqns(matrix, text, TEXT_SIZE);
}

static void config_of(const struct apm_matrix *matrix, char *text)
{
	text_config(matrix, text);
}

static void read_attr(struct world *world, unsigned int mdev, const char *attr, char *text)
{
	int len = mdev_read(world->mdev[mdev].uuid, attr, text, TEXT_SIZE);

	if (len < 0)
		snprintf(text, TEXT_SIZE, "%s", lab_vmm_errno_name(len));
}

/* coming to rest */

/* What may be the matter with a queue at rest; a reset never stays pending. */
static bool is_trouble(enum apm_reason reason)
{
	return reason == APM_REASON_RESET_FAILED;
}

/* What the module says is the matter with each mdev's queues. */
static char reasons[MODEL_MDEVS][TEXT_SIZE];

/*
 * What it says of queues that the hardware keeps from being reset. Those
 * without a word, or with one that is about others, count as good.
 */
/* shows: I22 */
static void note_claims(struct world *world, unsigned int mdev)
{
	static char text[TEXT_SIZE];
	unsigned int apid, apqi;
	char *at = text, *line;

	memcpy(text, reasons[mdev], sizeof(text));
	while ((line = io_line(&at))) {
		size_t len = strcspn(line, " ");
		enum apm_reason reason;

		if (text_parse_apqn(line, len, &apid, &apqi) || !line[len] ||
		    apid >= MODEL_IDS || apqi >= MODEL_IDS)
			continue;
		reason = model_reason(line + len + 1);
		if (is_trouble(reason))
			world->view.claim[apid][apqi] = reason;
	}
}

static void see_claims(struct world *world)
{
	unsigned int i;

	memset(world->view.claim, 0, sizeof(world->view.claim));
	if (!world->has.reasons)
		return;
	for (i = 0; i < MODEL_MDEVS; i++) {
		if (!world->model.mdev[i].exists)
			continue;
		read_attr(world, i, WORLD_REASONS, reasons[i]);
		note_claims(world, i);
	}
}

/* shows: I3 I13 I15 I16 I22 */
/* A wrong expectation, with which the run has to fail. */
static void forget_an_adapter(struct apm_matrix *guest)
{
	unsigned int apid = apm_mask_next(&guest->dim[APM_DIM_ADAPTER], 0);

	if (apid < APM_MATRIX_IDS)
		apm_mask_clear(&guest->dim[APM_DIM_ADAPTER], apid);
}

static void compare_matrix(struct world *world, unsigned int mdev, struct apm_matrix *guest,
			   struct mismatch *mismatch)
{
	static char wanted[TEXT_SIZE], why[TEXT_SIZE], got[TEXT_SIZE];
	struct apm_matrix naive;

	model_guest(&world->model, &world->view, mdev, guest, why, sizeof(why));
	model_guest_naive(&world->model, &world->view, mdev, &naive);
	config_of(guest, wanted);
	config_of(&naive, got);
	if (strcmp(wanted, got))
		differs(mismatch, "the pure filter and the documentation, mdev %u", mdev, got,
			wanted);

	model_reasons_naive(&world->model, &world->view, mdev, guest, got, sizeof(got));
	if (strcmp(why, got))
		differs(mismatch, "the reasons of the filter and of the documentation, mdev %u",
			mdev, got, why);

	if (world->contradict)
		forget_an_adapter(guest);
	text_of(guest, wanted);
	read_attr(world, mdev, "guest_matrix", got);
	if (strcmp(wanted, got))
		differs(mismatch, "guest_matrix of mdev %u", mdev, wanted, got);
	if (world->has.reasons && strcmp(why, reasons[mdev]))
		differs(mismatch, WORLD_REASONS " of mdev %u", mdev, why, reasons[mdev]);
}

/* shows: I2 I3 I7 I8 I13 */
static void compare_crycb(struct world *world, unsigned int nr, const struct apm_matrix *wanted,
			  struct mismatch *mismatch)
{
	struct world_guest *guest = &world->guest[nr];
	char want[TEXT_SIZE], got[TEXT_SIZE];

	guest_follow(world, guest);
	if (apm_matrix_equal(wanted, &guest->crycb.now))
		return;
	config_of(wanted, want);
	config_of(&guest->crycb.now, got);
	differs(mismatch, "CRYCB of guest %u, as KVM logged it", nr, want, got);
}

struct quiet {
	struct apm_matrix guest[MODEL_MDEVS];	/* what each mdev's guest has to have */
	struct hw_queue queues[MODEL_IDS][MODEL_IDS];
};

/* Whose mdev has the APQN assigned, or -1. */
static int owner_of(const struct world *world, unsigned int apid, unsigned int apqi)
{
	unsigned int i;

	for (i = 0; i < MODEL_MDEVS; i++) {
		if (world->model.mdev[i].exists &&
		    apm_matrix_has(&world->model.mdev[i].assigned, apid, apqi))
			return (int)i;
	}
	return -1;
}

/* Which guest has to have the APQN now, or -1. */
static int guest_of(const struct world *world, const struct quiet *quiet, unsigned int apid,
		    unsigned int apqi)
{
	int mdev = owner_of(world, apid, apqi);

	if (mdev < 0 || !apm_matrix_has(&quiet->guest[mdev], apid, apqi))
		return -1;
	return world->mdev[mdev].guest;
}

/*
 * A reset that can end has ended, whoever started it, and what no guest has and
 * the host has not is clean, as soon as it lets itself be cleaned.
 */
/* shows: I5 I29 I34 */
static void compare_queue(struct world *world, const struct quiet *quiet, unsigned int apid,
			  unsigned int apqi, struct mismatch *mismatch)
{
	const struct hw_queue *queue = &quiet->queues[apid][apqi];
	int guest = guest_of(world, quiet, apid, apqi);
	unsigned int apqn = apid << 8 | apqi;

	/* a late scan of the bus may do that: the module sees it, and puts it right */
	if (guest >= 0 && queue->irq == HW_HOST)
		differs(mismatch, "queue %04x, which a guest has", apqn,
			"interrupts to its guest or off", "interrupts to the host");
	if (!queue->exists || !model_healthy(&world->model, apid, apqi))
		return;
	if (queue->resetting)
		differs(mismatch, "a reset, queue %04x", apqn, "over", "under way");
	if (guest >= 0)
		return;
	if (queue->irq == HW_GUEST)
		differs(mismatch, "queue %04x, which no guest has", apqn, "no interrupts to one",
			"interrupts to a guest");
	if (world->view.driver[apid][apqi] == MODEL_VFIO_AP && queue->irq == HW_HOST)
		differs(mismatch, "queue %04x, which guests may have", apqn, "interrupts off",
			"interrupts to the host");
	if (world->view.driver[apid][apqi] == MODEL_VFIO_AP && queue->taint != HW_NOBODY)
		differs(mismatch, "queue %04x, which no guest has", apqn, "no data in it",
			"somebody's data");
}

/*
 * What the module says of a queue that the hardware keeps from being reset is compared with the
 * hardware: a word needs its cause, and without a word there is nobody's data in it, unless it is
 * its guest's. A card that is out of operation resets its queues before anybody can use them.
 */
/* shows: I5 I22 */
static void compare_claim(struct world *world, const struct quiet *quiet, unsigned int apid,
			  unsigned int apqi, struct mismatch *mismatch)
{
	const struct hw_queue *queue = &quiet->queues[apid][apqi];
	const struct model_queue *trouble = &world->model.queue[apid][apqi];
	enum apm_reason claim = world->view.claim[apid][apqi];
	unsigned int apqn = apid << 8 | apqi;

	if (!world->has.reasons || !queue->exists || owner_of(world, apid, apqi) < 0 ||
	    world->view.driver[apid][apqi] != MODEL_VFIO_AP ||
	    model_healthy(&world->model, apid, apqi))
		return;
	if (claim == APM_REASON_RESET_FAILED && !trouble->stuck && !trouble->busy &&
	    !trouble->resetfail && !trouble->weak)
		differs(mismatch, "the reason for queue %04x", apqn,
			"another one: nothing makes its resets fail", "reset-failed");
	if (claim != APM_REASON_NONE && model_out(&world->model, apid))
		differs(mismatch, "the reason for queue %04x", apqn,
			"none: the card is deconfigured or checkstopped", "reset-failed");
	if (claim == APM_REASON_NONE && queue->taint != HW_NOBODY &&
	    !model_out(&world->model, apid) && guest_of(world, quiet, apid, apqi) < 0)
		differs(mismatch, "queue %04x, which counts as good", apqn, "no data in it",
			"somebody's data");
}

static void compare_queues(struct world *world, struct quiet *quiet, struct mismatch *mismatch)
{
	int ret = hw_queues(quiet->queues);
	unsigned int i, j;

	if (ret)
		differs(mismatch, "the simulator's queues", 0, "readable",
			lab_vmm_errno_name(ret));
	for (i = 0; i < WORLD_NR_IDS; i++) {
		for (j = 0; j < WORLD_NR_IDS; j++) {
			compare_queue(world, quiet, world_adapters[i], world_domains[j],
				      mismatch);
			compare_claim(world, quiet, world_adapters[i], world_domains[j],
				      mismatch);
		}
	}
}

static void compare_all(struct world *world, struct quiet *quiet, struct mismatch *mismatch)
{
	static const struct apm_matrix none;
	unsigned int i;

	mismatch->any = false;
	if (!uevent_at_rest(world))
		differs(mismatch, "queue devices", 0, "at rest", "to be bound again");
	world_forget_drivers(world);
	world_see_drivers(world);
	see_claims(world);
	for (i = 0; i < MODEL_MDEVS; i++) {
		if (!world->model.mdev[i].exists)
			continue;
		compare_matrix(world, i, &quiet->guest[i], mismatch);
		if (!uevent_tells(world, i, &quiet->guest[i]))
			differs(mismatch, "the last uevent of mdev %u", i, "its guest matrix",
				"something else");
	}
	for (i = 0; i < WORLD_GUESTS; i++) {
		const struct world_guest *guest = &world->guest[i];

		if (guest->vm)
			compare_crycb(world, i, guest->dev ? &quiet->guest[guest->mdev] : &none,
				      mismatch);
	}
	compare_queues(world, quiet, mismatch);
}

/* Uevents are the sign that something goes on; without one a moment passes. */
/* shows: I29 I36 */
static bool come_to_rest(struct world *world, struct quiet *quiet)
{
	static struct mismatch mismatch;
	struct io_patience patience;
	unsigned int wait_ms = 1;

	io_be_patient(&patience, world->patience);
	for (;;) {
		compare_all(world, quiet, &mismatch);
		if (!mismatch.any || story_failed())
			return !story_failed();
		if (!io_is_patient(&patience))
			break;
		uevent_wait(world, wait_ms);
		if (wait_ms < 20)
			wait_ms *= 2;
	}
	story_wrong(mismatch.what, mismatch.wanted, mismatch.got);
	return false;
}

/* what else must hold */

/* The bus has the configuration that the machine was told to have. */
/* shows: I24 */
static void check_host(struct world *world)
{
	static char want[TEXT_SIZE], got[TEXT_SIZE];
	struct apm_matrix wanted;
	struct apm_mask mask;
	int ret;

	model_host(&world->model, &wanted);
	ret = bus_host(&world->view.host);
	config_of(&wanted, want);
	config_of(&world->view.host, got);
	if (ret || strcmp(want, got))
		story_wrong("the host's AP configuration on the bus", want,
			    ret ? lab_vmm_errno_name(ret) : got);
	if (bus_read_mask(APM_DIM_ADAPTER, &mask) || !apm_mask_equal(&mask, &world->model.apmask))
		story_wrong("apmask", "as it was written", "something else");
	if (bus_read_mask(APM_DIM_DOMAIN, &mask) || !apm_mask_equal(&mask, &world->model.aqmask))
		story_wrong("aqmask", "as it was written", "something else");
}

/* The matrix that was assigned, in all its forms. */
/* shows: I1 I18 I19 I21 I25 */
static void check_assigned(struct world *world, unsigned int mdev)
{
	static char want[TEXT_SIZE], got[TEXT_SIZE];
	const struct apm_matrix *assigned = &world->model.mdev[mdev].assigned;
	char what[60];

	snprintf(what, sizeof(what), "matrix of mdev %u", mdev);
	text_of(assigned, want);
	read_attr(world, mdev, "matrix", got);
	if (strcmp(want, got))
		story_wrong(what, want, got);

	snprintf(what, sizeof(what), "control_domains of mdev %u", mdev);
	text_control_domains(assigned, want, TEXT_SIZE);
	read_attr(world, mdev, "control_domains", got);
	if (strcmp(want, got))
		story_wrong(what, want, got);

	snprintf(what, sizeof(what), "ap_config of mdev %u", mdev);
	config_of(assigned, want);
	read_attr(world, mdev, "ap_config", got);
	if (strcmp(want, got))
		story_wrong(what, want, got);
}

/* shows: I14 I25 */
static void check_status(unsigned int apid, unsigned int apqi, const char *want)
{
	char text[80], what[60];
	int len = io_attr(text, sizeof(text), "/sys/devices/ap/card%02x/%02x.%04x/status",
			  apid, apid, apqi);

	snprintf(what, sizeof(what), "status of queue %02x.%04x", apid, apqi);
	if (len < 0)
		snprintf(text, sizeof(text), "%s", lab_vmm_errno_name(len));
	else
		text[strcspn(text, "\n")] = '\0';
	if (strcmp(text, want))
		story_wrong(what, want, text);
}

/* Whose data is in the queue of a guest. */
/* shows: I4 I5 I34 */
static void check_contents(const struct world *world, unsigned int apid, unsigned int apqi,
			   const struct hw_queue *queue, unsigned int guest_id)
{
	char what[80], got[4000];

	snprintf(what, sizeof(what), "queue %02x.%04x of guest:%u", apid, apqi, guest_id);
	if (!model_out(&world->model, apid) &&
	    (queue->taint == HW_HOST ||
	     (queue->taint == HW_GUEST && queue->taint_guest != guest_id))) {
		snprintf(got, sizeof(got), "%s:%u's", queue->taint == HW_HOST ? "host" : "guest",
			 queue->taint_guest);
		hw_add_history(apid, apqi, got, sizeof(got));
		story_wrong(what, "its guest's data or none", got);
	}
}

static void check_queues(struct world *world, struct quiet *quiet)
{
	unsigned int i, j;

	for (i = 0; i < WORLD_NR_IDS; i++) {
		for (j = 0; j < WORLD_NR_IDS; j++) {
			unsigned int apid = world_adapters[i], apqi = world_domains[j];
			int guest = guest_of(world, quiet, apid, apqi);

			if (guest >= 0)
				check_contents(world, apid, apqi, &quiet->queues[apid][apqi],
					       world->guest[guest].id);
			if (world->view.driver[apid][apqi] != MODEL_VFIO_AP)
				continue;
			check_status(apid, apqi, guest >= 0 ? "in use" :
				     owner_of(world, apid, apqi) >= 0 ? "assigned" :
				     "unassigned");
		}
	}
}

static void check_masks(const char *what, unsigned int nr, const struct apm_matrix *wanted,
			const struct apm_matrix *got)
{
	static char want[TEXT_SIZE], have[TEXT_SIZE];
	char name[80];

	if (apm_matrix_equal(wanted, got))
		return;
	config_of(wanted, want);
	config_of(got, have);
	snprintf(name, sizeof(name), what, nr);
	story_wrong(name, want, have);
}

/* shows: I7 I8 I13 */
static void check_guest(struct world *world, unsigned int nr)
{
	struct world_guest *guest = &world->guest[nr];
	struct apm_matrix masks, qci, want_qci;
	int ret;

	if (!guest->vm)
		return;
	ret = guest_see(guest, &masks, &qci);
	if (ret) {
		story_wrong(lab_vmm_failed_at(), "success", lab_vmm_errno_name(ret));
		return;
	}
	check_masks("masks at SIE entry of guest %u", nr, &guest->crycb.now, &masks);
	apm_matrix_and(&want_qci, &masks, &world->view.host);
	check_masks("QCI of guest %u", nr, &want_qci, &qci);
	guest_check_cfg_chg(world, nr);
	guest_judge_early(guest);

	world->guests_checked++;
	world->apqns_seen += apm_matrix_apqns(&masks);
	memset(guest->ever, 0, sizeof(guest->ever));
	if (guest->dev)
		world_note_apqns(guest->ever, &world->model.mdev[guest->mdev].assigned);
	if (crycb_trim(&guest->crycb))
		story_wrong("KVM's log of a guest", "emptied", "not emptied");
}

/* shows: I2 I4 I5 I6 */
static void check_oracle(void)
{
	unsigned int apid, apqi;
	struct hw_oracle oracle;
	char got[4000];

	if (hw_oracle(&oracle)) {
		story_wrong("the oracle", "readable", "not readable");
		return;
	}
	if (!oracle.findings)
		return;
	snprintf(got, sizeof(got), "%lu findings: %s", oracle.findings, oracle.first);
	if (sscanf(oracle.first, "%*s %x.%x", &apid, &apqi) == 2)
		hw_add_history(apid, apqi, got, sizeof(got));
	story_wrong("the oracle's verdict", "0 findings", got);
}

bool check_world(struct world *world)
{
	static struct quiet quiet;
	unsigned int i;
	int ret = 0;

	if (world->scan_due)
		ret = bus_scan();
	if (ret)
		story_wrong("a scan of the bus", "success", lab_vmm_errno_name(ret));
	world->scan_due = false;
	check_host(world);
	if (story_failed() || !come_to_rest(world, &quiet))
		return false;
	world->moving = false;
	world->quiet = true;
	world->checks++;

	for (i = 0; i < MODEL_MDEVS; i++) {
		if (!world->model.mdev[i].exists)
			continue;
		check_assigned(world, i);
		world_note_apqns(world->well, &quiet.guest[i]);
	}
	check_queues(world, &quiet);
	for (i = 0; i < WORLD_GUESTS; i++)
		check_guest(world, i);
	uevent_check(world, quiet.guest);
	check_oracle();
	return !story_failed();
}

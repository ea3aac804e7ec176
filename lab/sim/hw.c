// SPDX-License-Identifier: GPL-2.0-only
/*
 * The configuration of the machine: adapters and domains, as an SE or HMC
 * configures them, and what QCI and TAPQ report.
 *
 * A queue exists for each present adapter and usage domain. Its object is
 * created when the queue first exists and is never destroyed, so that pointers
 * to it stay valid.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "hw.h"
#include "lock.h"
#include "log.h"
#include "oracle.h"

/* Left half of TAPQ's gr2 */
#define FAC_APSC	0x80000000U
#define FAC_MEX4K	0x40000000U
#define FAC_CRT4K	0x20000000U
#define FAC_CCA		0x10000000U
#define FAC_ACCEL	0x08000000U
#define FAC_EP11	0x04000000U
#define FAC_APXA	0x02000000U
#define FAC_SLCF	0x01000000U
#define FAC_BS_SHIFT	14	/* two bits: enum sim_se_state */

/* Flags in QCI's answer */
#define QCI_APSC	0x80000000U
#define QCI_APXA	0x40000000U
#define QCI_QACT	0x20000000U
#define QCI_RC8A	0x10000000U
#define QCI_APSB	0x00800000U

/* Right half of TAPQ's gr2: type, number of domains, maximal message (4 KiB units), depth */
#define INFO_ML		3

/* SCLP response */
#define SCLP_OK		0

struct sim_hw sim_hw = {
	.apxa = true,
	.qci = true,
	.max_adapter = 255,
	.max_domain = 255,
};

const char *sim_type_name(u8 type)
{
	static const char * const names[] = {
		[9] = "cex3", [10] = "cex4", [11] = "cex5", [12] = "cex6",
		[13] = "cex7", [14] = "cex8",
	};

	return type < ARRAY_SIZE(names) && names[type] ? names[type] : "?";
}

const char *sim_mode_name(enum sim_mode mode)
{
	static const char * const names[] = {
		[SIM_MODE_CCA] = "cca", [SIM_MODE_EP11] = "ep11",
		[SIM_MODE_ACCEL] = "accel",
	};

	return names[mode];
}

const char *sim_config_name(enum sim_config config)
{
	static const char * const names[] = {
		[SIM_CONFIG_ON] = "on", [SIM_CONFIG_STANDBY] = "standby",
		[SIM_CONFIG_OFF] = "off",
	};

	return names[config];
}

int sim_hw_init(void)
{
	sim_hw.queues = vzalloc(array_size(SIM_MAX_APQNS,
					   sizeof(*sim_hw.queues)));
	return sim_hw.queues ? 0 : -ENOMEM;
}

/* Only before the AP bus was started: nobody executes an instruction */
void sim_hw_exit(void)
{
	unsigned int apqn;

	for (apqn = 0; apqn < SIM_MAX_APQNS; apqn++)
		if (sim_hw.queues[apqn])
			sim_queue_destroy(sim_hw.queues[apqn]);
	vfree(sim_hw.queues);
}

bool sim_hw_has(u16 apqn)
{
	return sim_hw.cards[SIM_APID(apqn)].present &&
	       sim_mask_test(sim_hw.usage, SIM_APQI(apqn));
}

/*
 * The first APQN from @apqn on whose adapter is present, or SIM_MAX_APQNS. Makes
 * a loop over all queues fast on a machine with few.
 */
unsigned int sim_hw_next(unsigned int apqn)
{
	while (apqn < SIM_MAX_APQNS && !READ_ONCE(sim_hw.cards[SIM_APID(apqn)].present))
		apqn = SIM_APQN(SIM_APID(apqn), 255) + 1;
	return apqn;
}

/* The first queue from @apqn on that exists, or SIM_MAX_APQNS */
unsigned int sim_hw_next_queue(unsigned int apqn)
{
	for (; apqn < SIM_MAX_APQNS; apqn++) {
		apqn = sim_hw_next(apqn);
		if (apqn == SIM_MAX_APQNS || sim_hw_has(apqn))
			break;
	}
	return apqn;
}

/* The queue, or NULL if the host's configuration does not have it */
struct sim_queue *sim_hw_queue(u16 apqn)
{
	lockdep_assert_held(&sim_lock);

	return sim_hw_has(apqn) ? sim_hw.queues[apqn] : NULL;
}

/* QCI's answer: the host's configuration, limited to @masks for a guest */
void sim_hw_query(struct sim_qci *qci, const struct sim_masks *masks)
{
	struct sim_masks *found = &qci->masks;
	unsigned int apid, i;

	lockdep_assert_held(&sim_lock);
	BUILD_BUG_ON(sizeof(*qci) != 128);

	memset(qci, 0, sizeof(*qci));
	qci->flags = QCI_APSC | QCI_QACT | QCI_RC8A;
	if (sim_hw.apxa)
		qci->flags |= QCI_APXA;
	if (sim_hw.apsb)
		qci->flags |= QCI_APSB;
	qci->max_adapter = sim_hw.max_adapter;
	qci->max_domain = sim_hw.max_domain;
	for (apid = 0; apid < 256; apid++)
		if (sim_hw.cards[apid].present)
			sim_mask_set(found->apm, apid);
	memcpy(found->aqm, sim_hw.usage, sizeof(found->aqm));
	memcpy(found->adm, sim_hw.control, sizeof(found->adm));
	for (i = 0; masks && i < 4; i++) {
		found->apm[i] &= masks->apm[i];
		found->aqm[i] &= masks->aqm[i];
		found->adm[i] &= masks->adm[i];
	}
}

/* TAPQ's gr2; it contains the facilities only with the T bit */
u64 sim_hw_info(u16 apqn, bool tbit)
{
	const struct sim_card *card = &sim_hw.cards[SIM_APID(apqn)];
	u32 facilities = 0;
	u32 info;

	lockdep_assert_held(&sim_lock);

	info = (u32)card->type << 24 | (sim_hw.max_domain & 0xff) << 16 |
	       INFO_ML << 8 | (card->depth - 1);
	if (!tbit)
		return info;

	if (card->facilities_given)
		return (u64)card->facilities << 32 | info;
	switch (card->mode) {
	case SIM_MODE_CCA:
		facilities = FAC_APSC | FAC_CCA;
		break;
	case SIM_MODE_EP11:
		facilities = FAC_EP11;
		break;
	case SIM_MODE_ACCEL:
		facilities = FAC_MEX4K | FAC_CRT4K | FAC_ACCEL;
		break;
	}
	facilities |= FAC_SLCF;
	if (sim_hw.apsb && sim_hw.queues[apqn])
		facilities |= sim_hw.queues[apqn]->se_state << FAC_BS_SHIFT;
	if (sim_hw.apxa)
		facilities |= FAC_APXA;
	return (u64)facilities << 32 | info;
}

/* Creates the queue objects for what is about to exist. May sleep. */
static int make_queues(unsigned int first, unsigned int nr, unsigned int step,
		       bool (*wanted)(unsigned int other))
{
	unsigned int i, apqn;

	for (i = 0; i < nr; i++) {
		apqn = first + i * step;
		if (!wanted(i) || sim_hw.queues[apqn])
			continue;
		sim_hw.queues[apqn] =
			sim_queue_create(apqn, &sim_hw.cards[SIM_APID(apqn)],
					 &sim_oracle);
		if (!sim_hw.queues[apqn])
			return -ENOMEM;
	}
	return 0;
}

static bool domain_exists(unsigned int apqi)
{
	return sim_mask_test(sim_hw.usage, apqi);
}

static bool card_exists(unsigned int apid)
{
	return sim_hw.cards[apid].present;
}

static void clear_queues(unsigned int first, unsigned int nr, unsigned int step)
{
	unsigned int i;

	lockdep_assert_held(&sim_lock);

	for (i = 0; i < nr; i++)
		if (sim_hw.queues[first + i * step])
			sim_queue_clear(sim_hw.queues[first + i * step]);
}

static bool is_out(unsigned int apid)
{
	return sim_hw.cards[apid].config != SIM_CONFIG_ON || sim_hw.cards[apid].checkstop;
}

/* The card is deconfigured or checkstopped now. */
static void take_out(unsigned int apid)
{
	unsigned int apqi;

	lockdep_assert_held(&sim_lock);

	clear_queues(SIM_APQN(apid, 0), 256, 1);
	for (apqi = 0; apqi < 256; apqi++)
		sim_oracle_away(&sim_oracle, SIM_APQN(apid, apqi));
}

static void is_back(unsigned int apid)
{
	unsigned int apqi;

	lockdep_assert_held(&sim_lock);

	if (is_out(apid))
		return;
	for (apqi = 0; apqi < 256; apqi++)
		sim_oracle_operational(&sim_oracle, SIM_APQN(apid, apqi));
}

/* Caller holds sim_control_mutex. 0 or -ENOMEM */
int sim_hw_add_card(unsigned int apid, const struct sim_card *card)
{
	unsigned long flags;
	int ret;

	lockdep_assert_held(&sim_control_mutex);

	ret = make_queues(SIM_APQN(apid, 0), 256, 1, domain_exists);
	if (ret)
		return ret;
	raw_spin_lock_irqsave(&sim_lock, flags);
	clear_queues(SIM_APQN(apid, 0), 256, 1);
	sim_hw.cards[apid] = *card;
	sim_hw.cards[apid].present = true;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

void sim_hw_del_card(unsigned int apid)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	sim_hw.cards[apid].present = false;
	clear_queues(SIM_APQN(apid, 0), 256, 1);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

int sim_hw_add_domain(unsigned int apqi, bool usage, bool control)
{
	unsigned long flags;
	unsigned int apid;
	int ret;

	lockdep_assert_held(&sim_control_mutex);

	if (usage) {
		ret = make_queues(apqi, 256, 256, card_exists);
		if (ret)
			return ret;
	}
	raw_spin_lock_irqsave(&sim_lock, flags);
	if (usage && !sim_mask_test(sim_hw.usage, apqi)) {
		clear_queues(apqi, 256, 256);
		for (apid = 0; apid < 256; apid++)
			if (sim_hw.cards[apid].present && is_out(apid))
				sim_oracle_away(&sim_oracle, SIM_APQN(apid, apqi));
		sim_mask_set(sim_hw.usage, apqi);
	}
	if (control)
		sim_mask_set(sim_hw.control, apqi);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return 0;
}

void sim_hw_del_domain(unsigned int apqi, bool usage, bool control)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (usage) {
		sim_mask_clear(sim_hw.usage, apqi);
		clear_queues(apqi, 256, 256);
	}
	if (control)
		sim_mask_clear(sim_hw.control, apqi);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/*
 * An adapter that is deconfigured or checkstopped loses the messages of its
 * queues: it is reset before it is operational again. @keep: it does not, and
 * goes on where it was. Nothing guarantees the one or the other.
 */
void sim_hw_configure(unsigned int apid, enum sim_config config, bool keep)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (sim_hw.cards[apid].config == SIM_CONFIG_ON &&
	    config != SIM_CONFIG_ON && !keep)
		take_out(apid);
	sim_hw.cards[apid].config = config;
	is_back(apid);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

void sim_hw_checkstop(unsigned int apid, bool on)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (on && !sim_hw.cards[apid].checkstop)
		take_out(apid);
	sim_hw.cards[apid].checkstop = on;
	is_back(apid);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/*
 * The next two replace the kernel's SCLP calls. An operating system may switch an
 * adapter between standby and on, but cannot configure one that the SE has
 * deconfigured. 0 or -EIO.
 */
int sim_sclp_configure(u32 apid)
{
	const struct sim_card *card = &sim_hw.cards[apid & 0xff];

	if (!card->present || card->config == SIM_CONFIG_OFF)
		return -EIO;
	sim_hw_configure(apid & 0xff, SIM_CONFIG_ON, false);
	return SCLP_OK;
}

int sim_sclp_deconfigure(u32 apid)
{
	const struct sim_card *card = &sim_hw.cards[apid & 0xff];

	if (!card->present || card->config == SIM_CONFIG_OFF)
		return -EIO;
	sim_hw_configure(apid & 0xff, SIM_CONFIG_STANDBY, false);
	return SCLP_OK;
}

/* Sets all counters to zero, also those of the queues */
void sim_hw_reset_counts(void)
{
	unsigned int apqn;

	lockdep_assert_held(&sim_lock);

	memset(sim_counts, 0, sizeof(sim_counts));
	sim_sie_entries = 0;
	sim_uv_creates = 0;
	for (apqn = 0; apqn < SIM_MAX_APQNS; apqn++)
		if (sim_hw.queues[apqn])
			memset(sim_hw.queues[apqn]->counts, 0,
			       sizeof(sim_hw.queues[apqn]->counts));
}

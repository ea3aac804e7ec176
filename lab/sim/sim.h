/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The simulated AP hardware: what the rooms of aphwsim.ko share.
 *
 * Locks. sim_hw.lock is the one lock of the hardware: every card, queue, mask,
 * counter, log entry and verdict of the oracle is read and written under it.
 * It is a raw lock taken with interrupts off, since AP instructions are
 * emulated wherever the kernel executes them. Nothing that could execute an AP
 * instruction, deliver an interrupt or sleep is called under it. sim_control_mutex
 * comes before it and serializes changes made by a person.
 *
 * Bit numbers of masks count from the left, as the hardware's do: bit 0 is the
 * most significant one of the first doubleword.
 */
#ifndef SIM_H
#define SIM_H

#include <linux/bits.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#define SIM_APQN(apid, apqi)	((u16)((apid) << 8 | (apqi)))
#define SIM_APID(apqn)		((apqn) >> 8)
#define SIM_APQI(apqn)		((apqn) & 0xff)
#define SIM_MAX_APQNS		65536
#define SIM_MAX_MSG		65536	/* bytes of a request or a reply */
#define SIM_DEFAULT_RESET_LATENCY	1000	/* microseconds */
#define SIM_DEFAULT_REPLY_LATENCY	100

/* Response codes in the AP queue status word */
enum {
	SIM_RC_NORMAL		= 0x00,
	SIM_RC_NOT_AVAILABLE	= 0x01,
	SIM_RC_RESETTING	= 0x02,
	SIM_RC_DECONFIGURED	= 0x03,
	SIM_RC_CHECKSTOPPED	= 0x04,
	SIM_RC_BUSY		= 0x05,
	SIM_RC_BAD_ADDRESS	= 0x06,
	SIM_RC_ALREADY		= 0x07,
	SIM_RC_BAD_GISA		= 0x08,
	SIM_RC_FULL		= 0x10,	/* NQAP */
	SIM_RC_NO_REPLY		= 0x10,	/* DQAP */
	SIM_RC_NO_FIRST_PART	= 0x13,
	SIM_RC_TOO_BIG		= 0x15,
};

/* PQAP function codes, then the other two instructions */
enum sim_fc {
	SIM_TAPQ, SIM_RAPQ, SIM_ZAPQ, SIM_AQIC, SIM_QCI, SIM_QACT,
	SIM_NQAP, SIM_DQAP,
	SIM_NR_FC,
};

/* Whose instruction it is, and whose data a queue holds */
#define SIM_OWNER_NONE	0U
#define SIM_OWNER_HOST	1U
#define SIM_OWNER_GUEST(id)	((id) + 1)	/* guest IDs start at 1 */
#define SIM_GUEST_ID(owner)	((owner) - 1)

/* Program interruption codes */
#define SIM_PGM_PRIVILEGED	0x02
#define SIM_PGM_ADDRESSING	0x05
#define SIM_PGM_SPECIFICATION	0x06

struct sim_masks {
	u64 apm[4];
	u64 aqm[4];
	u64 adm[4];
};

static inline bool sim_mask_test(const u64 *mask, unsigned int nr)
{
	return mask[nr >> 6] & (1ULL << (63 - (nr & 63)));
}

static inline void sim_mask_set(u64 *mask, unsigned int nr)
{
	mask[nr >> 6] |= 1ULL << (63 - (nr & 63));
}

static inline void sim_mask_clear(u64 *mask, unsigned int nr)
{
	mask[nr >> 6] &= ~(1ULL << (63 - (nr & 63)));
}

static inline bool sim_masks_allow(const struct sim_masks *masks, u16 apqn)
{
	return sim_mask_test(masks->apm, SIM_APID(apqn)) &&
	       sim_mask_test(masks->aqm, SIM_APQI(apqn));
}

/* QCI's answer, as it is stored */
struct sim_qci {
	u32 flags;
	u8 max_adapter;
	u8 max_domain;
	u8 reserved[10];
	struct sim_masks masks;
	u8 reserved2[16];
};

/* ---- the hardware ---- */

enum sim_mode { SIM_MODE_CCA, SIM_MODE_EP11, SIM_MODE_ACCEL };
enum sim_config { SIM_CONFIG_ON, SIM_CONFIG_STANDBY, SIM_CONFIG_OFF };

struct sim_card {
	bool present;		/* in the host's configuration (QCI apm) */
	bool checkstop;
	bool facilities_given;
	u8 type;		/* hardware type: 9 CEX3C, 10 CEX4 ... 14 CEX8 */
	u8 depth;		/* messages a queue holds, 1 to 16 */
	enum sim_mode mode;
	enum sim_config config;
	u32 facilities;		/* if given: left half of TAPQ's gr2 */
};

struct sim_inject {
	u8 rc;			/* 0: nothing injected */
	bool forever;
	u32 after;		/* instructions that still pass */
	u32 count;		/* then so many fail */
};

struct sim_irq {
	bool enabled;
	bool guest;
	u8 isc;			/* host ISC; of a guest: of the GIB alert */
	u8 gisc;
	u64 nib;		/* host absolute address */
	u64 gisa;		/* host absolute address */
};

struct sim_msg {
	struct list_head list;
	u64 psmid;
	ktime_t due;		/* the reply is ready then */
	u32 owner;
	u32 len;
	u32 bufsize;
	u8 data[];
};

struct sim_oracle;

struct sim_queue {
	u16 apqn;
	bool resetting;
	bool stuck;		/* a reset does not end by itself */
	bool busy;
	struct sim_irq irq;
	u32 reset_latency;	/* microseconds */
	u32 reply_latency;
	u32 generation;		/* counts resets: replies of before are void */
	u32 taint;		/* owner whose data it may hold */
	u32 held;		/* messages in it: pending, in work, ready */
	u32 received;		/* bytes of the first reply already received */
	struct list_head pending;
	struct list_head ready;
	u32 nr_ready;
	struct hrtimer reply_timer;
	struct hrtimer reset_timer;
	struct work_struct work;
	struct sim_inject inject[SIM_NR_FC];
	struct sim_inject reset_fail;
	u64 counts[SIM_NR_FC];
	struct sim_oracle *oracle;
};

struct sim_hw {
	raw_spinlock_t lock;
	bool started;
	bool apxa;
	bool qci;
	bool intercept_tapq;
	unsigned int max_adapter;	/* largest ID, not their number */
	unsigned int max_domain;
	u64 usage[4];			/* domains in the host's configuration */
	u64 control[4];
	struct sim_card cards[256];
	struct sim_queue **queues;	/* by APQN; once made, kept */
};

extern struct sim_hw sim_hw;
extern struct mutex sim_control_mutex;

/* hw.c: cards, domains, configuration */
int sim_hw_init(void);
void sim_hw_exit(void);
bool sim_hw_has(u16 apqn);
unsigned int sim_hw_next(unsigned int apqn);
unsigned int sim_hw_next_queue(unsigned int apqn);
struct sim_queue *sim_hw_queue(u16 apqn);
void sim_hw_query(struct sim_qci *qci, const struct sim_masks *masks);
u64 sim_hw_info(u16 apqn, bool tbit);
int sim_hw_add_card(unsigned int apid, const struct sim_card *card);
void sim_hw_del_card(unsigned int apid);
int sim_hw_add_domain(unsigned int apqi, bool usage, bool control);
void sim_hw_del_domain(unsigned int apqi, bool usage, bool control);
void sim_hw_configure(unsigned int apid, enum sim_config config);
void sim_hw_checkstop(unsigned int apid, bool on);
const char *sim_type_name(u8 type);
const char *sim_mode_name(enum sim_mode mode);
int sim_sclp_configure(u32 apid);
int sim_sclp_deconfigure(u32 apid);

/* queue.c: one queue. All under sim_hw.lock but for create and destroy */
struct sim_queue *sim_queue_create(u16 apqn, struct sim_oracle *oracle);
void sim_queue_destroy(struct sim_queue *queue);
u8 sim_queue_gate(const struct sim_queue *queue, const struct sim_card *card);
u8 sim_queue_injected(struct sim_inject *inject);
void sim_queue_reset(struct sim_queue *queue);
void sim_queue_settle(struct sim_queue *queue);
void sim_queue_clear(struct sim_queue *queue);
struct sim_msg *sim_msg_alloc(u32 bufsize);
u8 sim_queue_put(struct sim_queue *queue, const struct sim_card *card,
		 u32 owner, struct sim_msg *msg);
u32 sim_queue_status(const struct sim_queue *queue,
		     const struct sim_card *card, u8 rc);
extern struct workqueue_struct *sim_wq;
int sim_queue_init(void);
void sim_queue_exit(void);

/* ap_insn.c: the instructions, for whoever executes them */
struct sim_who {
	u32 owner;
	bool narrow;			/* a guest without APXA */
	const struct sim_masks *masks;	/* NULL: sees the whole machine */
};

struct sim_result {
	int cc;
	u16 pgm;			/* program interruption, else 0 */
	struct sim_qci qci;		/* QCI: to be stored at gr2 */
};

struct sim_transfer {
	u64 psmid;
	u32 done;		/* bytes moved */
	u32 residual;		/* DQAP: bytes of the message left */
};

void sim_pqap(const struct sim_who *who, u64 gr[3], struct sim_result *result);
u8 sim_queue_nqap(struct sim_queue *queue, const struct sim_card *card,
		  u32 owner, struct sim_msg *msg);
u8 sim_queue_dqap(struct sim_queue *queue, const struct sim_card *card,
		  u32 owner, void *buf, u32 len, struct sim_transfer *transfer);
void sim_nqap(const struct sim_who *who, u64 gr[2], struct sim_msg *msg,
	      struct sim_result *result);
void sim_dqap(const struct sim_who *who, u64 gr[3], void *buf, u32 len,
	      struct sim_transfer *transfer, struct sim_result *result);

/* host_insn.c: AP instructions that the host executes */
int sim_insn_init(void);
void sim_insn_exit(void);

/* reply.c, rsa.c: what the cards answer; sleeping context */
struct sim_msg *sim_reply(enum sim_mode mode, u8 type, u16 apqn,
			  const struct sim_msg *request);
int sim_rsa_modexpo(const u8 *base, const u8 *exponent, size_t exponent_len,
		    const u8 *modulus, size_t len, u8 *result);
struct sim_rsa_crt {
	const u8 *p, *q, *dp, *dq, *u;	/* u = 1/q mod p */
	size_t p_len, q_len, dp_len, dq_len, u_len;
};
int sim_rsa_crt(const u8 *base, size_t len, const struct sim_rsa_crt *key,
		u8 *result);

/* irq.c: adapter interrupts */
enum sim_irq_for { SIM_IRQ_NOBODY, SIM_IRQ_HOST, SIM_IRQ_GIB };
int sim_irq_init(void);
enum sim_irq_for sim_irq_store(const struct sim_irq *irq);
void sim_irq_deliver(enum sim_irq_for whom);
int sim_irq_set_gib(u32 origin);
bool sim_irq_nib_valid(u64 nib);

/* oracle.c: who may have seen whose data. Under sim_hw.lock */
#define SIM_MAX_FINDINGS	256
struct sim_finding {
	bool sharing;
	u16 apqn;
	u32 nr_apqns;
	u32 owner, other;
	enum sim_fc fc;
	u64 time_ns;
};

struct sim_oracle {
	u64 entries, instructions, transfers, leaks, sharings;
	u32 nr_findings;
	struct sim_finding findings[SIM_MAX_FINDINGS];
	struct list_head guests;	/* struct sim_guest */
	u64 (*bound)[4];		/* [256]: queues with a host driver */
	u32 generation;			/* of bound */
};

extern struct sim_oracle sim_oracle;
struct sim_guest;
int sim_oracle_create(struct sim_oracle *oracle);
void sim_oracle_destroy(struct sim_oracle *oracle);
void sim_oracle_clear(struct sim_oracle *oracle);
void sim_oracle_transfer(struct sim_oracle *oracle, struct sim_queue *queue,
			 u32 owner, enum sim_fc fc);
void sim_oracle_entry(struct sim_oracle *oracle, struct sim_guest *guest);
void sim_oracle_bind(struct sim_oracle *oracle, u16 apqn, bool bound);

/* guest.c: which VMs there are */
struct sim_guest {
	struct list_head list;
	u32 id;
	int pid;		/* thread group of the VMM */
	u64 crycb;		/* host absolute address, without format bits */
	u32 format;
	bool apie;
	u64 gisa;
	u64 entries;
	u32 updating;		/* KVM is writing its masks: no time to judge */
	u32 bound_generation;	/* of the oracle, at the last comparison */
	u32 shares_host;
	struct list_head shares;
	struct sim_masks masks;	/* as of the last entry */
	/* a private guest (self-test): masks it has now, instead of a CRYCB */
	const struct sim_masks *live;
};

struct kvm_s390_sie_block;
int sim_guest_init(void);
void sim_guest_exit(void);
int sim_guest_meet(struct kvm_s390_sie_block *sie);
u32 sim_guest_enter(struct kvm_s390_sie_block *sie, struct sim_masks *masks,
		    bool first);
void sim_guest_live(const struct sim_guest *guest, struct sim_masks *masks);
void sim_guest_forget(struct sim_oracle *oracle, u64 crycb);
int sim_guest_watch(void);
void sim_guest_unwatch(void);

/* ap_bus.c: the stock AP bus */
int sim_bus_start(void);
int sim_bus_configchange(void);
int sim_bus_reclaim(u16 apqn);
bool sim_parse_apqn(const char *name, u16 *apqn);

/* sie.c: the virtual SIE */
int sim_sie_init(void);

/* patch.c: ways into the running kernel */
int sim_patch_init(void);
unsigned long sim_symbol(const char *name);
int sim_patch_jump(const char *name, void *to);
int sim_patch_keep_init_text(void);

/* log.c: counters and the log of instructions. Under sim_hw.lock */
struct sim_log_entry {
	u64 seq;
	u64 time_ns;
	u64 gr1;
	u32 owner;
	u16 apqn;
	u8 fc;
	u8 rc;
	u8 cc;
	u8 pgm;
	bool tbit;
};

#define SIM_LOG_ENTRIES	8192
extern u64 sim_counts[SIM_NR_FC];
extern u64 sim_sie_entries;
extern const char * const sim_fc_names[SIM_NR_FC];
int sim_log_init(void);
void sim_log_exit(void);
void sim_log_add(u32 owner, enum sim_fc fc, u16 apqn, u8 rc, int cc, u16 pgm,
		 u64 gr1, bool tbit);
u32 sim_log_snapshot(struct sim_log_entry *entries, u32 max);
void sim_log_clear(void);
void sim_counts_reset(void);
int sim_owner_name(char *buf, size_t size, u32 owner);

/* control.c: the language of the control file; sim_control_mutex held */
struct seq_file;
int sim_control_run(char *text);
int sim_control_show(struct seq_file *m);

/* debugfs.c */
int sim_debugfs_init(void);
void sim_debugfs_exit(void);

/* selftest.c */
int sim_selftest(struct seq_file *m);

/* hrtimer_setup() came with 6.13; drop the other half when 6.12 leaves */
static inline void sim_timer_setup(struct hrtimer *timer,
				   enum hrtimer_restart (*fn)(struct hrtimer *))
{
#ifdef SIM_HAVE_HRTIMER_SETUP
	hrtimer_setup(timer, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = fn;
#endif
}

#endif /* SIM_H */

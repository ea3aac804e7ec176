/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure room: everything about AP matrices that follows from bits alone.
 *
 * No lock, no allocation, no I/O, no global state: a function depends on its
 * arguments only, so the kernel module, the command line tool and the unit
 * tests share one answer. The caller provides all storage.
 *
 * Numbers run from the left, as the architecture has it: id 0 is the most
 * significant bit of word 0. Only whole words are used, never bytes, so the
 * code is right on little-endian machines too. On s390x the words of a mask
 * are what the kernel's *_inv() bit helpers and KVM expect.
 *
 * Errors are negative errno values; the few functions that return them say so.
 */
#ifndef VAP_MATRIX_H
#define VAP_MATRIX_H

#include "env.h"

#define AP_MATRIX_IDS		256U	/* adapters, and domains, at most */
#define AP_MATRIX_WORD_BITS	64U
#define AP_MATRIX_WORDS		(AP_MATRIX_IDS / AP_MATRIX_WORD_BITS)
#define AP_MATRIX_APQNS		(AP_MATRIX_IDS * AP_MATRIX_IDS)

/* Text sizes, without a terminating NUL. */
#define AP_MASK_TEXT_LEN	66U	/* 0x and 64 digits */
#define AP_MATRIX_CONFIG_LEN	201U	/* three masks, each with , or newline */
#define AP_APQN_TEXT_LEN	7U	/* 05.0004 */

/* The three dimensions of a matrix. */
enum ap_dim {
	AP_DIM_ADAPTER,
	AP_DIM_DOMAIN,
	AP_DIM_CONTROL_DOMAIN,
	AP_DIM_NR
};

/* 256 ids, id 0 leftmost. */
struct ap_mask {
	unsigned long word[AP_MATRIX_WORDS];
};

/* Adapters, usage domains and control domains that belong together. */
struct ap_matrix {
	struct ap_mask dim[AP_DIM_NR];
};

/* The highest id of each dimension, inclusive (0 to 255). */
struct ap_limits {
	unsigned int max[AP_DIM_NR];
};

/*
 * Why an assigned APQN is not in the guest. The words are interface: see
 * ap_reason_word(). Order is that of the checks: the first that applies wins.
 */
enum ap_reason {
	AP_REASON_NONE,			/* it is in the guest */
	AP_REASON_REMOVING,		/* the mdev is being removed */
	AP_REASON_ADAPTER_NOT_IN_HOST,	/* QCI lacks the adapter */
	AP_REASON_DOMAIN_NOT_IN_HOST,	/* QCI lacks the domain */
	AP_REASON_NO_QUEUE_DEVICE,	/* the AP bus has no such queue */
	AP_REASON_TYPE_UNSUPPORTED,	/* a card older than CEX4 */
	AP_REASON_UNBOUND,		/* no driver is bound to the queue */
	AP_REASON_OTHER_DRIVER,		/* a driver of the host is bound to it */
	AP_REASON_RESET_PENDING,	/* being reset, or soon to be */
	AP_REASON_RESET_FAILED,		/* will not come clean; tried again */
	AP_REASON_DECONFIGURED,		/* cannot be cleaned until configured */
	AP_REASON_CHECKSTOPPED,		/* cannot be cleaned until repaired */
	AP_REASON_SIBLING_WITHHELD,	/* itself fine, its adapter is withheld */
	AP_REASON_NR
};

/*
 * What the filter has to know of one queue: AP_REASON_NONE if it may be given
 * to the guest, else the reason why not. Asked only for APQNs in the host's
 * configuration.
 */
typedef enum ap_reason (*ap_queue_state_fn)(void *ctx, unsigned int apid,
					    unsigned int apqi);

/* Everything that a guest matrix is a function of. */
struct ap_filter {
	const struct ap_matrix *assigned;
	const struct ap_matrix *host;	/* the host's AP configuration (QCI) */
	ap_queue_state_fn state;
	void *ctx;			/* handed to state() */
	bool removing;			/* the guest has to give everything back */
	/*
	 * What the guest has now, or NULL. It grows in one step: nothing is
	 * added while a queue that it has not is being reset, which ends in
	 * bounded time. So nobody loses an adapter to a queue that is about to
	 * come, and what the host gives back together comes together.
	 */
	const struct ap_matrix *current_guest;
};

/* A step that makes one matrix from another. */
struct ap_matrix_diff {
	struct ap_matrix added;
	struct ap_matrix removed;
};

/* masks */

static inline unsigned long ap_mask_bit(unsigned int id)
{
	return 1UL << (AP_MATRIX_WORD_BITS - 1 - id % AP_MATRIX_WORD_BITS);
}

static inline bool ap_mask_test(const struct ap_mask *mask, unsigned int id)
{
	return mask->word[id / AP_MATRIX_WORD_BITS] & ap_mask_bit(id);
}

static inline void ap_mask_set(struct ap_mask *mask, unsigned int id)
{
	mask->word[id / AP_MATRIX_WORD_BITS] |= ap_mask_bit(id);
}

static inline void ap_mask_clear(struct ap_mask *mask, unsigned int id)
{
	mask->word[id / AP_MATRIX_WORD_BITS] &= ~ap_mask_bit(id);
}

bool ap_mask_empty(const struct ap_mask *mask);
bool ap_mask_equal(const struct ap_mask *a, const struct ap_mask *b);
bool ap_mask_subset(const struct ap_mask *inner, const struct ap_mask *outer);
bool ap_mask_intersects(const struct ap_mask *a, const struct ap_mask *b);
unsigned int ap_mask_weight(const struct ap_mask *mask);

/* Result may be one of the operands. and/andnot return: something is left. */
bool ap_mask_and(struct ap_mask *res, const struct ap_mask *a,
		 const struct ap_mask *b);
bool ap_mask_andnot(struct ap_mask *res, const struct ap_mask *a,
		    const struct ap_mask *b);
void ap_mask_or(struct ap_mask *res, const struct ap_mask *a,
		const struct ap_mask *b);

/* The first id >= from, or AP_MATRIX_IDS. */
unsigned int ap_mask_next(const struct ap_mask *mask, unsigned int from);

/* The nth id (n from 0), or AP_MATRIX_IDS. */
unsigned int ap_mask_nth(const struct ap_mask *mask, unsigned int n);

#define ap_mask_for_each(id, mask)					\
	for ((id) = ap_mask_next((mask), 0); (id) < AP_MATRIX_IDS;	\
	     (id) = ap_mask_next((mask), (id) + 1))

/* matrices */

bool ap_matrix_empty(const struct ap_matrix *matrix);
bool ap_matrix_equal(const struct ap_matrix *a, const struct ap_matrix *b);
/* What both have, in each dimension. The result may be one of the operands. */
void ap_matrix_and(struct ap_matrix *res, const struct ap_matrix *a,
		   const struct ap_matrix *b);

static inline const struct ap_mask *ap_matrix_apm(const struct ap_matrix *m)
{
	return &m->dim[AP_DIM_ADAPTER];
}

static inline const struct ap_mask *ap_matrix_aqm(const struct ap_matrix *m)
{
	return &m->dim[AP_DIM_DOMAIN];
}

static inline const struct ap_mask *ap_matrix_adm(const struct ap_matrix *m)
{
	return &m->dim[AP_DIM_CONTROL_DOMAIN];
}

static inline bool ap_matrix_has(const struct ap_matrix *m, unsigned int apid,
				 unsigned int apqi)
{
	return ap_mask_test(ap_matrix_apm(m), apid) &&
	       ap_mask_test(ap_matrix_aqm(m), apqi);
}

/*
 * What of a matrix belongs to one id, whether the matrix has that or not: all other ids of
 * its dimension are left out.
 */
void ap_matrix_part(const struct ap_matrix *whole, enum ap_dim dim, unsigned int id,
		    struct ap_matrix *part);

/* The number of APQNs: adapters times usage domains. */
unsigned int ap_matrix_apqns(const struct ap_matrix *matrix);

void ap_matrix_diff(const struct ap_matrix *from, const struct ap_matrix *to,
		    struct ap_matrix_diff *diff);

/*
 * How many APQNs of `from` are not in `to`. Zero means that nobody who uses
 * `from` loses a queue (control domains are not counted).
 */
unsigned int ap_matrix_apqns_lost(const struct ap_matrix *from,
				  const struct ap_matrix *to);

/*
 * Do two matrices share an APQN? If so, `common` (may be NULL) gets the
 * adapters and usage domains whose product is all that they share. Control
 * domains may be shared and do not count.
 */
bool ap_matrix_shares(const struct ap_matrix *a, const struct ap_matrix *b,
		      struct ap_matrix *common);

/* The same against bare masks, as the AP bus hands them out. */
bool ap_matrix_shares_masks(const struct ap_matrix *matrix,
			    const struct ap_mask *apm, const struct ap_mask *aqm,
			    struct ap_matrix *common);

/* limits */

/*
 * QCI's answer: na and nd count when APXA is installed, else 64 adapters and
 * 16 domains. Values above 255 are taken as 255.
 */
void ap_limits_from_qci(struct ap_limits *limits, bool apxa, unsigned int na,
			unsigned int nd);
/* 0, or -ENODEV if an id lies beyond the limits. */
int ap_limits_check(const struct ap_limits *limits,
		    const struct ap_matrix *matrix);

/* the filter */

/*
 * The guest matrix: what of the assigned matrix the guest may have now.
 *
 * Adapters, domains and control domains that the host lacks are left out. An
 * adapter with a queue that may not be given (in a domain that the host has)
 * is withheld as a whole; domains never are.
 */
void ap_filter_run(const struct ap_filter *filter, struct ap_matrix *guest);

/*
 * Why is an assigned APQN not in `guest`, the result of ap_filter_run() with
 * the same filter? AP_REASON_NONE if it is in there.
 */
enum ap_reason ap_filter_reason(const struct ap_filter *filter,
				const struct ap_matrix *guest,
				unsigned int apid, unsigned int apqi);

/* The word of a reason: lower case and dashes, never NULL; "" for NONE. */
const char *ap_reason_word(enum ap_reason reason);

/* The reason with this word, or AP_REASON_NR. */
enum ap_reason ap_reason_from_word(const char *word, size_t len);

/* text in */

/*
 * One id as sysfs takes it: decimal, 0x hexadecimal, octal after a leading 0,
 * an optional + before and one newline after it. The text ends at a NUL or at
 * len. Returns 0, -EINVAL if it is not a number, -ERANGE if it does not fit
 * an unsigned long; a number beyond 255 is left to the caller.
 */
int ap_parse_id(const char *text, size_t len, unsigned long *id);

/*
 * One mask: hexadecimal digits from id 0 on, at most 64, at least one, with
 * or without 0x (or x) before them. Ids without a digit are 0. Returns 0 or
 * -EINVAL.
 */
int ap_parse_mask(const char *text, size_t len, struct ap_mask *mask);

/*
 * The text of ap_config: adapters, domains, control domains, separated by
 * commas or newlines, with an optional newline at the end. The control
 * domains may be left out if the domains end with a newline: none then.
 * Returns 0, or -EINVAL for an empty field, too few or too many fields, text
 * after the end or anything that is no mask. One NUL at the end is ignored.
 */
int ap_parse_config(const char *text, size_t len, struct ap_matrix *matrix);

/*
 * A list of ids for people: 1,3-5,0x10 (decimal or 0x; a number with a leading
 * zero is refused, since it reads differently in different places). If every
 * item has a sign, +3-5,-7, the list changes the mask, from left to right; if
 * none has, it replaces it; the two cannot be mixed. Returns 0, -EINVAL for bad
 * syntax, -ERANGE for an id above 255 or a range that runs backwards; the mask
 * is unchanged then.
 */
int ap_parse_list(const char *text, size_t len, struct ap_mask *mask);

/* 05.0004 (hexadecimal, without 0x): 0 or -EINVAL. */
int ap_parse_apqn(const char *text, size_t len, unsigned int *apid,
		  unsigned int *apqi);

/*
 * text out
 *
 * The read functions write the part of a text that starts at offset and fits
 * into size bytes, and return how many bytes that was (0 past the end). No NUL
 * is added. So a text of any length can be read piece by piece.
 */

/* matrix and guest_matrix: 05.0004 lines; 05. or .0004 if the other is empty */
size_t ap_matrix_read_apqns(const struct ap_matrix *matrix, char *buf,
			    size_t size, size_t offset);
/* control_domains: 0004 lines */
size_t ap_matrix_read_control_domains(const struct ap_matrix *matrix, char *buf,
				      size_t size, size_t offset);
/* ap_config: three masks and a newline */
size_t ap_matrix_read_config(const struct ap_matrix *matrix, char *buf,
			     size_t size, size_t offset);
/* The word for an APQN, or NULL for none. */
typedef const char *(*ap_word_fn)(void *ctx, unsigned int apid, unsigned int apqi);
/* 05.0004 word lines, for those APQNs of the matrix that have a word */
size_t ap_matrix_read_words(const struct ap_matrix *matrix, ap_word_fn word,
			    void *ctx, char *buf, size_t size, size_t offset);
/* 05.0004 reason-word lines, for the assigned APQNs that guest lacks */
size_t ap_filter_read_reasons(const struct ap_filter *filter,
			      const struct ap_matrix *guest, char *buf,
			      size_t size, size_t offset);

/* Exactly AP_MASK_TEXT_LEN characters, no NUL. */
void ap_mask_format(const struct ap_mask *mask, char *buf);
/* Exactly AP_APQN_TEXT_LEN characters, no NUL. */
void ap_apqn_format(unsigned int apid, unsigned int apqi, char *buf);
/*
 * A list such as 0-3,5 in decimal, or 00-03,05 in hexadecimal with `digits`
 * digits if that is not 0. Always ends with a NUL; what does not fit is cut
 * at an item and replaced by "...". Returns the length.
 */
size_t ap_mask_format_list(const struct ap_mask *mask, unsigned int digits,
			   char *buf, size_t size);

#endif

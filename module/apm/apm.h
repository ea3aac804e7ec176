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
#ifndef APM_H
#define APM_H

#include "env.h"

#define APM_MATRIX_IDS		256U	/* adapters, and domains, at most */
#define APM_MATRIX_WORD_BITS	64U
#define APM_MATRIX_WORDS		(APM_MATRIX_IDS / APM_MATRIX_WORD_BITS)
#define APM_MATRIX_APQNS		(APM_MATRIX_IDS * APM_MATRIX_IDS)

/* Text sizes, without a terminating NUL. */
#define APM_MASK_TEXT_LEN	66U	/* 0x and 64 digits */
#define APM_MATRIX_CONFIG_LEN	201U	/* three masks, each with , or newline */
#define APM_APQN_TEXT_LEN	7U	/* 05.0004 */

/* The three dimensions of a matrix. */
enum apm_dim {
	APM_DIM_ADAPTER,
	APM_DIM_DOMAIN,
	APM_DIM_CONTROL_DOMAIN,
	APM_DIM_NR
};

/* 256 ids, id 0 leftmost. */
struct apm_mask {
	unsigned long word[APM_MATRIX_WORDS];
};

/* Adapters, usage domains and control domains that belong together. */
struct apm_matrix {
	struct apm_mask dim[APM_DIM_NR];
};

/* The highest id of each dimension, inclusive (0 to 255). */
struct apm_limits {
	unsigned int max[APM_DIM_NR];
};

/*
 * Why an assigned APQN is not in the guest. The words are interface: see
 * apm_reason_word(). Order is that of the checks: the first that applies wins.
 */
enum apm_reason {
	APM_REASON_NONE,			/* it is in the guest */
	APM_REASON_REMOVING,		/* the mdev is being removed */
	APM_REASON_ADAPTER_NOT_IN_HOST,	/* QCI lacks the adapter */
	APM_REASON_DOMAIN_NOT_IN_HOST,	/* QCI lacks the domain */
	APM_REASON_NO_QUEUE_DEVICE,	/* the AP bus has no such queue */
	APM_REASON_TYPE_UNSUPPORTED,	/* a card older than CEX4 */
	APM_REASON_UNBOUND,		/* no driver is bound to the queue */
	APM_REASON_OTHER_DRIVER,		/* a driver of the host is bound to it */
	APM_REASON_RESET_PENDING,	/* being reset, or soon to be */
	APM_REASON_RESET_FAILED,		/* will not come clean; tried again */
	APM_REASON_DECONFIGURED,		/* cannot be cleaned until configured */
	APM_REASON_CHECKSTOPPED,		/* cannot be cleaned until repaired */
	APM_REASON_SIBLING_WITHHELD,	/* itself fine, its adapter is withheld */
	APM_REASON_NR
};

/*
 * What the filter has to know of one queue: APM_REASON_NONE if it may be given
 * to the guest, else the reason why not. Asked only for APQNs in the host's
 * configuration.
 */
typedef enum apm_reason (*apm_queue_state_fn)(void *ctx, unsigned int apid,
					      unsigned int apqi);

/* Everything that a guest matrix is a function of. */
struct apm_filter {
	const struct apm_matrix *assigned;
	const struct apm_matrix *host;	/* the host's AP configuration (QCI) */
	apm_queue_state_fn state;
	void *ctx;			/* handed to state() */
	bool removing;			/* the guest has to give everything back */
	/*
	 * What the guest has now, or NULL. It grows in one step: nothing is
	 * added while a queue that it has not is being reset, which ends in
	 * bounded time. So nobody loses an adapter to a queue that is about to
	 * come, and what the host gives back together comes together.
	 */
	const struct apm_matrix *current_guest;
};

/* A step that makes one matrix from another. */
struct apm_matrix_diff {
	struct apm_matrix added;
	struct apm_matrix removed;
};

/* masks */

static inline unsigned long apm_mask_bit(unsigned int id)
{
	return 1UL << (APM_MATRIX_WORD_BITS - 1 - id % APM_MATRIX_WORD_BITS);
}

static inline bool apm_mask_test(const struct apm_mask *mask, unsigned int id)
{
	return mask->word[id / APM_MATRIX_WORD_BITS] & apm_mask_bit(id);
}

static inline void apm_mask_set(struct apm_mask *mask, unsigned int id)
{
	mask->word[id / APM_MATRIX_WORD_BITS] |= apm_mask_bit(id);
}

static inline void apm_mask_clear(struct apm_mask *mask, unsigned int id)
{
	mask->word[id / APM_MATRIX_WORD_BITS] &= ~apm_mask_bit(id);
}

bool apm_mask_empty(const struct apm_mask *mask);
bool apm_mask_equal(const struct apm_mask *a, const struct apm_mask *b);
bool apm_mask_subset(const struct apm_mask *inner, const struct apm_mask *outer);
bool apm_mask_intersects(const struct apm_mask *a, const struct apm_mask *b);
unsigned int apm_mask_weight(const struct apm_mask *mask);

/* Result may be one of the operands. and/andnot return: something is left. */
bool apm_mask_and(struct apm_mask *res, const struct apm_mask *a,
		  const struct apm_mask *b);
bool apm_mask_andnot(struct apm_mask *res, const struct apm_mask *a,
		     const struct apm_mask *b);
void apm_mask_or(struct apm_mask *res, const struct apm_mask *a,
		 const struct apm_mask *b);

/* The first id >= from, or APM_MATRIX_IDS. */
unsigned int apm_mask_next(const struct apm_mask *mask, unsigned int from);

/* The nth id (n from 0), or APM_MATRIX_IDS. */
unsigned int apm_mask_nth(const struct apm_mask *mask, unsigned int n);

#define apm_mask_for_each(id, mask)					\
	for ((id) = apm_mask_next((mask), 0); (id) < APM_MATRIX_IDS;	\
	     (id) = apm_mask_next((mask), (id) + 1))

/* matrices */

bool apm_matrix_empty(const struct apm_matrix *matrix);
bool apm_matrix_equal(const struct apm_matrix *a, const struct apm_matrix *b);
/* What both have, in each dimension. The result may be one of the operands. */
void apm_matrix_and(struct apm_matrix *res, const struct apm_matrix *a,
		    const struct apm_matrix *b);

static inline const struct apm_mask *apm_matrix_apm(const struct apm_matrix *m)
{
	return &m->dim[APM_DIM_ADAPTER];
}

static inline const struct apm_mask *apm_matrix_aqm(const struct apm_matrix *m)
{
	return &m->dim[APM_DIM_DOMAIN];
}

static inline const struct apm_mask *apm_matrix_adm(const struct apm_matrix *m)
{
	return &m->dim[APM_DIM_CONTROL_DOMAIN];
}

static inline bool apm_matrix_has(const struct apm_matrix *m, unsigned int apid,
				  unsigned int apqi)
{
	return apm_mask_test(apm_matrix_apm(m), apid) &&
	       apm_mask_test(apm_matrix_aqm(m), apqi);
}

/*
 * What of a matrix belongs to one id, whether the matrix has that or not: all other ids of
 * its dimension are left out.
 */
void apm_matrix_part(const struct apm_matrix *whole, enum apm_dim dim, unsigned int id,
		     struct apm_matrix *part);

/* The number of APQNs: adapters times usage domains. */
unsigned int apm_matrix_apqns(const struct apm_matrix *matrix);

void apm_matrix_diff(const struct apm_matrix *from, const struct apm_matrix *to,
		     struct apm_matrix_diff *diff);

/*
 * How many APQNs of `from` are not in `to`. Zero means that nobody who uses
 * `from` loses a queue (control domains are not counted).
 */
unsigned int apm_matrix_apqns_lost(const struct apm_matrix *from,
				   const struct apm_matrix *to);

/*
 * Do two matrices share an APQN? If so, `common` (may be NULL) gets the
 * adapters and usage domains whose product is all that they share. Control
 * domains may be shared and do not count.
 */
bool apm_matrix_shares(const struct apm_matrix *a, const struct apm_matrix *b,
		       struct apm_matrix *common);

/* The same against bare masks, as the AP bus hands them out. */
bool apm_matrix_shares_masks(const struct apm_matrix *matrix,
			     const struct apm_mask *apm, const struct apm_mask *aqm,
			     struct apm_matrix *common);

/* limits */

/*
 * QCI's answer: na and nd count when APXA is installed, else 64 adapters and
 * 16 domains. Values above 255 are taken as 255.
 */
void apm_limits_from_qci(struct apm_limits *limits, bool apxa, unsigned int na,
			 unsigned int nd);
/* 0, or -ENODEV if an id lies beyond the limits. */
int apm_limits_check(const struct apm_limits *limits,
		     const struct apm_matrix *matrix);

/* the filter */

/*
 * The guest matrix: what of the assigned matrix the guest may have now.
 *
 * Adapters, domains and control domains that the host lacks are left out. An
 * adapter with a queue that may not be given (in a domain that the host has)
 * is withheld as a whole; domains never are.
 */
void apm_filter_run(const struct apm_filter *filter, struct apm_matrix *guest);

/*
 * Why is an assigned APQN not in `guest`, the result of apm_filter_run() with
 * the same filter? APM_REASON_NONE if it is in there.
 */
enum apm_reason apm_filter_reason(const struct apm_filter *filter,
				  const struct apm_matrix *guest,
				  unsigned int apid, unsigned int apqi);

/* The word of a reason: lower case and dashes, never NULL; "" for NONE. */
const char *apm_reason_word(enum apm_reason reason);

/* The reason with this word, or APM_REASON_NR. */
enum apm_reason apm_reason_from_word(const char *word, size_t len);

/* text in */

/*
 * One id as sysfs takes it: decimal, 0x hexadecimal, octal after a leading 0,
 * an optional + before and one newline after it. The text ends at a NUL or at
 * len. Returns 0, -EINVAL if it is not a number, -ERANGE if it does not fit
 * an unsigned long; a number beyond 255 is left to the caller.
 */
int apm_parse_id(const char *text, size_t len, unsigned long *id);

/*
 * One mask: hexadecimal digits from id 0 on, at most 64, at least one, with
 * or without 0x (or x) before them. Ids without a digit are 0. Returns 0 or
 * -EINVAL.
 */
int apm_parse_mask(const char *text, size_t len, struct apm_mask *mask);

/*
 * The text of ap_config: adapters, domains, control domains, separated by
 * commas or newlines, with an optional newline at the end. The control
 * domains may be left out if the domains end with a newline: none then.
 * Returns 0, or -EINVAL for an empty field, too few or too many fields, text
 * after the end or anything that is no mask. One NUL at the end is ignored.
 */
int apm_parse_config(const char *text, size_t len, struct apm_matrix *matrix);

/*
 * A list of ids for people: 1,3-5,0x10 (decimal or 0x; a number with a leading
 * zero is refused, since it reads differently in different places). If every
 * item has a sign, +3-5,-7, the list changes the mask, from left to right; if
 * none has, it replaces it; the two cannot be mixed. Returns 0, -EINVAL for bad
 * syntax, -ERANGE for an id above 255 or a range that runs backwards; the mask
 * is unchanged then.
 */
int apm_parse_list(const char *text, size_t len, struct apm_mask *mask);

/* 05.0004 (hexadecimal, without 0x): 0 or -EINVAL. */
int apm_parse_apqn(const char *text, size_t len, unsigned int *apid,
		   unsigned int *apqi);

/*
 * text out
 *
 * The read functions write the part of a text that starts at offset and fits
 * into size bytes, and return how many bytes that was (0 past the end). No NUL
 * is added. So a text of any length can be read piece by piece.
 */

/* matrix and guest_matrix: 05.0004 lines; 05. or .0004 if the other is empty */
size_t apm_matrix_read_apqns(const struct apm_matrix *matrix, char *buf,
			     size_t size, size_t offset);
/* control_domains: 0004 lines */
size_t apm_matrix_read_control_domains(const struct apm_matrix *matrix, char *buf,
				       size_t size, size_t offset);
/* ap_config: three masks and a newline */
size_t apm_matrix_read_config(const struct apm_matrix *matrix, char *buf,
			      size_t size, size_t offset);
/* The word for an APQN, or NULL for none. */
typedef const char *(*apm_word_fn)(void *ctx, unsigned int apid, unsigned int apqi);
/* 05.0004 word lines, for those APQNs of the matrix that have a word */
size_t apm_matrix_read_words(const struct apm_matrix *matrix, apm_word_fn word,
			     void *ctx, char *buf, size_t size, size_t offset);
/* 05.0004 reason-word lines, for the assigned APQNs that guest lacks */
size_t apm_filter_read_reasons(const struct apm_filter *filter,
			       const struct apm_matrix *guest, char *buf,
			       size_t size, size_t offset);

/* Exactly APM_MASK_TEXT_LEN characters, no NUL. */
void apm_mask_format(const struct apm_mask *mask, char *buf);
/* Exactly APM_APQN_TEXT_LEN characters, no NUL. */
void apm_apqn_format(unsigned int apid, unsigned int apqi, char *buf);
/*
 * A list such as 0-3,5 in decimal, or 00-03,05 in hexadecimal with `digits`
 * digits if that is not 0. Always ends with a NUL; what does not fit is cut
 * at an item and replaced by "...". Returns the length.
 */
size_t apm_mask_format_list(const struct apm_mask *mask, unsigned int digits,
			    char *buf, size_t size);

#endif

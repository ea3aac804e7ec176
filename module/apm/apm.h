/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The pure core: everything about AP matrices that follows from bits alone.
 *
 * No lock, no allocation, no I/O, no global state: the result of a function
 * depends on its arguments only. The kernel module, the command line tool and
 * the unit tests compile the same files. The caller provides all storage.
 *
 * Ids are numbered from the left, as in the architecture: id 0 is the most
 * significant bit of word 0. The code uses whole words, never bytes, so it is
 * also right on little-endian machines. On s390x the words of a mask are what
 * the kernel's *_inv() bit helpers and KVM expect.
 *
 * Errors are negative errno values. All functions may be called in any context.
 */
#ifndef APM_H
#define APM_H

#include "env.h"
#include "reasons.h"

#define APM_MATRIX_IDS		256U	/* adapters, and domains, at most */
#define APM_MATRIX_WORD_BITS	64U
#define APM_MATRIX_WORDS	(APM_MATRIX_IDS / APM_MATRIX_WORD_BITS)
#define APM_MATRIX_APQNS	(APM_MATRIX_IDS * APM_MATRIX_IDS)

/* Text sizes in bytes, without a terminating NUL. */
#define APM_MASK_TEXT_LEN	66U	/* 0x and 64 digits */
#define APM_MATRIX_CONFIG_LEN	201U	/* three masks, each with , or newline */
#define APM_APQN_TEXT_LEN	7U	/* 05.0004 */

/**
 * enum apm_dim - the three dimensions of a matrix
 * @APM_DIM_ADAPTER: adapters (APID)
 * @APM_DIM_DOMAIN: usage domains (APQI)
 * @APM_DIM_CONTROL_DOMAIN: control domains
 * @APM_DIM_NR: their number
 */
enum apm_dim {
	APM_DIM_ADAPTER,
	APM_DIM_DOMAIN,
	APM_DIM_CONTROL_DOMAIN,
	APM_DIM_NR
};

/**
 * struct apm_mask - a set of ids, 0 to 255
 * @word: id 0 is the most significant bit of the first word
 */
struct apm_mask {
	unsigned long word[APM_MATRIX_WORDS];
};

/* Loops over the words of a mask have no branch. */
#if defined(__GNUC__) && !defined(__clang__)
#define APM_UNROLL	_Pragma("GCC unroll 4")
#else
#define APM_UNROLL
#endif

/**
 * struct apm_matrix - adapters, usage domains and control domains
 * @dim: one mask for each dimension; the APQNs are the product of the first two
 */
struct apm_matrix {
	struct apm_mask dim[APM_DIM_NR];
};

/**
 * struct apm_limits - the highest id of each dimension
 * @max: inclusive, 0 to 255
 */
struct apm_limits {
	unsigned int max[APM_DIM_NR];
};

/*
 * Why an assigned APQN is not in the guest; APM_REASON_NONE if it is. See
 * reasons.h for the list and apm_reason_word() for the words.
 */
enum apm_reason {
	APM_REASON_NONE,
#define X(name, word, meaning, fix)	APM_REASON_##name,
	APM_REASONS(X)
#undef X
	APM_REASON_NR
};

/* The hardware type of CEX4, the oldest that vfio_ap serves. */
#define APM_TYPE_CEX4	10

/* Can a queue of this hardware type be given to a guest? */
static inline bool apm_type_supported(unsigned int type)
{
	return type >= APM_TYPE_CEX4;
}

/*
 * The state of one queue, as far as the filter needs it: APM_REASON_NONE if
 * the queue may be given to the guest, else the reason why not. The filter
 * calls it only for APQNs in the host's configuration.
 */
typedef enum apm_reason (*apm_queue_state_fn)(void *ctx, unsigned int apid,
					      unsigned int apqi);

/*
 * The same for all queues of one adapter: of the @domains, which may be given
 * to the guest (@ready), and which will be soon (@pending, APM_REASON_RESET_PENDING).
 */
typedef void (*apm_adapter_state_fn)(void *ctx, unsigned int apid,
				     const struct apm_mask *domains,
				     struct apm_mask *ready,
				     struct apm_mask *pending);

/**
 * struct apm_filter - everything that a guest's matrix is a function of
 * @assigned: what is assigned to the mdev
 * @host: the host's AP configuration, from PQAP(QCI)
 * @state: the state of a queue
 * @adapter_state: the same for all queues of an adapter, for callers that keep
 *	it as masks; NULL: @state is asked for each queue
 * @ctx: passed to @state and @adapter_state
 * @removing: the mdev is being removed: the guest gets nothing
 * @current_guest: what the guest has now, or NULL. With it the guest grows in
 *	one step: nothing is added while a queue that the guest does not have
 *	is being reset, which ends in bounded time. So nobody loses an adapter
 *	to a queue that is about to come, and what the host gives back together
 *	comes together.
 */
struct apm_filter {
	const struct apm_matrix *assigned;
	const struct apm_matrix *host;
	apm_queue_state_fn state;
	apm_adapter_state_fn adapter_state;
	void *ctx;
	bool removing;
	const struct apm_matrix *current_guest;
};

/**
 * struct apm_matrix_diff - the step from one matrix to another
 * @added: only in the second
 * @removed: only in the first
 */
struct apm_matrix_diff {
	struct apm_matrix added;
	struct apm_matrix removed;
};

/* Masks. Ids are 0 to 255 unless a function says otherwise. */

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

/**
 * apm_mask_empty - has a mask no id?
 * @mask: the mask
 * Return: true if so
 */
static inline bool apm_mask_empty(const struct apm_mask *mask)
{
	unsigned long any = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		any |= mask->word[i];
	return !any;
}

/**
 * apm_mask_equal - have two masks the same ids?
 * @a: one mask
 * @b: the other
 * Return: true if so
 */
static inline bool apm_mask_equal(const struct apm_mask *a, const struct apm_mask *b)
{
	unsigned long differ = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		differ |= a->word[i] ^ b->word[i];
	return !differ;
}

/**
 * apm_mask_subset - are all ids of one mask in another?
 * @inner: the mask that may be a part
 * @outer: the mask that may have all of @inner
 * Return: true if so; also if @inner is empty
 */
static inline bool apm_mask_subset(const struct apm_mask *inner, const struct apm_mask *outer)
{
	unsigned long outside = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		outside |= inner->word[i] & ~outer->word[i];
	return !outside;
}

/**
 * apm_mask_intersects - have two masks an id in common?
 * @a: one mask
 * @b: the other
 * Return: true if so
 */
static inline bool apm_mask_intersects(const struct apm_mask *a, const struct apm_mask *b)
{
	unsigned long both = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		both |= a->word[i] & b->word[i];
	return both;
}

/**
 * apm_mask_weight - the number of ids of a mask
 * @mask: the mask
 * Return: 0 to 256
 */
unsigned int apm_mask_weight(const struct apm_mask *mask);

/**
 * apm_mask_and - the ids that are in both masks
 * @res: the result; may be one of the operands
 * @a: one mask
 * @b: the other
 * Return: true if the result has an id
 */
static inline bool apm_mask_and(struct apm_mask *res, const struct apm_mask *a,
				const struct apm_mask *b)
{
	unsigned long left = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		left |= res->word[i] = a->word[i] & b->word[i];
	return left;
}

/**
 * apm_mask_andnot - the ids that are in one mask and not in another
 * @res: the result; may be one of the operands
 * @a: the mask
 * @b: what is left out
 * Return: true if the result has an id
 */
static inline bool apm_mask_andnot(struct apm_mask *res, const struct apm_mask *a,
				   const struct apm_mask *b)
{
	unsigned long left = 0;
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		left |= res->word[i] = a->word[i] & ~b->word[i];
	return left;
}

/**
 * apm_mask_or - the ids that are in one of two masks
 * @res: the result; may be one of the operands
 * @a: one mask
 * @b: the other
 */
static inline void apm_mask_or(struct apm_mask *res, const struct apm_mask *a,
			       const struct apm_mask *b)
{
	unsigned int i;

	APM_UNROLL
	for (i = 0; i < APM_MATRIX_WORDS; i++)
		res->word[i] = a->word[i] | b->word[i];
}

/**
 * apm_mask_next - the next id of a mask
 * @mask: the mask
 * @from: where to start, any value
 * Return: the first id >= @from, or APM_MATRIX_IDS
 */
unsigned int apm_mask_next(const struct apm_mask *mask, unsigned int from);

/**
 * apm_mask_nth - one id of a mask by its rank
 * @mask: the mask
 * @n: 0 for the lowest id
 * Return: the id, or APM_MATRIX_IDS
 */
unsigned int apm_mask_nth(const struct apm_mask *mask, unsigned int n);

#define apm_mask_for_each(id, mask)					\
	for ((id) = apm_mask_next((mask), 0); (id) < APM_MATRIX_IDS;	\
	     (id) = apm_mask_next((mask), (id) + 1))

/* Matrices. */

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

/**
 * apm_matrix_empty - has a matrix no id in any dimension?
 * @matrix: the matrix
 * Return: true if so
 */
bool apm_matrix_empty(const struct apm_matrix *matrix);

/**
 * apm_matrix_equal - are two matrices the same in each dimension?
 * @a: one matrix
 * @b: the other
 * Return: true if so
 */
bool apm_matrix_equal(const struct apm_matrix *a, const struct apm_matrix *b);

/**
 * apm_matrix_and - what two matrices have in common, in each dimension
 * @res: the result; may be one of the operands
 * @a: one matrix
 * @b: the other
 */
void apm_matrix_and(struct apm_matrix *res, const struct apm_matrix *a,
		    const struct apm_matrix *b);

/**
 * apm_matrix_part - the part of a matrix that belongs to one id
 * @whole: the matrix
 * @dim: the dimension of @id
 * @id: kept in @part, even if @whole does not have it; all others are left out
 * @part: the result
 */
void apm_matrix_part(const struct apm_matrix *whole, enum apm_dim dim, unsigned int id,
		     struct apm_matrix *part);

/**
 * apm_matrix_apqns - the number of APQNs of a matrix
 * @matrix: the matrix
 * Return: adapters times usage domains, 0 to 65536
 */
unsigned int apm_matrix_apqns(const struct apm_matrix *matrix);

/**
 * apm_matrix_diff - the step from one matrix to another, in each dimension
 * @from: before
 * @to: after
 * @diff: the result
 */
void apm_matrix_diff(const struct apm_matrix *from, const struct apm_matrix *to,
		     struct apm_matrix_diff *diff);

/**
 * apm_matrix_domains_beyond - the APQNs of an adapter that only one matrix has
 * @matrix: the matrix that has them
 * @other: the matrix that lacks them
 * @apid: the adapter, 0 to 255
 * @domains: the result: their domains
 * Return: true if there is one
 */
bool apm_matrix_domains_beyond(const struct apm_matrix *matrix,
			       const struct apm_matrix *other, unsigned int apid,
			       struct apm_mask *domains);

/**
 * apm_matrix_apqns_lost - the number of APQNs that a step takes away
 * @from: before
 * @to: after
 * Return: how many APQNs of @from are not in @to. Control domains do not count.
 */
unsigned int apm_matrix_apqns_lost(const struct apm_matrix *from,
				   const struct apm_matrix *to);

/**
 * apm_matrix_shares - do two matrices have an APQN in common?
 * @a: one
 * @b: the other
 * @common: may be NULL; gets the adapters and usage domains whose product is
 *	all that they have in common
 * Return: true if so. Control domains may be shared and do not count.
 */
bool apm_matrix_shares(const struct apm_matrix *a, const struct apm_matrix *b,
		       struct apm_matrix *common);

/**
 * apm_matrix_shares_masks - has a matrix an APQN in common with two masks?
 * @matrix: the matrix
 * @apm: adapters
 * @aqm: usage domains
 * @common: may be NULL; gets the adapters and usage domains whose product is all that
 *	they have in common
 * Return: true if so
 */
bool apm_matrix_shares_masks(const struct apm_matrix *matrix,
			     const struct apm_mask *apm, const struct apm_mask *aqm,
			     struct apm_matrix *common);

/* Limits. */

/**
 * apm_limits_from_qci - the limits that PQAP(QCI) reports
 * @limits: the result
 * @apxa: the APXA facility is installed: @na and @nd are valid. Without it
 *	there are 64 adapters and 16 domains.
 * @na: highest adapter; values above 255 count as 255
 * @nd: highest domain, likewise
 */
void apm_limits_from_qci(struct apm_limits *limits, bool apxa, unsigned int na,
			 unsigned int nd);

/**
 * apm_limits_check - is each id of a matrix within the limits?
 * @limits: the limits
 * @matrix: the matrix
 * Return: 0; -ENODEV if an id is above its limit
 */
int apm_limits_check(const struct apm_limits *limits,
		     const struct apm_matrix *matrix);

/* The filter. */

/**
 * apm_filter_run - compute a guest's matrix
 * @filter: what it is a function of
 * @guest: the result
 *
 * Adapters, domains and control domains that the host does not have are left
 * out. An adapter with a queue that may not be given, in a domain that the host
 * has, is withheld as a whole. Domains are never withheld.
 */
void apm_filter_run(const struct apm_filter *filter, struct apm_matrix *guest);

/**
 * apm_filter_reason - why is an assigned APQN not in the guest?
 * @filter: what the guest's matrix is a function of
 * @guest: the result of apm_filter_run() with @filter
 * @apid: adapter, 0 to 255
 * @apqi: usage domain, 0 to 255
 * Return: APM_REASON_NONE if it is in the guest, else the first reason
 */
enum apm_reason apm_filter_reason(const struct apm_filter *filter,
				  const struct apm_matrix *guest,
				  unsigned int apid, unsigned int apqi);

/**
 * apm_reason_word - the word of a reason
 * @reason: the reason
 * Return: the word, never NULL; "" for APM_REASON_NONE and for a value that is no reason
 */
const char *apm_reason_word(enum apm_reason reason);

/**
 * apm_reason_from_word - the reason with a word
 * @word: the word; needs no NUL
 * @len: bytes
 * Return: the reason; APM_REASON_NR if there is none
 */
enum apm_reason apm_reason_from_word(const char *word, size_t len);

/* From text. @len is in bytes; the text needs no NUL. */

/**
 * apm_parse_id - one id as sysfs takes it
 * @text: decimal, 0x hexadecimal, or octal after a leading 0; an optional +
 *	before and one newline after it. Ends at a NUL or at @len.
 * @len: bytes
 * @id: the result; the caller checks for ids above 255
 * Return: 0, -EINVAL if it is not a number, -ERANGE if it does not fit
 */
int apm_parse_id(const char *text, size_t len, unsigned long *id);

/**
 * apm_parse_mask - one mask
 * @text: 1 to 64 hexadecimal digits from id 0 on, after an optional 0x or x;
 *	ids without a digit are 0
 * @len: bytes
 * @mask: the result
 * Return: 0 or -EINVAL
 */
int apm_parse_mask(const char *text, size_t len, struct apm_mask *mask);

/**
 * apm_parse_config - the text of ap_config
 * @text: adapters, domains and control domains, separated by commas or
 *	newlines, with an optional newline at the end. The control domains may
 *	be left out if the domains end with a newline. One NUL at the end is
 *	ignored.
 * @len: bytes
 * @matrix: the result
 * Return: 0, or -EINVAL for an empty field, a wrong number of fields, text
 *	after the end or anything that is not a mask
 */
int apm_parse_config(const char *text, size_t len, struct apm_matrix *matrix);

/**
 * apm_parse_list - a list of ids for people
 * @text: 1,3-5,0x10 (decimal or 0x; a number with a leading zero is refused,
 *	since the kernel and lszcrypt read it differently). If every item has a
 *	sign, +3-5,-7, the list changes the mask from left to right; if none
 *	has, it replaces it; the two cannot be mixed.
 * @len: bytes
 * @mask: changed or replaced; unchanged on an error
 * Return: 0, -EINVAL for bad syntax, -ERANGE for an id above 255 or a range
 *	that runs backwards
 */
int apm_parse_list(const char *text, size_t len, struct apm_mask *mask);

/**
 * apm_parse_apqn - an APQN as the AP bus names its queues
 * @text: 05.0004, hexadecimal without 0x
 * @len: bytes
 * @apid: the adapter
 * @apqi: the domain
 * Return: 0; -EINVAL if it is not an APQN
 */
int apm_parse_apqn(const char *text, size_t len, unsigned int *apid,
		   unsigned int *apqi);

/*
 * To text
 *
 * The apm_*_read_*() functions write the part of a text that begins at @offset
 * and fits into @size bytes, and return how many bytes that was, 0 at its end.
 * They add no NUL. So a text of any length can be read piece by piece.
 */

/**
 * apm_matrix_read_apqns - the text of matrix and guest_matrix
 * @matrix: the matrix
 * @buf: the result: lines 05.0004; lines 05. or .0004 if the other dimension is empty
 * @size: bytes that fit
 * @offset: where in the whole text @buf begins
 * Return: the bytes put into @buf; 0 at the end of the text
 */
size_t apm_matrix_read_apqns(const struct apm_matrix *matrix, char *buf,
			     size_t size, size_t offset);
/**
 * apm_matrix_read_control_domains - the text of control_domains
 * @matrix: the matrix
 * @buf: the result: lines 0004
 * @size: bytes that fit
 * @offset: where in the whole text @buf begins
 * Return: the bytes put into @buf; 0 at the end of the text
 */
size_t apm_matrix_read_control_domains(const struct apm_matrix *matrix, char *buf,
				       size_t size, size_t offset);
/**
 * apm_matrix_read_config - the text of ap_config
 * @matrix: the matrix
 * @buf: the result: three masks and a newline, APM_MATRIX_CONFIG_LEN bytes in all
 * @size: bytes that fit
 * @offset: where in the whole text @buf begins
 * Return: the bytes put into @buf; 0 at the end of the text
 */
size_t apm_matrix_read_config(const struct apm_matrix *matrix, char *buf,
			      size_t size, size_t offset);
/* The word for an APQN, or NULL for none. */
typedef const char *(*apm_word_fn)(void *ctx, unsigned int apid, unsigned int apqi);
/**
 * apm_matrix_read_words - a word for each APQN of a matrix that has one
 * @matrix: the matrix
 * @word: gives the word of an APQN
 * @ctx: passed to @word
 * @buf: the result: lines 05.0004 WORD
 * @size: bytes that fit
 * @offset: where in the whole text @buf begins
 * Return: the bytes put into @buf; 0 at the end of the text
 */
size_t apm_matrix_read_words(const struct apm_matrix *matrix, apm_word_fn word,
			     void *ctx, char *buf, size_t size, size_t offset);
/**
 * apm_filter_read_reasons - the text of reasons
 * @filter: what the guest's matrix is a function of
 * @guest: the result of apm_filter_run() with @filter
 * @buf: the result: lines 05.0004 WORD, for the assigned APQNs that @guest lacks
 * @size: bytes that fit
 * @offset: where in the whole text @buf begins
 * Return: the bytes put into @buf; 0 at the end of the text
 */
size_t apm_filter_read_reasons(const struct apm_filter *filter,
			       const struct apm_matrix *guest, char *buf,
			       size_t size, size_t offset);

/**
 * apm_mask_format - a mask as sysfs shows it
 * @mask: the mask
 * @buf: the result: exactly APM_MASK_TEXT_LEN characters, without NUL
 */
void apm_mask_format(const struct apm_mask *mask, char *buf);
/**
 * apm_apqn_format - an APQN as the AP bus names its queues
 * @apid: adapter, 0 to 255
 * @apqi: domain, 0 to 255
 * @buf: the result: exactly APM_APQN_TEXT_LEN characters, without NUL
 */
void apm_apqn_format(unsigned int apid, unsigned int apqi, char *buf);

/**
 * apm_mask_format_list - a list of ids for people
 * @mask: the ids
 * @digits: 0 for decimal (0-3,5), else hexadecimal with so many digits
 * @buf: always gets a NUL at the end; what does not fit is cut after an item
 *	and replaced by "..."
 * @size: of @buf, in bytes
 * Return: the length of the text, without the NUL
 */
size_t apm_mask_format_list(const struct apm_mask *mask, unsigned int digits,
			    char *buf, size_t size);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Replies of a card to requests.
 *
 * zcrypt must accept the replies as those of a card, so they are computed: RSA
 * in both forms, random numbers, and queries about the card and its domain. A
 * request that a card of this mode does not know gets the error reply that the
 * card would give.
 *
 * Message formats. A coprocessor takes type 6 requests: an 88 byte header, then
 * a CPRB (CCA, version 2: 220 bytes and a parameter block) or an EP11 CPRB
 * (version 4: 32 bytes and a payload in ASN.1), and answers with type 86. An
 * accelerator takes type 50 and answers with type 80. Errors are type 82 or 88.
 */
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/zcrypt.h>
#include "ap.h"
#include "reply.h"
#include "rsa.h"

#define TYPE_6		0x06
#define TYPE_50		0x50
#define TYPE_80		0x80
#define TYPE_82		0x82
#define TYPE_86		0x86
#define TYPE_88		0x88

/* Codes in error replies */
#define ERROR_MESSAGE_TYPE	0x20
#define ERROR_FORMAT		0x22
#define ERROR_LENGTH		0x80
#define ERROR_OPERAND		0x84

/* Return and reason code of a CCA verb that refuses its input */
#define CCA_RT_BAD		8
#define CCA_RS_BAD_VALUE	66
#define CCA_RS_UNKNOWN_VERB	33

/* EP11 return values */
#define EP11_NOT_SUPPORTED	0x54
#define EP11_FN_QUERY_INFO	38
#define EP11_QUERY_MODULE	1
#define EP11_QUERY_DOMAIN	3

#define TYPE6_HDR_LEN		88
#define TYPE6_FROM_LEN1		72	/* offset of: longest reply CPRB */
#define TYPE6_FROM_LEN2		76	/* offset of: longest reply data */

struct reply_hdr86 {
	u8 zero;
	u8 type;
	u8 format;
	u8 zero2;
	u8 code;
	u8 zero3[3];
	u8 zero4[4];
	u8 status[4];
	__be32 count1, offset1;
	__be32 count2, offset2;
	__be32 count3, offset3;
	__be32 count4, offset4;
} __packed;

/* A request in work */
struct job {
	u8 type;		/* of the card */
	u16 apqn;
	const u8 *req;
	size_t len;
	struct sim_msg *out;
};

static int error_reply(struct job *job, u8 type, u8 code)
{
	memset(job->out->data, 0, 8);
	job->out->data[1] = type;
	job->out->data[4] = code;
	job->out->len = 8;
	return 0;
}

/*
 * A number that depends on the queue and @salt only: each queue answers a query
 * in the same way each time, and differently from other queues.
 */
static u64 pattern(u16 apqn, u32 salt)
{
	u64 value = ((u64)apqn << 32 | salt) + 0x9e3779b97f4a7c15ULL;

	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9ULL;
	value = (value ^ value >> 27) * 0x94d049bb133111ebULL;
	return value ^ value >> 31;
}

static void fill_pattern(u8 *bytes, size_t len, u16 apqn, u32 salt)
{
	size_t i;

	for (i = 0; i < len; i++)
		bytes[i] = pattern(apqn, salt + i / 8) >> (i % 8 * 8);
}

static u16 get16(const u8 *bytes)
{
	return bytes[0] << 8 | bytes[1];
}

static u32 get32(const u8 *bytes)
{
	return (u32)get16(bytes) << 16 | get16(bytes + 2);
}

static u8 *put16(u8 *bytes, u16 value)
{
	bytes[0] = value >> 8;
	bytes[1] = value;
	return bytes + 2;
}

static u8 *put32(u8 *bytes, u32 value)
{
	return put16(put16(bytes, value >> 16), value);
}

/* ---- type 86 ---- */

static void finish86(struct job *job, u32 cprb_len, u32 data_len)
{
	struct reply_hdr86 *hdr = (struct reply_hdr86 *)job->out->data;

	memset(hdr, 0, sizeof(*hdr));
	hdr->type = TYPE_86;
	hdr->format = 2;
	hdr->count1 = cpu_to_be32(cprb_len);
	hdr->offset1 = cpu_to_be32(sizeof(*hdr));
	job->out->len = sizeof(*hdr) + cprb_len;
	/* even with no data: zcrypt of 5.10 derives the length from it */
	hdr->count2 = cpu_to_be32(data_len);
	hdr->offset2 = cpu_to_be32(job->out->len);
	job->out->len += data_len;
}

/* The CPRB of a reply starts as a copy of the request's. Returns it. */
static struct CPRBX *start_cca(struct job *job, const struct CPRBX *req)
{
	struct CPRBX *cprb = (void *)(job->out->data +
				      sizeof(struct reply_hdr86));

	*cprb = *req;
	cprb->ccp_rtcode = 0;
	cprb->ccp_rscode = 0;
	cprb->rpld_parml = 0;
	cprb->rpld_datal = 0;
	return cprb;
}

/* Ends a CCA reply with @parm_len bytes of parameters and @data_len of data */
static int finish_cca(struct job *job, struct CPRBX *cprb, u32 parm_len,
		      u32 data_len)
{
	u32 cprb_len = sizeof(*cprb) + parm_len;

	if (cprb_len > get32(job->req + TYPE6_FROM_LEN1) ||
	    data_len > get32(job->req + TYPE6_FROM_LEN2))
		return error_reply(job, TYPE_82, ERROR_LENGTH);
	cprb->rpld_parml = parm_len;
	cprb->rpld_datal = data_len;
	finish86(job, cprb_len, data_len);
	return 0;
}

/* All replies begin with the function code of the verb and no rules */
static u8 *start_parms(struct CPRBX *cprb, const u8 *parm)
{
	u8 *out = (u8 *)(cprb + 1);

	out[0] = parm[0];
	out[1] = parm[1];
	return put16(out + 2, 2);
}

static int refuse_cca(struct job *job, const struct CPRBX *req, const u8 *parm,
		      u16 reason)
{
	struct CPRBX *cprb = start_cca(job, req);
	u8 *end = start_parms(cprb, parm);

	end = put16(end, 2);
	end = put16(end, 2);
	cprb->ccp_rtcode = CCA_RT_BAD;
	cprb->ccp_rscode = reason;
	return finish_cca(job, cprb, end - (u8 *)(cprb + 1), 0);
}

/*
 * RSA verbs: after the rules come a length, the text, and the key block: its
 * length, a length, flags, the token's header and the sections.
 */
static int cca_rsa(struct job *job, const struct CPRBX *req, const u8 *parm,
		   size_t len)
{
	struct CPRBX *cprb = start_cca(job, req);
	u8 *out = start_parms(cprb, parm);
	const u8 *end = parm + len;
	const u8 *text, *section;
	struct sim_rsa_crt key;
	u16 size, exponent_len, part[6];
	int i, ret = -EINVAL;

	if (len < 4 || get16(parm + 2) > len - 4)
		goto refuse;
	text = parm + 2 + get16(parm + 2);
	if (end - text < 2 || get16(text) < 3 || get16(text) > end - text)
		goto refuse;
	size = get16(text) - 2;
	text += 2;
	section = text + size + 6 + 8;
	if (section + 12 > end)
		goto refuse;

	switch (section[0]) {
	case 0x04:	/* public: an exponent, and a modulus of the text's length */
		exponent_len = get16(section + 6);
		section += 12;
		if (exponent_len > size || get16(section - 2) != size ||
		    section + exponent_len + size > end)
			goto refuse;
		ret = sim_rsa_modexpo(text, section, exponent_len,
				      section + exponent_len, size, out + 2);
		break;
	case 0x08:	/* private: lengths at 54, the parts at 132 */
		if (section + 132 > end)
			goto refuse;
		for (i = 0; i < 6; i++)
			part[i] = get16(section + 54 + 2 * i);
		section += 132;
		key.p = section;
		key.q = key.p + part[0];
		key.dp = key.q + part[1];
		key.dq = key.dp + part[2];
		key.u = key.dq + part[3];
		if (key.u + part[4] > end || part[5] != size)
			goto refuse;
		key.p_len = part[0];
		key.q_len = part[1];
		key.dp_len = part[2];
		key.dq_len = part[3];
		key.u_len = part[4];
		ret = sim_rsa_crt(text, size, &key, out + 2);
		break;
	}
refuse:
	if (ret)
		return refuse_cca(job, req, parm, CCA_RS_BAD_VALUE);
	put16(out, size + 2);
	put16(out + 2 + size, 0);	/* no key block */
	return finish_cca(job, cprb, 4 + 2 + size + 2, 0);
}

static int cca_random(struct job *job, const struct CPRBX *req, const u8 *parm)
{
	struct CPRBX *cprb = start_cca(job, req);
	u8 *end = start_parms(cprb, parm);
	u32 len = min_t(u32, req->rpl_datal, 8192);

	get_random_bytes(end, len);
	return finish_cca(job, cprb, end - (u8 *)(cprb + 1), len);
}

/*
 * Query crypto facility: an array of eight-character words and one of bytes.
 * Serial number, then states of the master keys: new ones are empty, current
 * and old ones are valid.
 */
static int cca_query(struct job *job, const struct CPRBX *req, const u8 *parm,
		     size_t len)
{
	enum { WORDS = 16, BYTES = 256 };
	struct CPRBX *cprb = start_cca(job, req);
	u8 *end = (u8 *)(cprb + 1);
	u8 *words, *bytes;
	unsigned int i;

	if (len < 12)
		return refuse_cca(job, req, parm, CCA_RS_BAD_VALUE);
	*end++ = parm[0];
	*end++ = parm[1];
	end = put16(end, 2 + 8 * WORDS);
	words = end;
	memset(words, ' ', 8 * WORDS);
	end += 8 * WORDS;
	end = put16(end, 2 + BYTES);
	bytes = end;
	memset(bytes, 0, BYTES);
	end += BYTES;

	snprintf(words, 9, "93AA%02X%02X", job->type, SIM_APID(job->apqn));
	words[8] = ' ';
	if (!memcmp(parm + 4, "STATICSA", 8)) {
		/* states of new, current, old: asymmetric, then AES */
		for (i = 4; i < 10; i++)
			words[8 * i] = "122122"[i - 4];
		fill_pattern(bytes + 64, 16, job->apqn, 0x100);
		fill_pattern(bytes + 84, 16, job->apqn, 0x200);
		fill_pattern(bytes + 172, 8, job->apqn, 0x300);
		fill_pattern(bytes + 184, 8, job->apqn, 0x400);
	} else if (!memcmp(parm + 4, "STATICSB", 8)) {
		for (i = 10; i < 13; i++)
			words[8 * i] = "122"[i - 10];
		fill_pattern(bytes + 208, 8, job->apqn, 0x500);
		fill_pattern(bytes + 220, 8, job->apqn, 0x600);
	} else {
		return refuse_cca(job, req, parm, CCA_RS_BAD_VALUE);
	}
	return finish_cca(job, cprb, end - (u8 *)(cprb + 1), 0);
}

static int cca_reply(struct job *job)
{
	const struct CPRBX *req = (const void *)(job->req + TYPE6_HDR_LEN);
	const u8 *parm;
	size_t len;

	if (job->len < TYPE6_HDR_LEN + sizeof(*req) + 2 ||
	    req->cprb_ver_id != 2 || req->cprb_len != sizeof(*req))
		return error_reply(job, TYPE_82, ERROR_FORMAT);
	parm = (const u8 *)(req + 1);
	len = min_t(size_t, req->req_parml,
		    job->len - TYPE6_HDR_LEN - sizeof(*req));
	if (len < 2)
		return error_reply(job, TYPE_82, ERROR_FORMAT);

	switch (get16(parm)) {
	case 'P' << 8 | 'K':
	case 'P' << 8 | 'D':
		return cca_rsa(job, req, parm, len);
	case 'R' << 8 | 'L':
		return cca_random(job, req, parm);
	case 'F' << 8 | 'Q':
		return cca_query(job, req, parm, len);
	default:
		return refuse_cca(job, req, parm, CCA_RS_UNKNOWN_VERB);
	}
}

/* ---- EP11 ---- */

struct ep11_module_info {
	__be32 api, firmware;
	u8 fw_major, fw_minor, csp_major, csp_minor;
	u8 firmware_id[32], config_hash[32], csp_hash[32];
	u8 serial[16], date[16];
	__be64 op_mode;
	__be32 pkcs11_flags, ext_flags, domains;
	__be32 sizes[9];
} __packed;

struct ep11_domain_facts {
	__be32 index;
	u8 current_wk[32], new_wk[32];
	__be32 flags;
	__be64 op_mode;
} __packed;

#define EP11_OP_FIPS2021	(1ULL << 7)
#define EP11_OP_FIPS2009	1ULL
#define EP11_DOM_CURRENT_WK	0x02
#define EP11_DOM_LEFT_IMPRINT	0x10

static size_t ep11_module(const struct job *job, u8 *out)
{
	struct ep11_module_info *info = (void *)out;
	char serial[sizeof(info->serial) + 1];

	memset(info, 0, sizeof(*info));
	info->api = cpu_to_be32(4);
	info->firmware = cpu_to_be32(job->type);
	info->fw_major = 8;
	info->fw_minor = 1;
	snprintf(serial, sizeof(serial), "93AB%02X%02X        ", job->type,
		 SIM_APID(job->apqn));
	memcpy(info->serial, serial, sizeof(info->serial));
	fill_pattern(info->firmware_id, 32, job->apqn & 0xff00, 0x700);
	info->op_mode = cpu_to_be64(EP11_OP_FIPS2009 | EP11_OP_FIPS2021);
	info->domains = cpu_to_be32(85);
	return sizeof(*info);
}

static size_t ep11_domain(const struct job *job, u8 *out)
{
	struct ep11_domain_facts *info = (void *)out;

	memset(info, 0, sizeof(*info));
	info->index = cpu_to_be32(SIM_APQI(job->apqn));
	fill_pattern(info->current_wk, 32, job->apqn, 0x800);
	info->flags = cpu_to_be32(EP11_DOM_CURRENT_WK | EP11_DOM_LEFT_IMPRINT);
	info->op_mode = cpu_to_be64(EP11_OP_FIPS2009 | EP11_OP_FIPS2021);
	return sizeof(*info);
}

/* Skips tag and length of a sequence. NULL if it is not one */
static const u8 *ep11_enter(const u8 *pl, const u8 *end)
{
	if (end - pl < 4 || pl[0] != 0x30)
		return NULL;
	if (pl[1] < 0x80)
		return pl + 2;
	return pl[1] == 0x81 ? pl + 3 : pl[1] == 0x82 ? pl + 4 : NULL;
}

static u8 *ep11_put32(u8 *out, u32 value)
{
	return put32(put16(out, 0x0404), value);
}

/*
 * Payload of a request: function, domain, parameters, each a four byte octet
 * string. Payload of the reply: function, domain, return value, a result.
 */
static int ep11_reply(struct job *job)
{
	const struct ep11_cprb *req = (const void *)(job->req + TYPE6_HDR_LEN);
	struct ep11_cprb *cprb = (void *)(job->out->data +
					  sizeof(struct reply_hdr86));
	const u8 *end = job->req + job->len;
	const u8 *pl = (const u8 *)(req + 1);
	u8 *out = (u8 *)(cprb + 1) + 4;
	u32 value = EP11_NOT_SUPPORTED;
	size_t size = 0;
	u8 *result;

	if (job->len < TYPE6_HDR_LEN + sizeof(*req) || req->cprb_ver_id != 4)
		return error_reply(job, TYPE_82, ERROR_FORMAT);
	pl = ep11_enter(pl, end);
	if (!pl || end - pl < 12)
		return error_reply(job, TYPE_82, ERROR_FORMAT);

	result = out + 3 * 6 + 4;
	if ((get32(pl + 2) & 0xffff) == EP11_FN_QUERY_INFO && end - pl >= 18) {
		switch (get32(pl + 14)) {
		case EP11_QUERY_MODULE:
			size = ep11_module(job, result);
			break;
		case EP11_QUERY_DOMAIN:
			size = ep11_domain(job, result);
			break;
		}
		if (size)
			value = 0;
	}

	*cprb = *req;
	cprb->ret_code = 0;
	out = ep11_put32(out, get32(pl + 2));
	out = ep11_put32(out, get32(pl + 8));
	out = ep11_put32(out, value);
	if (size) {
		*out++ = 0x04;
		*out++ = 0x82;
		out = put16(out, size) + size;
	}
	cprb->payload_len = out - (u8 *)(cprb + 1);
	put16((u8 *)(cprb + 1), 0x3082);
	put16((u8 *)(cprb + 1) + 2, cprb->payload_len - 4);
	if (sizeof(*cprb) + cprb->payload_len >
	    get32(job->req + TYPE6_FROM_LEN1))
		return error_reply(job, TYPE_82, ERROR_LENGTH);
	finish86(job, sizeof(*cprb) + cprb->payload_len, 0);
	return 0;
}

/* ---- accelerator ---- */

/*
 * Type 50: 8 bytes of header, a key block type at 8, numbers from 16 on: three
 * of the modulus' size, or five of half of it and the message.
 */
static int accel_reply(struct job *job)
{
	u8 *out = job->out->data + 16;
	const u8 *in = job->req + 16;
	struct sim_rsa_crt key;
	size_t size, half, want;
	bool crt;
	u16 kind;
	int ret;

	if (job->len < 16)
		return error_reply(job, TYPE_88, ERROR_FORMAT);
	kind = get16(job->req + 8);
	crt = kind & 0x10;
	if ((kind & ~0x13) || !(kind & 3))
		return error_reply(job, TYPE_88, ERROR_FORMAT);
	size = 64UL << (kind & 3);
	half = size / 2;
	want = 16 + (crt ? 5 * half + size : 3 * size);
	if (job->len < want)
		return error_reply(job, TYPE_88, ERROR_LENGTH);

	if (crt) {
		key = (struct sim_rsa_crt) {
			.p = in, .q = in + half, .dp = in + 2 * half,
			.dq = in + 3 * half, .u = in + 4 * half,
			.p_len = half, .q_len = half, .dp_len = half,
			.dq_len = half, .u_len = half,
		};
		ret = sim_rsa_crt(in + 5 * half, size, &key, out);
	} else {
		ret = sim_rsa_modexpo(in + 2 * size, in, size, in + size, size, out);
	}
	if (ret)
		return error_reply(job, TYPE_88, ERROR_OPERAND);
	memset(job->out->data, 0, 16);
	job->out->data[1] = TYPE_80;
	put16(job->out->data + 2, 16 + size);
	job->out->len = 16 + size;
	return 0;
}

/*
 * The reply of a card of this mode and type to @request, as a new message.
 * NULL if there is no memory. May sleep.
 */
struct sim_msg *sim_reply(enum sim_mode mode, u8 type, u16 apqn,
			  const struct sim_msg *request)
{
	struct job job = {
		.type = type,
		.apqn = apqn,
		.req = request->data,
		.len = request->len,
	};

	/* the largest reply of the functions above is smaller */
	job.out = kzalloc(sizeof(*job.out) + 16384, GFP_KERNEL);
	if (!job.out)
		return NULL;
	job.out->bufsize = 16384;

	if (job.len < 2)
		error_reply(&job, TYPE_82, ERROR_LENGTH);
	else if (mode == SIM_MODE_CCA && job.req[1] == TYPE_6)
		cca_reply(&job);
	else if (mode == SIM_MODE_EP11 && job.req[1] == TYPE_6)
		ep11_reply(&job);
	else if (mode == SIM_MODE_ACCEL && job.req[1] == TYPE_50)
		accel_reply(&job);
	else
		error_reply(&job, TYPE_82, ERROR_MESSAGE_TYPE);
	return job.out;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * KVM's own record of a guest's CRYCB. See crycb.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "crycb.h"
#include "io.h"

#define DBF "/sys/kernel/debug/s390dbf/kvm-%d"

/* A log of this many updates is emptied: each look at it reads all of it. */
#define TRIM_AT 16

static char text[1 << 19];

void crycb_init(struct crycb *crycb, pid_t tid)
{
	memset(crycb, 0, sizeof(*crycb));
	crycb->tid = tid;
}

static int parse_words(const char *at, struct apm_mask *mask)
{
	return sscanf(at, "%lx %lx %lx %lx", &mask->word[0], &mask->word[1],
		      &mask->word[2], &mask->word[3]) == 4 ? 0 : -EBADMSG;
}

int crycb_follow(struct crycb *crycb,
		 void (*fn)(void *ctx, const struct apm_matrix *masks), void *ctx)
{
	static const char *const name[APM_DIM_NR] = { "apm ", "aqm ", "adm " };
	struct apm_matrix masks = { 0 };
	unsigned int dim, nr = 0;
	char *at = text, *line;
	int ret = io_read(text, sizeof(text), DBF "/sprintf", crycb->tid);

	if (ret < 0)
		return ret;
	while ((line = io_line(&at))) {
		char *record = strstr(line, " CRYCB:");

		if (!record)
			continue;
		if (!strncmp(record - 3, "CLR", 3)) {
			memset(&masks, 0, sizeof(masks));
			dim = APM_DIM_NR;
		} else {
			record += strlen(" CRYCB: ");
			for (dim = 0; dim < APM_DIM_NR; dim++) {
				if (!strncmp(record, name[dim], 4))
					break;
			}
			if (dim == APM_DIM_NR || parse_words(record + 4, &masks.dim[dim]))
				return -EBADMSG;
		}
		/* one push is three records, the control domains come last */
		if (dim < APM_DIM_CONTROL_DOMAIN || nr++ < crycb->seen)
			continue;
		crycb->now = masks;
		crycb->pushes++;
		if (fn)
			fn(ctx, &masks);
	}
	if (nr < crycb->seen)
		return -EBADMSG;
	crycb->seen = nr;
	return 0;
}

int crycb_trim(struct crycb *crycb)
{
	int ret;

	if (crycb->seen < TRIM_AT)
		return 0;
	ret = io_put("-", DBF "/flush", crycb->tid);
	if (!ret)
		crycb->seen = 0;
	return ret;
}

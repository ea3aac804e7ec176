// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Ultravisor, as far as it is simulated: it pins shared pages of a protected guest, and
 * it lets KVM wait, with the lock of the VM held, when a guest is to become a protected one.
 * It never makes one.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <asm/uv.h>
#include "lock.h"
#include "log.h"
#include "pages.h"
#include "patch.h"
#include "uv.h"

#define RC_EXECUTED	1
#define RC_REFUSED	0x0100
#define CC_EXECUTED	0
#define CC_FAILED	1
#define CC_BUSY		2	/* KVM issues the instruction again, for as long as it takes */

static bool busy;		/* under sim_lock */

static int pin_shared(struct uv_cb_cfs *cb)
{
	if (sim_page_share(cb->paddr)) {
		cb->header.rc = RC_EXECUTED;
		return CC_EXECUTED;
	}
	cb->header.rc = RC_REFUSED;
	return CC_FAILED;
}

static int create_configuration(struct uv_cb_header *header)
{
	sim_uv_creates++;
	if (busy)
		return CC_BUSY;
	header->rc = RC_REFUSED;
	return CC_FAILED;
}

/*
 * An Ultravisor call with the control block at this address. Returns the condition code, or
 * -1: not a call that is known.
 */
int sim_uv_call(u64 block)
{
	struct uv_cb_header *header = (struct uv_cb_header *)block;
	unsigned long flags;
	int cc = -1;

	raw_spin_lock_irqsave(&sim_lock, flags);
	if (header->cmd == UVC_CMD_PIN_PAGE_SHARED)
		cc = pin_shared((struct uv_cb_cfs *)block);
	else if (header->cmd == UVC_CMD_CREATE_SEC_CONF)
		cc = create_configuration(header);
	raw_spin_unlock_irqrestore(&sim_lock, flags);
	return cc;
}

/* From now on the Ultravisor executes no call to create a configuration, or refuses it */
void sim_uv_busy(bool on)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&sim_lock, flags);
	busy = on;
	raw_spin_unlock_irqrestore(&sim_lock, flags);
}

/*
 * From now on KVM finds an Ultravisor, or none, when KVM_S390_PV_COMMAND is called. What KVM
 * allocates for a protected guest is a page. 0 or -ENOENT.
 */
int sim_uv_host(bool on)
{
	struct uv_info *info = (struct uv_info *)sim_symbol("uv_info");
	int *host = (int *)sim_symbol("prot_virt_host");
	unsigned long size = on ? PAGE_SIZE : 0;
	int value = on;

	if (!info || !host)
		return -ENOENT;
	sim_patch_data(&info->guest_base_stor_len, &size, sizeof(size));
	sim_patch_data(&info->guest_virt_base_stor_len, &size, sizeof(size));
	sim_patch_data(host, &value, sizeof(value));
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uv_pin_shared() for kernels that have it but do not export it.
 */
#ifndef VAP_COMPAT_ASM_UV_H
#define VAP_COMPAT_ASM_UV_H

#include_next <asm/uv.h>

/* The kernel reads this header for the module's own .mod.c, too, without our facts. */
#if defined(VAP_COMPAT_H) && !VAP_HAS_UV_PIN_SHARED
/*
 * Have the ultravisor pin a page that a protected guest shares: 0, or -EINVAL
 * if the guest does not share it.
 */
static inline int vap_uv_pin_shared(unsigned long paddr)
{
	struct uv_cb_cfs request = {
		.header.cmd = UVC_CMD_PIN_PAGE_SHARED,
		.header.len = sizeof(request),
		.paddr = paddr,
	};

	return uv_call(0, (u64)&request) ? -EINVAL : 0;
}

#define uv_pin_shared(paddr)	vap_uv_pin_shared(paddr)
#endif

#endif

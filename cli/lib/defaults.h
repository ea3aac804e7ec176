/* SPDX-License-Identifier: GPL-2.0-only */
/* Defaults of options, for the code and for the help. */
#ifndef APM_DEFAULTS_H
#define APM_DEFAULTS_H

/* The number of a macro as text, for messages: AS_TEXT(LOCK_TIMEOUT_S) */
#define AS_TEXT(number)		AS_TEXT_OF(number)
#define AS_TEXT_OF(number)	#number

#define LOCK_TIMEOUT_S		10	/* --lock-timeout */
#define BOOT_TIMEOUT_S		60	/* --timeout of restore --boot */
#define POLL_S			2	/* --poll, where the kernel reports no changes */

#endif

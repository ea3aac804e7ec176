/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: a plan file, the wanted state of a host. Reading is strict: an unknown key is
 * an error.
 *
 *	{
 *	  "api_level": 1,
 *	  "pool": { "adapters": ["5-7"], "domains": [], "queues": ["0a.00ab"] },
 *	  "matrices": [ {
 *	    "name": "web1", "start": "auto",
 *	    "adapters": ["5-7"], "domains": ["0xab"], "control_domains": "same"
 *	  } ]
 *	}
 */
#ifndef APM_PLAN_FILE_H
#define APM_PLAN_FILE_H

#include "core/wanted.h"

/*
 * Text of len bytes, not NUL-terminated. false and a complaint with line and
 * column if it is no plan; file is empty then. selected is the name of one of
 * several configurations, or NULL: the file's default.
 */
bool plan_file_parse(const char *text, size_t len, const char *selected,
		     struct plan_file *file, struct complaint *complaint);

#endif

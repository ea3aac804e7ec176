/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The columns of queues, once: X(name, key, heading, kind). The command, --columns, --sort
 * and completion read this list. Those from REQUESTS on are shown only if they are asked for.
 */
#ifndef APM_QUEUE_COLUMNS_H
#define APM_QUEUE_COLUMNS_H

#define QUEUE_COLUMNS(X)				\
	X(APQN, "apqn", "QUEUE", TEXT)			\
	X(TYPE, "type", "TYPE", TEXT)			\
	X(MODE, "mode", "MODE", TEXT)			\
	X(DRIVER, "driver", "DRIVER", TEXT)		\
	X(STATUS, "status", "STATUS", TEXT)		\
	X(OWNER, "matrix", "MATRIX", TEXT)		\
	X(REASON, "reason", "REASON", TEXT)		\
	X(REQUESTS, "requests", "REQUESTS", NUMBER)	\
	X(PENDING, "pending", "PENDING", NUMBER)	\
	X(FUNCTIONS, "functions", "FUNCTIONS", TEXT)	\
	X(KEYS, "mkvp", "MKVP", TEXT)

/* Their keys, separated by |. */
#define QUEUE_COLUMN_WORD(name, key, heading, kind)	"|" key
#define QUEUE_COLUMN_WORDS	(&(QUEUE_COLUMNS(QUEUE_COLUMN_WORD))[1])

#endif

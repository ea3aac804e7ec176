/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Records for the journal of systemd, by its native protocol: a datagram of fields
 * to a socket below the root, or a sealed memory file if it is too long for that.
 */
#ifndef APM_JOURNALD_H
#define APM_JOURNALD_H

#include "host/sysfs.h"

/* As in syslog(3). */
#define JOURNALD_ERR		3
#define JOURNALD_WARNING	4
#define JOURNALD_NOTICE		5
#define JOURNALD_INFO		6

/*
 * One field: the name in upper case, and any text, also with line ends. NULL adds
 * nothing. A name can occur more than once.
 */
void journald_field(struct text *record, const char *name, const char *value);
/*
 * Hands the record over. 0, -ENOENT or -ECONNREFUSED where there is no journal, or
 * another errno value. It waits for a busy journal, for two seconds at most.
 */
int journald_send(const struct sysfs *fs, const struct text *record);

#endif

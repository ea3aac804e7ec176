/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: definitions as mdevctl prints them. One matrix is an object, as
 * in mdevctl's own files; several are what mdevctl list --dumpjson prints:
 *
 *	[ { "matrix": [ { "UUID": { "mdev_type": ..., "start": ..., "attrs": ... } } ] } ]
 */
#ifndef APM_IMPORT_FILE_H
#define APM_IMPORT_FILE_H

#include "core/model.h"

/*
 * Adds what a text of len bytes (not NUL-terminated) defines to a snapshot.
 * uuid is that of a text with one object, or "" if unknown. Devices of other
 * parents are skipped and counted. Returns false and a complaint with line and
 * column if the text is not valid; the snapshot may then hold a part.
 */
bool import_parse(const char *text, size_t len, const char *uuid,
		  struct snapshot *into, size_t *others,
		  struct complaint *complaint);

#endif

// SPDX-License-Identifier: GPL-2.0-only
/* libvirt's XML of a guest: what is found in it is a uuid. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/libvirt.h"
#include "lib/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char uuid[UUID_LEN + 1], again[UUID_LEN + 1];
	char *xml = malloc(size + 1);

	memcpy(xml, data, size);
	xml[size] = '\0';
	if (libvirt_matrix(xml, uuid) &&
	    (!parse_uuid(uuid, again) || strcmp(uuid, again)))
		abort();
	free(xml);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/* What comes from the socket of the kernel's messages. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/uevent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size ? size : 1);
	struct uevent event;

	memcpy(text, data, size);
	if (!uevent_parse(text, size, &event)) {
		if (event.kind != UEVENT_OTHER)
			abort();
	} else if (!*event.action || event.apid > 255 || event.apqi > 255 ||
		   (event.kind == UEVENT_MATRIX && strlen(event.uuid) != UUID_LEN) ||
		   (event.has_guest && event.kind != UEVENT_MATRIX)) {
		abort();
	}
	free(text);
	return 0;
}

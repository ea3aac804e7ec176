// SPDX-License-Identifier: GPL-2.0-only
/* From a guest's XML to its matrix. See libvirt.h. */
#include <string.h>

#include "format/libvirt.h"
#include "lib/parse.h"

/* uuid='...' or uuid="..." in at to end */
static bool find_uuid(const char *at, const char *end, char *uuid)
{
	static const char word[] = " uuid=";
	const size_t len = sizeof(word) - 1;
	char text[UUID_LEN + 1] = "";

	while ((at = memmem(at, (size_t)(end - at), word, len))) {
		at += len;
		if (end - at < UUID_LEN + 2)
			return false;
		memcpy(text, at + 1, UUID_LEN);
		if ((*at == '\'' || *at == '"') && at[UUID_LEN + 1] == *at &&
		    parse_uuid(text, uuid))
			return true;
	}
	return false;
}

bool libvirt_matrix(const char *xml, char *uuid)
{
	static const char model[] = "vfio-ap";
	const char *at = xml, *end;

	while ((at = strstr(at, "<hostdev"))) {
		end = strstr(at, "</hostdev>");
		if (!end)
			end = at + strlen(at);
		if (memmem(at, (size_t)(end - at), model, sizeof(model) - 1) &&
		    find_uuid(at, end, uuid))
			return true;
		at = end;
	}
	return false;
}

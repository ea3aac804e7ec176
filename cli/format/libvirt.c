// SPDX-License-Identifier: GPL-2.0-only
/* From a guest's XML to its matrix. See libvirt.h. */
#include <ctype.h>
#include <string.h>

#include "format/libvirt.h"
#include "lib/parse.h"

/* Where a construct that is no element ends; NULL if at is none. */
static const char *skip_other(const char *at)
{
	static const char *const marks[][2] = {
		{ "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" }, { "<!", ">" },
	};
	unsigned int i;

	for (i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t len = strlen(marks[i][0]);
		const char *end;

		if (strncmp(at, marks[i][0], len))
			continue;
		end = strstr(at + len, marks[i][1]);
		return end ? end + strlen(marks[i][1]) : at + strlen(at);
	}
	return NULL;
}

/* The end of a tag: a > that is in no attribute's value. */
static const char *tag_end(const char *at)
{
	char quote = '\0';

	for (; *at && (quote || *at != '>'); at++) {
		if (quote ? *at == quote : *at == '"' || *at == '\'')
			quote = quote ? '\0' : *at;
	}
	return at;
}

/* The value of an attribute in a tag, its length; NULL if it has none. */
static const char *attribute(const char *tag, const char *end, const char *name,
			     size_t *len)
{
	size_t name_len = strlen(name);

	while (tag < end) {
		const char *value = memchr(tag, '=', (size_t)(end - tag)), *stop, *key;

		if (!value)
			return NULL;
		key = value;
		while (key > tag && isspace((unsigned char)key[-1]))
			key--;
		for (value++; value < end && isspace((unsigned char)*value); value++)
			;
		if (value >= end || (*value != '"' && *value != '\''))
			return NULL;
		stop = memchr(value + 1, *value, (size_t)(end - value - 1));
		if (!stop)
			return NULL;
		if ((size_t)(key - tag) > name_len &&
		    isspace((unsigned char)*(key - name_len - 1)) &&
		    !memcmp(key - name_len, name, name_len)) {
			*len = (size_t)(stop - value - 1);
			return value + 1;
		}
		tag = stop + 1;
	}
	return NULL;
}

static bool is_tag(const char *at, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(at, name, len) && strchr(" \t\r\n/>", at[len]);
}

static bool has_value(const char *tag, const char *end, const char *name,
		      const char *wanted)
{
	size_t len;
	const char *value = attribute(tag, end, name, &len);

	return value && len == strlen(wanted) && !memcmp(value, wanted, len);
}

bool libvirt_matrix(const char *xml, char *uuid)
{
	char text[UUID_LEN + 1] = "";
	bool inside = false;	/* of a hostdev that is a matrix */
	const char *at = xml, *end, *value, *next;
	size_t len;

	while ((at = strchr(at, '<'))) {
		next = skip_other(at);
		if (next) {
			at = next;
			continue;
		}
		end = tag_end(at);
		if (is_tag(at, "<hostdev"))
			inside = has_value(at, end, "model", "vfio-ap");
		else if (is_tag(at, "</hostdev"))
			inside = false;
		else if (inside && is_tag(at, "<address") &&
			 (value = attribute(at, end, "uuid", &len)) && len == UUID_LEN) {
			memcpy(text, value, UUID_LEN);
			if (parse_uuid(text, uuid))
				return true;
		}
		at = end;
	}
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
/* Pure: uevents of the kernel. See uevent.h. */
#include <string.h>

#include "format/uevent.h"
#include "lib/sysfs-names.h"

/* Device paths in uevents have no /sys. */
#define SYS		"/sys"

struct slice {
	const char *at;
	size_t len;
};

/* The rest behind a prefix, or nothing. */
static bool skip(struct slice *slice, const char *prefix)
{
	size_t len = strlen(prefix);

	if (slice->len < len || memcmp(slice->at, prefix, len))
		return false;
	slice->at += len;
	slice->len -= len;
	return true;
}

static bool slice_is(struct slice slice, const char *text)
{
	return slice.len == strlen(text) && !memcmp(slice.at, text, slice.len);
}

/* The next string of the message, without its NUL; false at the end. */
static bool next_string(struct slice *rest, struct slice *string)
{
	const char *end;

	if (!rest->len)
		return false;
	end = memchr(rest->at, '\0', rest->len);
	*string = (struct slice){ rest->at, end ? (size_t)(end - rest->at) :
						  rest->len };
	rest->at += string->len + (end ? 1 : 0);
	rest->len -= string->len + (end ? 1 : 0);
	return true;
}

static void classify_ap(struct slice path, struct uevent *event)
{
	struct slice card;
	const char *slash;
	unsigned int apid, apqi;

	if (!path.len) {
		event->kind = UEVENT_BUS;
		return;
	}
	if (!skip(&path, "/card"))
		return;
	slash = memchr(path.at, '/', path.len);
	card = (struct slice){ path.at, slash ? (size_t)(slash - path.at) : path.len };
	if (!slash) {
		char apqn[APM_APQN_TEXT_LEN];

		/* two digits, as in a queue's name */
		if (card.len != 2)
			return;
		memcpy(apqn, card.at, 2);
		memcpy(apqn + 2, ".0000", 5);
		if (apm_parse_apqn(apqn, sizeof(apqn), &apid, &apqi))
			return;
		event->kind = UEVENT_CARD;
		event->apid = apid;
		return;
	}
	if (apm_parse_apqn(slash + 1, path.len - card.len - 1, &apid, &apqi))
		return;
	event->kind = UEVENT_QUEUE;
	event->apid = apid;
	event->apqi = apqi;
}

static void classify_matrix(struct slice path, struct uevent *event)
{
	char text[UUID_LEN + 1] = "";

	event->kind = UEVENT_MODULE;
	if (path.len != UUID_LEN + 1 || !skip(&path, "/"))
		return;
	memcpy(text, path.at, UUID_LEN);
	if (parse_uuid(text, event->uuid))
		event->kind = UEVENT_MATRIX;
}

static void classify(struct slice path, struct uevent *event)
{
	if (skip(&path, DEVICES_AP + strlen(SYS)))
		classify_ap(path, event);
	else if (skip(&path, MATRIX_DEVICE + strlen(SYS)))
		classify_matrix(path, event);
	else if (slice_is(path, MODULE_DIR "/vfio_ap" + strlen(SYS)) ||
		 slice_is(path, DRIVER_VFIO_AP_DIR + strlen(SYS)))
		event->kind = UEVENT_MODULE;
}

bool uevent_parse(const char *text, size_t len, struct uevent *event)
{
	struct slice rest = { text, len }, string;
	const char *at;

	*event = (struct uevent){ .kind = UEVENT_OTHER };
	if (!next_string(&rest, &string))
		return false;
	at = memchr(string.at, '@', string.len);
	if (!at || at == string.at ||
	    (size_t)(at - string.at) >= sizeof(event->action))
		return false;
	memcpy(event->action, string.at, (size_t)(at - string.at));
	string.len -= (size_t)(at + 1 - string.at);
	string.at = at + 1;
	if (!string.len || *string.at != '/')
		return false;
	classify(string, event);
	while (event->kind == UEVENT_MATRIX && next_string(&rest, &string)) {
		if (skip(&string, EVENT_GUEST_MATRIX "="))
			event->has_guest = !apm_parse_config(string.at, string.len,
							    &event->guest);
	}
	return true;
}

// SPDX-License-Identifier: GPL-2.0-only
/* The configuration of the tool. See config.h. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/config.h"
#include "lib/paths.h"

static char *trim(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isspace((unsigned char)end[-1]))
		*--end = '\0';
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

static bool take_stock_module(const char *value, struct config *config)
{
	static const char *const words[] = {
		[STOCK_START] = "start",
		[STOCK_REFUSE] = "refuse",
		[STOCK_ACCEPT] = "accept",
	};
	enum stock_module word;

	for (word = STOCK_START; word <= STOCK_ACCEPT; word++) {
		if (!str_is(value, words[word]))
			continue;
		config->stock_module = word;
		return true;
	}
	return false;
}

static char *take_line(char *line, struct config *config)
{
	char *comment = strchr(line, '#'), *value;

	if (comment)
		*comment = '\0';
	line = trim(line);
	if (!*line)
		return NULL;
	value = strchr(line, '=');
	if (!value)
		return xasprintf("no = in \"%s\"", line);
	*value++ = '\0';
	line = trim(line);
	value = trim(value);
	if (!str_is(line, "stock-module"))
		return xasprintf("unknown key \"%s\"", line);
	if (!take_stock_module(value, config))
		return xasprintf("stock-module is \"%s\", which is not start, refuse or accept",
				 value);
	return NULL;
}

bool config_read(struct sysfs *fs, struct config *config, struct complaint *complaint)
{
	struct text text = { 0 };
	char *line, *rest = NULL;
	unsigned int number = 0;
	int ret;

	*config = (struct config){ 0 };
	ret = sysfs_read(fs, CONFIG_FILE, &text);
	if (ret < 0 && ret != -ENOENT)
		complaint->message = xasprintf("cannot read " CONFIG_FILE ": %s", strerror(-ret));
	if (ret >= 0)
		rest = text_steal(&text);
	for (line = rest; line && !complaint->message; ) {
		char *next = strchr(line, '\n'), *wrong;

		if (next)
			*next++ = '\0';
		number++;
		wrong = take_line(line, config);
		if (wrong)
			complaint->message = xasprintf(CONFIG_FILE ":%u: %s", number, wrong);
		free(wrong);
		line = next;
	}
	free(rest);
	text_free(&text);
	return !complaint->message;
}

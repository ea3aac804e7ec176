// SPDX-License-Identifier: GPL-2.0-only
/*
 * The simulated AP hardware, through its debugfs files. See hw.h.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hw.h"
#include "io.h"
#include "text.h"

#define SIM "/sys/kernel/debug/aphwsim"

#define HISTORY	32	/* instructions on one queue */

static char text[1 << 17];

int hw_control(const char *fmt, ...)
{
	char command[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	return io_put(command, SIM "/control");
}

/* The word after `key=` in a line; "" if there is none. */
static const char *value(const char *line, const char *key)
{
	static char word[40];
	const char *at = line;
	size_t len = strlen(key);

	word[0] = '\0';
	while ((at = strstr(at, key))) {
		if ((at == line || at[-1] == ' ') && at[len] == '=') {
			snprintf(word, sizeof(word), "%.*s",
				 (int)strcspn(at + len + 1, " \n"), at + len + 1);
			break;
		}
		at++;
	}
	return word;
}

static enum hw_owner owner(const char *word)
{
	if (!strncmp(word, "host", 4))
		return HW_HOST;
	return !strncmp(word, "guest", 5) ? HW_GUEST : HW_NOBODY;
}

int hw_queues(struct hw_queue queues[MODEL_IDS][MODEL_IDS])
{
	unsigned int apid, apqi;
	char *at = text, *line;
	const char *word;
	int ret;

	memset(queues, 0, MODEL_IDS * sizeof(queues[0]));
	ret = io_read(text, sizeof(text), SIM "/queues");
	if (ret < 0)
		return ret;
	while ((line = io_line(&at))) {
		struct hw_queue *queue;

		if (text_parse_apqn(line, strcspn(line, " "), &apid, &apqi))
			return -EBADMSG;
		if (apid >= MODEL_IDS || apqi >= MODEL_IDS)
			continue;
		queue = &queues[apid][apqi];
		queue->exists = true;
		queue->resetting = !strcmp(value(line, "state"), "reset");
		queue->busy = !strcmp(value(line, "state"), "busy");
		queue->irq = owner(value(line, "irq"));
		queue->gisa = strtoull(value(line, "gisa"), NULL, 16);
		word = value(line, "taint");
		queue->taint = owner(word);
		if (queue->taint == HW_GUEST)
			queue->taint_guest = (unsigned int)atoi(word + strlen("guest:"));
	}
	return 0;
}

int hw_oracle(struct hw_oracle *oracle)
{
	char *at = text, *line;
	int ret = io_read(text, sizeof(text), SIM "/oracle");

	memset(oracle, 0, sizeof(*oracle));
	if (ret < 0)
		return ret;
	while ((line = io_line(&at))) {
		if (sscanf(line, "entries %lu", &oracle->entries) == 1 ||
		    sscanf(line, "instructions %lu", &oracle->instructions) == 1 ||
		    sscanf(line, "transfers %lu", &oracle->transfers) == 1 ||
		    sscanf(line, "findings %lu", &oracle->findings) == 1)
			continue;
		/* the number of each kind comes before their sum, which has none of the bus */
		if (oracle->findings && !oracle->first[0] && strncmp(line, "bus ", 4))
			snprintf(oracle->first, sizeof(oracle->first), "%s", line);
	}
	return 0;
}

int hw_oracle_clear(void)
{
	return io_put("clear", SIM "/oracle");
}

unsigned int hw_newest_guest(void)
{
	unsigned int newest = 0;
	char *at = text, *line;

	if (io_read(text, sizeof(text), SIM "/guests") < 0)
		return 0;
	while ((line = io_line(&at))) {
		unsigned int id = (unsigned int)atoi(line);

		/* without entries, it only got masks */
		if (id > newest && !strstr(line, " entries=0 "))
			newest = id;
	}
	return newest;
}

uint64_t hw_gisa(unsigned int id)
{
	char *at = text, *line;

	if (io_read(text, sizeof(text), SIM "/guests") < 0)
		return 0;
	while ((line = io_line(&at))) {
		if ((unsigned int)atoi(line) == id)
			return strtoull(value(line, "gisa"), NULL, 16);
	}
	return 0;
}

void hw_add_history(unsigned int apid, unsigned int apqi, char *text, size_t size)
{
	char apqn[20], lines[HISTORY][120], line[sizeof(lines[0])];
	unsigned int nr = 0, i;
	FILE *log = fopen(SIM "/log", "r");

	if (!log)
		return;
	snprintf(apqn, sizeof(apqn), " %02x.%04x ", apid, apqi);
	while (fgets(line, sizeof(line), log))
		if (strstr(line, apqn))
			strcpy(lines[nr++ % HISTORY], line);
	fclose(log);
	for (i = nr > HISTORY ? nr - HISTORY : 0; i < nr; i++) {
		size_t len = strlen(text);

		snprintf(text + len, size - len, "\n    %.*s",
			 (int)strcspn(lines[i % HISTORY], "\n"), lines[i % HISTORY]);
	}
}

long hw_zeroized(const struct apm_matrix *matrix)
{
	int ret = io_read(text, sizeof(text), SIM "/counters");
	unsigned int apid, apqi;
	char *at = text, *line;
	long sum = 0;

	if (ret < 0)
		return ret;
	while ((line = io_line(&at))) {
		if (!text_parse_apqn(line, strcspn(line, " "), &apid, &apqi) &&
		    apm_matrix_has(matrix, apid, apqi))
			sum += atol(value(line, "zapq"));
	}
	return sum;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a run tells. See story.h.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lab_vmm.h"
#include "story.h"
#include "world.h"

#define LAST_EVENTS 30

struct event {
	unsigned long nr;
	char text[400];
};

static struct event ring[LAST_EVENTS];
static unsigned long nr_events;
static bool verbose;

static bool failed;
static unsigned long failed_event;
static char what[200], wanted[4000], got[4000];

static struct event *now(void)
{
	return &ring[(nr_events + LAST_EVENTS - 1) % LAST_EVENTS];
}

static void print_event(const struct event *event)
{
	printf("%7lu  %s\n", event->nr, event->text);
}

void story_begin(const struct world *world)
{
	verbose = world->verbose;
	if (verbose && nr_events)
		print_event(now());
	nr_events++;
	now()->nr = world->event;
	now()->text[0] = '\0';
}

void story_add(const char *fmt, ...)
{
	struct event *event = now();
	size_t len = strlen(event->text);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(event->text + len, sizeof(event->text) - len, fmt, ap);
	va_end(ap);
}

void story_wrong(const char *w, const char *want, const char *have)
{
	if (failed)
		return;
	failed = true;
	failed_event = now()->nr;
	snprintf(what, sizeof(what), "%s", w);
	snprintf(wanted, sizeof(wanted), "%s", want);
	snprintf(got, sizeof(got), "%s", have);
}

static const char *errno_word(int ret)
{
	return ret < 0 ? lab_vmm_errno_name(ret) : "success";
}

/* shows: I23 */
void story_expect(const char *w, int want, int have)
{
	char name[40];

	story_add(" = %s", errno_word(have));
	if (want == have)
		return;
	snprintf(name, sizeof(name), "%s", errno_word(want));
	story_wrong(w, name, errno_word(have));
}

bool story_failed(void)
{
	return failed;
}

const char *story_what(void)
{
	return what;
}

void story_clear(void)
{
	nr_events = 0;
	failed = false;
	what[0] = wanted[0] = got[0] = '\0';
}

/* Indented, so that texts of several lines stand out. */
static void print_text(const char *name, const char *text)
{
	const char *end;

	printf("  %s:", name);
	if (!strchr(text, '\n')) {
		printf(" %s\n", *text ? text : "(nothing)");
		return;
	}
	putchar('\n');
	for (; *text; text = end + (*end == '\n')) {
		end = text + strcspn(text, "\n");
		printf("    %.*s\n", (int)(end - text), text);
	}
}

void story_print(const struct world *world)
{
	unsigned long i, from = nr_events > LAST_EVENTS ? nr_events - LAST_EVENTS : 0;

	if (failed)
		printf("seed %lu event %lu: %s\n", (unsigned long)world->seed, failed_event, what);
	print_text("expected", wanted);
	print_text("got", got);
	printf("  the last events:\n");
	for (i = from; i < nr_events; i++)
		print_event(&ring[i % LAST_EVENTS]);
	printf("  again: --seed %lu --until %lu --verbose\n", (unsigned long)world->seed,
	       failed_event);
	fflush(stdout);
}

// SPDX-License-Identifier: GPL-2.0-only
/* What a change is about to do, on disk. See journal.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "change/journal.h"
#include "lib/paths.h"

#define PREPARED	"/journal.json"
#define COMMITTED	"/committed.json"

/* out */

static json_t *state(bool active, const struct apm_matrix *content)
{
	char config[APM_MATRIX_CONFIG_LEN];
	size_t len;

	if (!active)
		return json_null();
	len = apm_matrix_read_config(content, config, sizeof(config), 0);
	return json_stringn(config, len - 1);
}

static json_t *masks(const struct apm_mask *apmask, const struct apm_mask *aqmask)
{
	char ap[APM_MASK_TEXT_LEN + 1] = "", aq[APM_MASK_TEXT_LEN + 1] = "";

	apm_mask_format(apmask, ap);
	apm_mask_format(aqmask, aq);
	return json_pack("[ss]", ap, aq);
}

static json_t *matrices(const struct snapshot *snap, const struct targets *targets)
{
	static const struct matrix none;
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < targets->nr; i++) {
		const struct target *target = &targets->at[i];
		const struct matrix *matrix = snapshot_find(snap, target->uuid);

		if (!matrix)
			matrix = &none;
		json_array_append_new(list, json_pack("{ss so so}", "uuid", target->uuid,
						      "was", state(matrix->active,
								   &matrix->assigned),
						      "to_be", state(target->active,
								     &target->assigned)));
	}
	return list;
}

static json_t *overrides(const struct override *at, size_t nr)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < nr; i++) {
		json_t *item = json_pack("[iib]", at[i].apid, at[i].apqi, at[i].reserve);

		if (*at[i].other)
			json_array_append_new(item, json_string(at[i].other));
		json_array_append_new(list, item);
	}
	return list;
}

static json_t *files(const struct staged *staged)
{
	size_t i, root = strlen(staged->root);
	json_t *list = json_array();

	for (i = 0; i < staged->nr; i++)
		json_array_append_new(list, json_pack("{ss ss?}", "path",
						      staged->at[i].path + root, "staged",
						      staged->at[i].temporary ?
						      staged->at[i].temporary + root : NULL));
	return list;
}

static json_t *describe(const struct snapshot *snap, const struct targets *targets,
		    const struct staged *staged, const char *command)
{
	const struct host_target *host = &targets->host;
	json_t *json = json_pack("{ss si so so so}", "command", command,
				 "pid", (int)getpid(), "matrices", matrices(snap, targets),
				 "overrides", overrides(host->overrides, host->nr_overrides),
				 "files", files(staged));

	if (host->touch_masks) {
		json_object_set_new(json, "was", masks(&snap->host.apmask,
						       &snap->host.aqmask));
		json_object_set_new(json, "to_be", masks(&host->apmask, &host->aqmask));
	}
	return json;
}

static char *take_text(json_t *json)
{
	char *text = json_dumps(json, JSON_INDENT(2));

	json_decref(json);
	return text;
}

/* the record of a change */

/* The content of a file; null if there is none, true if it is not valid UTF-8. */
static json_t *content(const char *path, bool link)
{
	int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	struct text text = { 0 };
	char chunk[4096];
	json_t *json;
	ssize_t len;

	if (fd < 0 && !link)
		return json_null();
	if (link) {
		if (fd >= 0)
			close(fd);
		len = path ? readlink(path, chunk, sizeof(chunk)) : -1;
		return len < 0 ? json_null() : json_stringn(chunk, (size_t)len);
	}
	while ((len = read(fd, chunk, sizeof(chunk))) > 0)
		text_addn(&text, chunk, (size_t)len);
	close(fd);
	json = json_stringn(text_str(&text), text.len);
	text_free(&text);
	return json ? json : json_true();
}

static bool is_link(const char *path)
{
	struct stat info;

	return !lstat(path, &info) && S_ISLNK(info.st_mode);
}

static json_t *contents(const struct staged *staged)
{
	size_t i, root = strlen(staged->root);
	json_t *list = json_array();

	for (i = 0; i < staged->nr; i++) {
		const struct staged_file *file = &staged->at[i];
		bool link = is_link(file->temporary ? file->temporary : file->path);

		json_array_append_new(list, json_pack("{ss sb so so}", "path",
						      file->path + root, "link", link,
						      "was", content(file->path, link),
						      "is", content(file->temporary, link)));
	}
	return list;
}

/* Entries of the same key become one: what it was first, what it is last. */
static void merge_list(json_t *list, const json_t *earlier, const char *key,
		       const char *last)
{
	json_t *old, *now, *both = json_array();
	size_t i, j;

	json_array_foreach(earlier, i, old) {
		json_t *copy = json_copy(old);

		json_array_foreach(list, j, now) {
			if (!json_equal(json_object_get(now, key), json_object_get(old, key)))
				continue;
			json_object_set(copy, last, json_object_get(now, last));
			json_array_remove(list, j);
			break;
		}
		json_array_append_new(both, copy);
	}
	json_array_extend(both, list);
	json_array_clear(list);
	json_array_extend(list, both);
	json_decref(both);
}

static const char *other_driver(const json_t *override)
{
	const char *driver = json_string_value(json_array_get(override, 3));

	return driver ? driver : "";
}

/* Two overrides of the same queue, of which the second takes the first back */
static bool cancels(const json_t *first, const json_t *second)
{
	return json_equal(json_array_get(first, 0), json_array_get(second, 0)) &&
	       json_equal(json_array_get(first, 1), json_array_get(second, 1)) &&
	       !json_equal(json_array_get(first, 2), json_array_get(second, 2)) &&
	       str_is(other_driver(first), other_driver(second));
}

/* In the order in which they were made. */
static void merge_overrides(json_t *list, json_t *earlier)
{
	json_t *both = json_array(), *now;
	size_t i, j;

	json_array_extend(both, earlier);
	json_array_foreach(list, i, now) {
		for (j = json_array_size(both); j; j--) {
			if (cancels(json_array_get(both, j - 1), now))
				break;
		}
		if (j)
			json_array_remove(both, j - 1);
		else
			json_array_append(both, now);
	}
	json_array_clear(list);
	json_array_extend(list, both);
	json_decref(both);
}

static void merge(json_t *json, const char *text)
{
	json_t *earlier = json_loads(text, 0, NULL);

	merge_list(json_object_get(json, "matrices"), json_object_get(earlier, "matrices"),
		   "uuid", "to_be");
	merge_list(json_object_get(json, "files"), json_object_get(earlier, "files"),
		   "path", "is");
	merge_overrides(json_object_get(json, "overrides"),
			json_object_get(earlier, "overrides"));
	json_array_extend(json_object_get(json, "binds"), json_object_get(earlier, "binds"));
	if (json_object_get(earlier, "was")) {
		json_object_set(json, "was", json_object_get(earlier, "was"));
		if (!json_object_get(json, "to_be"))
			json_object_set(json, "to_be", json_object_get(earlier, "to_be"));
	}
	json_decref(earlier);
}

char *journal_record(const struct snapshot *snap, const struct targets *targets,
		     const struct staged *staged, const char *command, const char *line,
		     const char *id, unsigned int seconds, const char *earlier)
{
	const struct host_target *host = &targets->host;
	json_t *json = describe(snap, targets, staged, command);

	json_object_set_new(json, "line", json_string(line));
	json_object_set_new(json, "id", json_string(id));
	json_object_set_new(json, "time", json_integer((json_int_t)time(NULL)));
	json_object_set_new(json, "seconds", json_integer(seconds));
	json_object_set_new(json, "binds", overrides(host->binds, host->nr_binds));
	json_object_set_new(json, "files", contents(staged));
	if (earlier)
		merge(json, earlier);
	return take_text(json);
}

/* With files that outlive a boot, the journal does. */
static bool outlives_boot(const struct staged *staged)
{
	size_t i, root = strlen(staged->root);

	for (i = 0; i < staged->nr; i++) {
		if (strncmp(staged->at[i].path + root, "/run/", 5))
			return true;
	}
	return false;
}

static int write_journal(const char *path, const char *text, bool sync)
{
	size_t len = strlen(text);
	char *fresh = xasprintf("%s.new", path);
	int fd, ret = 0;

	unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		ret = -errno;
	else if (write(fd, text, len) != (ssize_t)len)
		ret = errno ? -errno : -EIO;
	if (!ret && sync && fsync(fd))
		ret = -errno;
	if (fd >= 0 && close(fd) && !ret)
		ret = -errno;
	/* whole, or not there */
	if (!ret && rename(fresh, path))
		ret = -errno;
	if (ret && fd >= 0)
		unlink(fresh);
	free(fresh);
	return ret;
}

int journal_begin(struct journal *journal, const struct snapshot *snap,
		  const struct targets *targets, const struct plan *plan,
		  const struct staged *staged, const char *command)
{
	bool lasting = outlives_boot(staged);
	char *dir, *text;
	int ret;

	*journal = (struct journal){ 0 };
	if (plan->nr + staged->nr < 2)
		return 0;
	dir = sysfs_resolve(staged->root, lasting ? CHANGE_DIR : CHANGE_RUN_DIR);
	journal->prepared = xasprintf("%s" PREPARED, dir);
	journal->committed = xasprintf("%s" COMMITTED, dir);
	free(dir);
	text = take_text(describe(snap, targets, staged, command));
	errno = 0;
	ret = make_parents(journal->prepared);
	if (!ret)
		ret = write_journal(journal->prepared, text, lasting);
	free(text);
	if (ret)
		journal_end(journal);
	return ret;
}

int journal_commit(struct journal *journal)
{
	return journal->prepared && rename(journal->prepared, journal->committed) ?
	       -errno : 0;
}

int journal_revoke(struct journal *journal)
{
	return journal->prepared && rename(journal->committed, journal->prepared) ?
	       -errno : 0;
}

void journal_end(struct journal *journal)
{
	if (!journal->prepared)
		return;
	unlink(journal->committed);
	unlink(journal->prepared);
	free(journal->committed);
	free(journal->prepared);
	*journal = (struct journal){ 0 };
}

/* in */

static bool take_state(const json_t *json, bool *active, struct apm_matrix *content)
{
	const char *text = json_string_value(json);

	*active = text;
	return json_is_null(json) ||
	       (text && !apm_parse_config(text, strlen(text), content));
}

static bool take_matrices(const json_t *list, struct journal_entry *entry)
{
	bool good = json_is_array(list);
	json_t *item;
	size_t i;

	entry->matrices = xcalloc(json_array_size(list), sizeof(*entry->matrices));
	json_array_foreach(list, i, item) {
		struct journal_matrix *matrix = &entry->matrices[entry->nr_matrices++];
		const char *uuid = json_string_value(json_object_get(item, "uuid"));

		good = good && uuid && parse_uuid(uuid, matrix->uuid) &&
		       take_state(json_object_get(item, "was"), &matrix->was_active,
				  &matrix->was) &&
		       take_state(json_object_get(item, "to_be"), &matrix->to_be_active,
				  &matrix->to_be);
	}
	return good;
}

static bool take_files(const json_t *list, struct journal_entry *entry)
{
	bool good = json_is_array(list);
	json_t *item;
	size_t i;

	entry->files = xcalloc(json_array_size(list), sizeof(*entry->files));
	json_array_foreach(list, i, item) {
		struct journal_file *file = &entry->files[entry->nr_files++];

		file->path = xstrdup(json_string_value(json_object_get(item, "path")));
		file->staged = xstrdup(json_string_value(json_object_get(item, "staged")));
		file->was = xstrdup(json_string_value(json_object_get(item, "was")));
		file->is = xstrdup(json_string_value(json_object_get(item, "is")));
		file->link = json_is_true(json_object_get(item, "link"));
		file->opaque = json_is_true(json_object_get(item, "was")) ||
			       json_is_true(json_object_get(item, "is"));
		good = good && file->path && *file->path == '/';
	}
	return good;
}

static bool take_mask(const json_t *list, size_t nr, struct apm_mask *mask)
{
	const char *text = json_string_value(json_array_get(list, nr));

	return text && !apm_parse_mask(text, strlen(text), mask);
}

static bool take_queues(const json_t *list, struct override **at, size_t *nr)
{
	json_t *item;
	size_t i;
	int apid, apqi, reserve;

	json_array_foreach(list, i, item) {
		if (json_unpack(item, "[iib]", &apid, &apqi, &reserve))
			return false;
		overrides_add_other(at, nr, (unsigned int)apid & 0xff,
				    (unsigned int)apqi & 0xff, reserve,
				    other_driver(item));
	}
	return true;
}

static bool take_host(const json_t *json, struct journal_entry *entry)
{
	const json_t *was = json_object_get(json, "was");
	const json_t *to_be = json_object_get(json, "to_be");

	if (!take_queues(json_object_get(json, "overrides"), &entry->overrides,
			 &entry->nr_overrides) ||
	    !take_queues(json_object_get(json, "binds"), &entry->binds, &entry->nr_binds))
		return false;
	entry->masks = was;
	return !was || (take_mask(was, 0, &entry->was_apmask) &&
			take_mask(was, 1, &entry->was_aqmask) &&
			take_mask(to_be, 0, &entry->to_be_apmask) &&
			take_mask(to_be, 1, &entry->to_be_aqmask));
}

static bool parse(const char *text, size_t len, struct journal_entry *entry)
{
	json_t *json = json_loadb(text, len, 0, NULL);
	const char *command = json_string_value(json_object_get(json, "command"));
	bool good = command && take_matrices(json_object_get(json, "matrices"), entry) &&
		    take_files(json_object_get(json, "files"), entry) &&
		    take_host(json, entry);

	entry->pid = (long)json_integer_value(json_object_get(json, "pid"));
	entry->time = json_integer_value(json_object_get(json, "time"));
	entry->seconds = (unsigned int)json_integer_value(json_object_get(json, "seconds"));
	entry->id = xstrdup(json_string_value(json_object_get(json, "id")));
	if (good) {
		const char *line = json_string_value(json_object_get(json, "line"));

		entry->command = xstrdup(command);
		entry->line = xstrdup(line ? line : command);
	}
	json_decref(json);
	return good;
}

int journal_read_record(struct sysfs *fs, const char *path, struct journal_entry *entry)
{
	struct text text = { 0 };
	int ret = sysfs_read(fs, path, &text);

	*entry = (struct journal_entry){ 0 };
	if (!ret && (!parse(text_str(&text), text.len, entry) || !entry->id)) {
		journal_entry_free(entry);
		ret = -EINVAL;
	}
	text_free(&text);
	return ret;
}

bool journal_queue_seen(struct apm_mask seen[APM_MATRIX_IDS], const struct override *override)
{
	bool before = apm_mask_test(&seen[override->apid], override->apqi);

	apm_mask_set(&seen[override->apid], override->apqi);
	return before;
}

bool journal_is_done(const struct snapshot *snap, const struct journal_entry *entry,
		     const char **other)
{
	struct apm_mask seen[APM_MATRIX_IDS] = { 0 };
	size_t i;

	*other = NULL;
	if (entry->masks && (!apm_mask_equal(&snap->host.apmask, &entry->to_be_apmask) ||
			     !apm_mask_equal(&snap->host.aqmask, &entry->to_be_aqmask)))
		return false;
	for (i = entry->nr_overrides; i--;) {
		const struct override *override = &entry->overrides[i];
		const struct queue *queue = snapshot_queue(snap, override->apid,
							   override->apqi);

		if (journal_queue_seen(seen, override))
			continue;
		if (queue->override != override->reserve ||
		    queue->foreign != (override->reserve && *override->other))
			return false;
	}
	for (i = 0; i < entry->nr_matrices; i++) {
		const struct journal_matrix *matrix = &entry->matrices[i];
		const struct matrix *now = snapshot_find(snap, matrix->uuid);
		bool active = now && now->active;

		if (active == matrix->to_be_active &&
		    (!active || apm_matrix_equal(&now->assigned, &matrix->to_be)))
			continue;
		*other = matrix->uuid;
		return false;
	}
	return true;
}

bool journal_find(struct sysfs *fs, struct journal_entry *entry)
{
	static const char *const names[] = {
		CHANGE_DIR COMMITTED, CHANGE_DIR PREPARED,
		CHANGE_RUN_DIR COMMITTED, CHANGE_RUN_DIR PREPARED,
	};
	unsigned int i;

	*entry = (struct journal_entry){ 0 };
	for (i = 0; i < 4; i++) {
		struct text text = { 0 };
		int ret = sysfs_read(fs, names[i], &text);

		if (!ret) {
			entry->committed = !(i & 1);
			if (!parse(text_str(&text), text.len, entry))
				journal_entry_free(entry);
		}
		text_free(&text);
		if (!ret)
			return true;
	}
	return false;
}

void journal_entry_free(struct journal_entry *entry)
{
	size_t i;

	for (i = 0; i < entry->nr_files; i++) {
		free(entry->files[i].path);
		free(entry->files[i].staged);
		free(entry->files[i].was);
		free(entry->files[i].is);
	}
	free(entry->files);
	free(entry->matrices);
	free(entry->overrides);
	free(entry->binds);
	free(entry->command);
	free(entry->line);
	free(entry->id);
	*entry = (struct journal_entry){ .committed = entry->committed };
}

// SPDX-License-Identifier: GPL-2.0-only
/* What doctor finds in pool, matrices and files of other tools. See doctor-state.h. */
#include <stdlib.h>
#include <string.h>

#include "change/journal.h"
#include "cmd/doctor-state.h"
#include "core/lasting.h"
#include "core/pool.h"
#include "format/pool-rule.h"
#include "lib/paths.h"

#define MDEVCTL_RULE	"/usr/lib/udev/rules.d/60-mdevctl.rules"
#define MDEVCTL_CALLED	"/usr/sbin/mdevctl"

/* pool */

static void look_at_rule(struct doctor *doctor)
{
	struct apmatrix *apm = doctor->apm;
	const struct host *host = &apm->snap->host;
	struct pool_rule rule = { 0 };
	struct text text = { 0 };

	if (sysfs_read(&apm->fs, UDEV_RULE_FILE, &text) ||
	    !pool_rule_parse(text_str(&text), &rule)) {
		text_free(&text);
		return;
	}
	text_free(&text);
	if (str_is(pool_regime(apm->snap), "overrides"))
		problem_hint(doctor_found(doctor, FINDING_REGIME_CLASH,
					  "%s sets masks, but queues have driver overrides: "
					  "after a boot only one of them works",
					  UDEV_RULE_FILE),
			     "see apmatrix pool show, "
			     "then remove the rule or release the overrides");
	else if (host->perm_known &&
		 ((rule.has_apmask && !apm_mask_equal(&rule.apmask, &host->apmask)) ||
		  (rule.has_aqmask && !apm_mask_equal(&rule.aqmask, &host->aqmask))))
		problem_hint(doctor_found(doctor, FINDING_MASKS_AT_BOOT,
					  "the masks differ from " UDEV_RULE_FILE),
			     "apmatrix pool reserve or release with --persist "
			     "writes the present masks");
}

static void look_at_unbound(struct doctor *doctor)
{
	const struct snapshot *snap = doctor->apm->snap;
	unsigned int apid, apqi, nr = 0, first_apid = 0, first_apqi = 0;

	for (apid = 0; apid < APM_MATRIX_IDS; apid++) {
		for (apqi = 0; apqi < APM_MATRIX_IDS; apqi++) {
			const struct queue *queue = snapshot_queue(snap, apid, apqi);

			if (!queue->present || queue->driver != DRIVER_NONE ||
			    !card_supported(&snap->cards[apid]))
				continue;
			if (!nr++) {
				first_apid = apid;
				first_apqi = apqi;
			}
		}
	}
	if (nr)
		problem_apqn(problem_hint(doctor_found(doctor, FINDING_UNBOUND,
						       "%02x.%04x%s without a driver",
						       first_apid, first_apqi,
						       nr > 1 ? " and others" : ""),
					  snap->host.module ?
					  "apmatrix queues --unbound; "
					  "apmatrix pool reserve --apqn QUEUES binds them" :
					  "modprobe vfio_ap"), first_apid, first_apqi);
}

void doctor_pool(struct doctor *doctor)
{
	const char *regime = pool_regime(doctor->apm->snap);

	if (str_is(regime, "masks"))
		doctor_found(doctor, FINDING_REGIME,
			     "apmask and aqmask decide which queues guests can have");
	else if (str_is(regime, "overrides"))
		doctor_found(doctor, FINDING_REGIME,
			     "%u queues are given to guests by driver_override; "
			     "the masks cannot be used",
			     doctor->apm->snap->host.overrides -
			     (unsigned int)doctor->apm->snap->nr_foreign);
	else if (regime)
		problem_hint(doctor_found(doctor, FINDING_NO_POOL,
					  "all queues are kept for the host's drivers"),
			     "apmatrix pool reserve -a IDS or --apqn QUEUES gives some to guests");
	look_at_rule(doctor);
	look_at_unbound(doctor);
}

/* matrices */

static void look_at_content(struct doctor *doctor, const struct matrix *matrix)
{
	bool adapters = !apm_mask_empty(apm_matrix_apm(&matrix->assigned));
	bool domains = !apm_mask_empty(apm_matrix_aqm(&matrix->assigned));
	long missing = matrix_missing(matrix);
	const char *title = matrix_title(matrix);

	if (matrix->assigned_known && adapters != domains)
		problem_matrix(problem_hint(doctor_found(doctor, FINDING_HALF,
							 "%s has %s", title, adapters ?
							 "adapters, but no domains" :
							 "domains, but no adapters"),
					    "apmatrix assign %s %s IDS", title,
					    adapters ? "-d" : "-a"), matrix->uuid);
	if (missing > 0)
		problem_matrix(problem_hint(doctor_found(doctor, FINDING_MISSING,
							 "%s: %ld of %u assigned queues are not "
							 "in the guest",
							 title, missing,
							 apm_matrix_apqns(&matrix->assigned)),
					    "apmatrix explain %s", title),
			       matrix->uuid);
	if (matrix_drifts(matrix))
		problem_matrix(problem_hint(doctor_found(doctor, FINDING_DRIFT,
							 "%s differs from its definition",
							 title),
					    "apmatrix show %s shows both", title),
			       matrix->uuid);
}

void doctor_matrices(struct doctor *doctor)
{
	const struct snapshot *snap = doctor->apm->snap;
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		const struct matrix *matrix = &snap->matrices[i];
		const char *title = matrix_title(matrix);

		if (matrix->active)
			look_at_content(doctor, matrix);
		else if (matrix->start == START_AUTO)
			problem_matrix(problem_hint(doctor_found(doctor, FINDING_NOT_ACTIVE,
								 "%s is started at boot, "
								 "but is not active",
								 title),
						    "apmatrix restore %s", title),
				       matrix->uuid);
		if (matrix->definition_odd)
			problem_matrix(problem_hint(doctor_found(doctor, FINDING_DEFINITION,
								 "%s/%s has unknown "
								 "attributes",
								 DEFINITIONS_DIR, matrix->uuid),
						    "mdevctl list -d -u %s --dumpjson shows them",
						    matrix->uuid), matrix->uuid);
	}
}

/* neighbours */

static void look_at_lock(struct doctor *doctor)
{
	struct sysfs *fs = &doctor->apm->fs;
	struct lock_holder holder;
	struct text who = { 0 };

	switch (lock_look(fs, &holder)) {
	case LOCK_FREE:
		break;
	case LOCK_HELD:
		lock_phrase(&holder, &who);
		problem_hint(doctor_found(doctor, FINDING_LOCK_HELD,
					  "the lock is held by %s for %ld s",
					  text_str(&who), holder.age),
			     "chzdev, mdevctl and apmatrix hold it during a change; "
			     "other changes wait for it");
		text_free(&who);
		break;
	case LOCK_STALE:
		lock_phrase(&holder, &who);
		problem_hint(doctor_found(doctor, FINDING_LOCK_STALE,
					  LOCK_FILE " is of %s, which is gone",
					  text_str(&who)),
			     "nothing to do: the next change replaces it");
		text_free(&who);
		break;
	case LOCK_FOREIGN:
		problem_hint(doctor_found(doctor, FINDING_LOCK_FOREIGN,
					  LOCK_FILE " is no lock: user %u put it there",
					  holder.uid),
			     "nothing to do: the next change replaces it");
		break;
	}
}

static void look_at_journal(struct doctor *doctor)
{
	struct sysfs *fs = &doctor->apm->fs;
	struct journal_entry entry;

	if (journal_find(fs, &entry)) {
		problem_hint(doctor_found(doctor, FINDING_INTERRUPTED,
					  "a change (%s, process %ld) was killed before it was "
					  "complete",
					  entry.command ? entry.command : "unknown",
					  entry.pid),
			     "the next change completes or undoes it; "
			     "apmatrix doctor --fix does only that");
		journal_entry_free(&entry);
	} else if (staged_left_over(fs->root)) {
		problem_hint(doctor_found(doctor, FINDING_LEFT_OVER,
					  "files of a change that was killed are in " CHANGE_DIR
					  " or " CHANGE_RUN_DIR),
			     "the next change removes them; "
			     "apmatrix doctor --fix does only that");
	}
}

/* UUID.XXXXXX and UUID.old~: versions before 0.2 left them. */
static bool is_left_over(const char *name)
{
	static const char alphanumeric[] = "abcdefghijklmnopqrstuvwxyz"
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	char stem[UUID_LEN + 1] = "", uuid[UUID_LEN + 1];
	const char *rest = name + UUID_LEN;

	if (strlen(name) <= UUID_LEN)
		return false;
	memcpy(stem, name, UUID_LEN);
	if (!parse_uuid(stem, uuid))
		return false;
	return str_is(rest, ".old~") ||
	       (*rest == '.' && strlen(rest) == 7 && strspn(rest + 1, alphanumeric) == 6);
}

static void look_at_definitions(struct doctor *doctor)
{
	struct names names;
	size_t i;

	sysfs_list(&doctor->apm->fs, DEFINITIONS_DIR, ENTRY_FILE, &names);
	for (i = 0; i < names.nr; i++) {
		if (!is_left_over(names.at[i]))
			continue;
		problem_hint(doctor_found(doctor, FINDING_LEFT_OVER,
					  DEFINITIONS_DIR "/%s is no definition: maybe a "
					  "temporary file of a change that was killed",
					  names.at[i]),
			     "look at it, then rm " DEFINITIONS_DIR "/%s", names.at[i]);
	}
	names_free(&names);
}

static bool any_to_restore(const struct snapshot *snap)
{
	size_t i;

	for (i = 0; i < snap->nr_matrices; i++) {
		if (snap->matrices[i].start == START_AUTO)
			return true;
	}
	return false;
}

void doctor_neighbours(struct doctor *doctor)
{
	struct sysfs *fs = &doctor->apm->fs;
	struct text rule = { 0 };
	bool mdevctl, restores;
	const char *cure = sysfs_exists(fs, UNIT_FILE) ? "systemctl enable " UNIT_NAME :
			   LASTING_INSTALL "systemctl enable " UNIT_NAME;

	look_at_lock(doctor);
	look_at_journal(doctor);
	look_at_definitions(doctor);
	mdevctl = !sysfs_read(fs, MDEVCTL_RULE, &rule) &&
		  strstr(text_str(&rule), MDEVCTL_CALLED);
	restores = sysfs_exists(fs, UNIT_WANTED);
	if (mdevctl && !sysfs_exists(fs, MDEVCTL_CALLED)) {
		problem_hint(doctor_found(doctor, FINDING_MDEVCTL_RULE,
					  "%s runs %s, which does not exist: "
					  "mdevctl starts nothing at boot",
					  MDEVCTL_RULE, MDEVCTL_CALLED),
			     "%s", cure);
		mdevctl = false;
	}
	text_free(&rule);
	if (any_to_restore(doctor->apm->snap) && !restores && !mdevctl)
		problem_hint(doctor_found(doctor, FINDING_NO_RESTORE,
					  "definitions are started at boot, "
					  "but no service does it"),
			     "%s", cure);
}

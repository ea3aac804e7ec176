// SPDX-License-Identifier: GPL-2.0-only
/* wait: waits for a condition. */
#include <stdlib.h>
#include <string.h>

#include "context/command.h"
#include "context/error.h"
#include "context/follow.h"
#include "context/lacking.h"
#include "context/select.h"
#include "core/phrase.h"
#include "host/read-queues.h"
#include "lib/clock.h"
#include "lib/words.h"

struct waiting {
	struct apmatrix *apm;
	struct queue_list guest_has, guest_equals, bound;
	char uuid[UUID_LEN + 1];	/* "": not known yet */
	struct text unmet;		/* the conditions that do not hold yet */
	bool lacks;			/* the guest lacks queues */
};

static bool parse_queues(struct apmatrix *apm, enum option option,
			 struct queue_list *list)
{
	struct complaint complaint = { 0 };
	char *copy, *word, *rest = NULL;
	unsigned int apid, apqi;
	bool good = true;

	if (!apm->given[option])
		return true;
	if (words_have(option_descs[option].words, apm->value[option]))
		return true;
	copy = xstrdup(apm->value[option]);
	for (word = strtok_r(copy, ",", &rest); word && good;
	     word = strtok_r(NULL, ",", &rest)) {
		good = parse_apqn(word, &apid, &apqi, &complaint);
		if (!good)
			break;
		queue_list_add(list, apid, apqi);
	}
	if (!good)
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0, "--%s: %s",
					  option_descs[option].name,
					  complaint.message),
			     "%s", complaint.hint);
	else if (!list->nr)
		report_error(apm, EXIT_CODE_USAGE, 0, "--%s: no queue given",
			     option_descs[option].name);
	complaint_free(&complaint);
	free(copy);
	return good && list->nr;
}

static bool check(struct waiting *waiting)
{
	static const enum option of_matrix[] = {
		OPT_GUEST_HAS, OPT_GUEST_EQUALS, OPT_STATE, OPT_GONE,
	};
	static const enum option gone_or[][3] = {
		{ OPT_GONE, OPT_STATE, OPT_NR }, { OPT_GONE, OPT_GUEST_HAS, OPT_NR },
		{ OPT_GONE, OPT_GUEST_EQUALS, OPT_NR },
		{ OPT_GUEST_HAS, OPT_GUEST_EQUALS, OPT_NR },
	};
	struct apmatrix *apm = waiting->apm;
	unsigned int i, wanted = 0;

	for (i = 0; i < sizeof(of_matrix) / sizeof(*of_matrix); i++)
		wanted += apm->given[of_matrix[i]];
	for (i = 0; i < sizeof(gone_or) / sizeof(*gone_or); i++) {
		if (!select_one_of(apm, gone_or[i]))
			return false;
	}
	if (wanted && !apm->nr_operands) {
		report_error(apm, EXIT_CODE_USAGE, 0, "missing MATRIX");
		return false;
	}
	if (apm->nr_operands && str_is(apm->operands[0], "all") &&
	    (apm->given[OPT_GUEST_HAS] || apm->given[OPT_GUEST_EQUALS])) {
		report_error(apm, EXIT_CODE_USAGE, 0,
			     "\"all\" has no meaning with --guest-has and --guest-equals: "
			     "two matrices never have the same queue");
		return false;
	}
	if (!wanted && (apm->nr_operands || !apm->given[OPT_BOUND])) {
		problem_hint(report_error(apm, EXIT_CODE_USAGE, 0,
					  "no condition given"),
			     "see apmatrix wait --help");
		return false;
	}
	return parse_queues(apm, OPT_GUEST_HAS, &waiting->guest_has) &&
	       parse_queues(apm, OPT_GUEST_EQUALS, &waiting->guest_equals) &&
	       parse_queues(apm, OPT_BOUND, &waiting->bound);
}

/* The matrix now; NULL if there is none. */
static const struct matrix *find(struct waiting *waiting)
{
	const struct snapshot *snap = waiting->apm->snap;
	const char *operand = waiting->apm->operands[0];
	struct matrix *matrix = NULL;

	/* the matrix that had the name first */
	if (*waiting->uuid)
		return snapshot_find(snap, waiting->uuid);
	if (snapshot_named(snap, operand, &matrix) != 1)
		return NULL;
	memcpy(waiting->uuid, matrix->uuid, sizeof(waiting->uuid));
	return matrix;
}

static bool unmet(struct waiting *waiting, const char *what)
{
	if (waiting->unmet.len)
		text_add(&waiting->unmet, "; ");
	text_add(&waiting->unmet, what);
	return false;
}

/* What the guest lacks of a list. */
static void collect_lacking(const struct matrix *matrix, const struct queue_list *list,
			    struct queue_list *lacking)
{
	size_t i;

	for (i = 0; i < list->nr; i++) {
		if (!apm_matrix_has(&matrix->guest, list->at[i].apid, list->at[i].apqi))
			queue_list_add(lacking, list->at[i].apid, list->at[i].apqi);
	}
}

/* The queues that it has and that are not in the list. */
static unsigned int phrase_others(const struct matrix *matrix,
				  const struct queue_list *list, struct text *others)
{
	unsigned int apid, apqi, nr = 0;
	size_t i;

	apm_mask_for_each(apid, apm_matrix_apm(&matrix->guest)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(&matrix->guest)) {
			for (i = 0; i < list->nr && (list->at[i].apid != apid ||
						     list->at[i].apqi != apqi); i++)
				;
			if (i == list->nr)
				phrase_listed(others, &nr, apid, apqi);
		}
	}
	phrase_listed_end(others, nr);
	return nr;
}

static bool guest_has(struct waiting *waiting, const struct matrix *matrix)
{
	struct queue_list lacking = { 0 };
	struct text what = { 0 };
	bool all;

	if (!matrix->has_guest) {
		report_untold_guest(waiting->apm, matrix_title(matrix));
		return false;
	}
	if (!matrix->guest_known)
		return unmet(waiting, "the guest matrix is unknown");
	collect_lacking(matrix, &waiting->guest_has, &lacking);
	collect_lacking(matrix, &waiting->guest_equals, &lacking);
	waiting->lacks = lacking.nr;
	if (lacking.nr)
		unmet(waiting, "the guest lacks queues");
	all = !lacking.nr;
	free(lacking.at);
	if (waiting->apm->given[OPT_GUEST_EQUALS] &&
	    phrase_others(matrix, &waiting->guest_equals, &what)) {
		all = false;
		unmet(waiting, "the guest also has ");
		text_add(&waiting->unmet, text_str(&what));
	}
	text_free(&what);
	return all;
}

static bool matrix_is_so(struct waiting *waiting)
{
	struct apmatrix *apm = waiting->apm;
	const struct matrix *matrix = find(waiting);
	const char *state = apm->value[OPT_STATE];
	bool active = matrix && matrix->active, so = true;

	if (apm->given[OPT_GONE])
		return !active || unmet(waiting, "it still exists");
	if (!active)
		return unmet(waiting, "it does not exist");
	if (state && !str_is(state, "active") &&
	    !str_is(state, matrix_state_word(matrix->state)))
		so = unmet(waiting, matrix->state == MATRIX_UNKNOWN ?
			   "unknown whether a guest uses it" :
			   matrix->state == MATRIX_IN_USE ? "it is in use" :
			   "it is idle");
	if (apm->given[OPT_GUEST_HAS] || apm->given[OPT_GUEST_EQUALS])
		so = guest_has(waiting, matrix) && so;
	return so;
}

static bool queues_are_bound(struct waiting *waiting)
{
	struct apmatrix *apm = waiting->apm;
	bool all = true;
	size_t i;

	for (i = 0; i < waiting->bound.nr; i++) {
		const struct queue *queue;
		struct apm_matrix one = { 0 };

		apm_mask_set(&one.dim[APM_DIM_ADAPTER], waiting->bound.at[i].apid);
		apm_mask_set(&one.dim[APM_DIM_DOMAIN], waiting->bound.at[i].apqi);
		read_queues(&apm->fs, apm->snap, &one);
		queue = snapshot_queue(apm->snap, waiting->bound.at[i].apid,
				       waiting->bound.at[i].apqi);
		all = all && queue->driver == DRIVER_VFIO_AP;
	}
	return all || unmet(waiting, "not all queues are bound to vfio_ap");
}

/* all: each matrix that is active now */
static bool all_are_so(struct waiting *waiting)
{
	struct apmatrix *apm = waiting->apm;
	const char *state = apm->value[OPT_STATE];
	struct text unmet_ones = { 0 };
	size_t i;

	for (i = 0; i < apm->snap->nr_matrices; i++) {
		const struct matrix *matrix = &apm->snap->matrices[i];

		if (matrix->active && !str_is(state, "active") &&
		    !str_is(state, matrix_state_word(matrix->state)))
			text_addf(&unmet_ones, "%s%s %s", unmet_ones.len ? ", " : "",
				  matrix_title(matrix), matrix_state_word(matrix->state));
	}
	if (!unmet_ones.len)
		return true;
	unmet(waiting, unmet_ones.at);
	text_free(&unmet_ones);
	return false;
}

static bool is_all(const struct apmatrix *apm)
{
	return apm->nr_operands && str_is(apm->operands[0], "all");
}

static bool is_so(struct waiting *waiting)
{
	bool so = true;

	waiting->unmet.len = 0;
	if (is_all(waiting->apm))
		so = all_are_so(waiting);
	else if (waiting->apm->nr_operands)
		so = matrix_is_so(waiting);
	return queues_are_bound(waiting) && so;
}

/* An unknown name or UUID is an error, unless the command waits for it. */
static bool check_matrix(struct waiting *waiting)
{
	struct apmatrix *apm = waiting->apm;
	struct complaint complaint = { 0 };
	const char *operand = apm->operands[0];

	if (parse_uuid(operand, waiting->uuid)) {
		if (snapshot_find(apm->snap, waiting->uuid))
			return true;
	} else if (!parse_name(operand, &complaint)) {
		complaint_free(&complaint);
		return select_matrix(apm, operand);
	} else if (find(waiting)) {
		return true;
	}
	if (apm->given[OPT_GONE] || apm->given[OPT_STATE])
		return true;
	return select_matrix(apm, operand);
}

/* Which queues the guest lacks, and why. */
static void add_reasons(struct waiting *waiting)
{
	struct matrix *matrix = snapshot_find(waiting->apm->snap, waiting->uuid);
	struct queue_list lacking = { 0 };

	if (!matrix || !matrix->active || !matrix->guest_known)
		return;
	collect_lacking(matrix, &waiting->guest_has, &lacking);
	collect_lacking(matrix, &waiting->guest_equals, &lacking);
	text_add(&waiting->unmet, ": ");
	phrase_lacking(waiting->apm, matrix, &lacking, &waiting->unmet);
	free(lacking.at);
}

static void wait_until(struct waiting *waiting, long long end, int poll_ms)
{
	struct follower follower;
	bool so, more = true;

	follow_begin(&follower, waiting->apm, false, poll_ms);
	if (waiting->apm->nr_operands && !is_all(waiting->apm) &&
	    !check_matrix(waiting)) {
		follow_end(&follower);
		return;
	}
	while (!(so = is_so(waiting)) && !waiting->apm->report.errors.nr && more)
		more = follow_next(&follower, clock_left(end));
	follow_end(&follower);
	if (!so && waiting->lacks)
		add_reasons(waiting);
	if (!so && !waiting->apm->report.errors.nr)
		report_error(waiting->apm, EXIT_CODE_TIMEOUT, 0,
			     "timed out after %s s: %s", waiting->apm->value[OPT_TIMEOUT],
			     text_str(&waiting->unmet));
	if (*waiting->uuid && snapshot_find(waiting->apm->snap, waiting->uuid))
		report_show(&waiting->apm->report, waiting->uuid);
}

static int run(struct apmatrix *apm)
{
	struct waiting waiting = { .apm = apm };
	unsigned int time_ms, poll_ms;

	if (select_time(apm, OPT_TIMEOUT, 0, &time_ms) &&
	    select_time(apm, OPT_POLL, 0, &poll_ms) && check(&waiting))
		wait_until(&waiting, apm->given[OPT_TIMEOUT] ?
			   clock_ms() + time_ms : -1,
			   apm->given[OPT_POLL] ? (int)poll_ms : -1);
	free(waiting.guest_has.at);
	free(waiting.guest_equals.at);
	free(waiting.bound.at);
	text_free(&waiting.unmet);
	return EXIT_CODE_OK;
}

static const enum option options[] = {
	OPT_GUEST_HAS, OPT_GUEST_EQUALS, OPT_STATE, OPT_GONE, OPT_BOUND, OPT_POLL,
	OPT_NR
};

const struct command cmd_wait = {
	.name = "wait",
	.group = GROUP_LOOK,
	.operands = "[MATRIX]",
	.operand = ARG_MATRIX,
	.max_operands = 1,
	.summary = "wait for a condition",
	.description =
"Exits with 0 when all conditions hold, and with 10 after --timeout. Without\n"
"--timeout it waits without limit. With --state and --gone the matrix need not\n"
"exist. --bound alone needs no matrix. With all, the condition is of each active\n"
"matrix: --state idle waits until none is in use, --gone until there is none.",
	.options = options,
	.formats = "table|json",
	.examples =
"  apmatrix wait web1 --guest-has 05.00ab,06.00ab --timeout 10\n"
"  apmatrix wait web1 --state idle && apmatrix remove web1\n"
"  apmatrix wait all --state idle --timeout 600\n"
"  apmatrix wait --bound 05.00ab --timeout 30",
	.run = run,
};

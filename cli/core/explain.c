// SPDX-License-Identifier: GPL-2.0-only
/* Pure: reasons in words, and commands that fix them. See explain.h. */
#include <stdlib.h>
#include <string.h>

#include "core/explain.h"
#include "core/phrase.h"

bool verdict_is_own(const struct verdict *verdict)
{
	return *verdict->word && verdict->reason != REASON_SIBLING_WITHHELD &&
	       verdict->reason != REASON_DOMAIN_NOT_IN_HOST &&
	       verdict->reason != REASON_STALE &&
	       verdict->reason != REASON_UNKNOWN;
}

void explain_blocking(const struct explainer *explainer, unsigned int apid,
		      struct apm_mask *domains)
{
	unsigned int apqi;

	memset(domains, 0, sizeof(*domains));
	if (!apm_mask_test(apm_matrix_apm(&explainer->snap->host.config), apid))
		return;
	apm_mask_for_each(apqi, apm_matrix_aqm(&explainer->matrix->assigned)) {
		struct verdict verdict = explain_apqn(explainer, apid, apqi);

		if (verdict_is_own(&verdict))
			apm_mask_set(domains, apqi);
	}
}

/* "06.00ac", "06.00ac and 06.00ad", "06.00ac and 7 more" */
static void add_apqns(struct text *text, unsigned int apid,
		      const struct apm_mask *domains)
{
	unsigned int nr = apm_mask_weight(domains);

	text_addf(text, "%02x.%04x", apid, apm_mask_next(domains, 0));
	if (nr == 2)
		text_addf(text, " and %02x.%04x", apid, apm_mask_nth(domains, 1));
	else if (nr > 2)
		phrase_more(text, nr - 1);
}

/* Why is a queue not bound to vfio_ap: the masks, or a manual bind? */
static void add_binding(const struct explainer *explainer, unsigned int apid,
			unsigned int apqi, bool bound, struct text *text)
{
	const struct host *host = &explainer->snap->host;

	if (!host->perm_known)
		return;
	if (!host_reserves(explainer->snap, apid, apqi))
		text_addf(text, " although not kept for the host: it was %s manually, "
				"or the AP bus is not done yet",
			  bound ? "bound" : "unbound");
	else if (host_masks_all_ones(host))
		text_add(text, "; apmask and aqmask reserve all queues for the host");
	else
		text_addf(text, "; apmask reserves adapter 0x%02x and aqmask domain 0x%02x for the host",
			  apid, apqi);
}

/* What keeps the whole adapter from the guest. */
static void add_blocking(unsigned int apid, const struct apm_mask *blocking,
			 struct text *sentence)
{
	if (apm_mask_empty(blocking)) {
		text_addf(sentence, "adapter 0x%02x (%u) is withheld as a whole",
			  apid, apid);
		return;
	}
	text_addf(sentence, "adapter 0x%02x (%u) is withheld: ", apid, apid);
	add_apqns(sentence, apid, blocking);
	text_add(sentence, apm_mask_weight(blocking) == 1 ? " is not available" :
		 " are not available");
}

void explain_sentence(const struct explainer *explainer, unsigned int apid,
		      unsigned int apqi, const struct verdict *verdict,
		      const struct apm_mask *blocking, struct text *sentence)
{
	switch (verdict->reason) {
	case REASON_ADAPTER_NOT_IN_HOST:
		text_addf(sentence, "the host has no adapter 0x%02x (%u); assign it to this LPAR on the HMC",
			  apid, apid);
		return;
	case REASON_DOMAIN_NOT_IN_HOST:
		text_addf(sentence, "domain 0x%02x (%u) is not a usage domain of the host; "
				    "assign it to this LPAR on the HMC", apqi, apqi);
		return;
	case REASON_OTHER_DRIVER:
		text_addf(sentence, "bound to driver %s",
			  verdict->driver ? verdict->driver : "of the host");
		add_binding(explainer, apid, apqi, true, sentence);
		return;
	case REASON_SIBLING_WITHHELD:
		add_blocking(apid, blocking, sentence);
		return;
	case REASON_UNBOUND:
		text_add(sentence, reason_meaning(verdict->reason));
		add_binding(explainer, apid, apqi, false, sentence);
		return;
	case REASON_NONE:
		text_add(sentence, explainer->matrix->state == MATRIX_IN_USE ?
			 "in the guest" : "a guest would have it");
		return;
	case REASON_REMOVING:
	case REASON_NO_QUEUE_DEVICE:
	case REASON_TYPE_UNSUPPORTED:
	case REASON_RESET_PENDING:
	case REASON_RESET_FAILED:
	case REASON_STALE:
	case REASON_UNKNOWN:
	case REASON_NR:
		text_add(sentence, reason_meaning(verdict->reason));
		return;
	}
}

/* The words in capitals of a fix, and what they stand for. */
static void add_value(const struct explainer *explainer, unsigned int apid,
		      unsigned int apqi, const char *word, size_t len,
		      struct text *command)
{
	if (len == 6 && !memcmp(word, "MATRIX", len))
		text_add(command, matrix_title(explainer->matrix));
	else if (len == 7 && !memcmp(word, "ADAPTER", len))
		text_addf(command, "0x%02x", apid);
	else if (len == 6 && !memcmp(word, "DOMAIN", len))
		text_addf(command, "0x%02x", apqi);
	else if (len == 4 && !memcmp(word, "APQN", len))
		text_addf(command, "%02x.%04x", apid, apqi);
	else
		text_addn(command, word, len);
}

/* Adds a command, unless it is there already. Takes it. */
static void add_command(struct names *fixes, struct text *command)
{
	if (!names_has(fixes, text_str(command)))
		names_add(fixes, text_str(command));
	text_free(command);
}

/* Adds the fix of a reason, with its values. */
static void add_fix(const struct explainer *explainer, unsigned int apid,
		    unsigned int apqi, enum reason reason, struct names *fixes)
{
	const char *at = reason_fix(reason);
	struct text command = { 0 };
	size_t len;

	for (; *at; at += len) {
		len = strcspn(at, " ");
		add_value(explainer, apid, apqi, at, len, &command);
		if (at[len])
			text_addn(&command, at + len++, 1);
	}
	if (command.len)
		add_command(fixes, &command);
}

void explain_fixes(const struct explainer *explainer, unsigned int apid,
		   unsigned int apqi, const struct verdict *verdict,
		   const struct apm_mask *blocking, struct names *fixes)
{
	struct text domains = { 0 }, command = { 0 };
	unsigned int other;

	if (verdict->reason != REASON_SIBLING_WITHHELD) {
		add_fix(explainer, apid, apqi, verdict->reason, fixes);
		return;
	}
	if (apm_mask_empty(blocking))
		return;
	/* what helps the others; or the guest does without their domains */
	apm_mask_for_each(other, blocking) {
		struct verdict cause = explain_apqn(explainer, apid, other);

		add_fix(explainer, apid, other, cause.reason, fixes);
		text_addf(&domains, "%s0x%02x", domains.len ? "," : "", other);
	}
	text_addf(&command, "apmatrix unassign %s -d %s",
		  matrix_title(explainer->matrix), text_str(&domains));
	add_command(fixes, &command);
	text_free(&domains);
}

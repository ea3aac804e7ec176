// SPDX-License-Identifier: GPL-2.0-only
/* Pure: reasons in words, and commands that fix them. See explain.h. */
#include <stdlib.h>
#include <string.h>

#include "core/explain.h"
#include "core/phrase.h"

bool verdict_is_own(const struct verdict *verdict)
{
	return *verdict->word && verdict->reason != APM_REASON_SIBLING_WITHHELD &&
	       verdict->reason != APM_REASON_DOMAIN_NOT_IN_HOST &&
	       verdict->reason != APM_REASON_NR;
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
		text_addf(text, " although not reserved for the host: it was %s manually, "
				"or the AP bus is not done yet",
			  bound ? "bound" : "unbound");
	else if (host_masks_all_ones(host))
		text_add(text, "; apmask and aqmask reserve all queues for the host");
	else
		text_addf(text, "; apmask reserves adapter 0x%02x and aqmask domain 0x%02x for the host",
			  apid, apqi);
}

void explain_sentence(const struct explainer *explainer, unsigned int apid,
		      unsigned int apqi, const struct verdict *verdict,
		      const struct apm_mask *blocking, struct text *sentence)
{
	switch (verdict->reason) {
	case APM_REASON_NONE:
		text_add(sentence, "in the guest");
		break;
	case APM_REASON_REMOVING:
		text_add(sentence, "the matrix is being removed");
		break;
	case APM_REASON_ADAPTER_NOT_IN_HOST:
		text_addf(sentence, "the host has no adapter 0x%02x (%u); assign it to this LPAR on the HMC",
			  apid, apid);
		break;
	case APM_REASON_DOMAIN_NOT_IN_HOST:
		text_addf(sentence, "domain 0x%02x (%u) is not a usage domain of the host; "
				    "assign it to this LPAR on the HMC", apqi, apqi);
		break;
	case APM_REASON_NO_QUEUE_DEVICE:
		text_add(sentence, "the AP bus has no such queue");
		break;
	case APM_REASON_TYPE_UNSUPPORTED:
		text_add(sentence, "vfio_ap needs CEX4 or newer");
		break;
	case APM_REASON_UNBOUND:
		text_add(sentence, "bound to no driver");
		add_binding(explainer, apid, apqi, false, sentence);
		break;
	case APM_REASON_OTHER_DRIVER:
		text_addf(sentence, "bound to driver %s",
			  verdict->driver ? verdict->driver : "of the host");
		add_binding(explainer, apid, apqi, true, sentence);
		break;
	case APM_REASON_RESET_PENDING:
		text_add(sentence, "reset in progress");
		break;
	case APM_REASON_RESET_FAILED:
		text_add(sentence, "reset failed; the kernel is retrying");
		break;
	case APM_REASON_DECONFIGURED:
		text_add(sentence, "the adapter is deconfigured");
		break;
	case APM_REASON_CHECKSTOPPED:
		text_add(sentence, "the adapter is checkstopped");
		break;
	case APM_REASON_SIBLING_WITHHELD:
		if (apm_mask_empty(blocking)) {
			text_addf(sentence, "adapter 0x%02x (%u) is withheld as a whole",
				  apid, apid);
			break;
		}
		add_apqns(sentence, apid, blocking);
		text_addf(sentence, "%s adapter 0x%02x (%u) out",
			  apm_mask_weight(blocking) == 1 ? " keeps" : " keep",
			  apid, apid);
		break;
	default:
		if (str_is(verdict->word, WORD_STALE))
			text_add(sentence, "available, but the kernel has not filtered "
					   "the matrix again");
		else
			text_add(sentence, "this kernel does not report what the guest has");
		break;
	}
}

static void add_fix(struct names *fixes, char *command)
{
	size_t i;

	for (i = 0; i < fixes->nr; i++) {
		if (str_is(fixes->at[i], command))
			break;
	}
	if (i == fixes->nr)
		names_add(fixes, command);
	free(command);
}

static void fix_own(const struct explainer *explainer, unsigned int apid,
		    unsigned int apqi, const struct verdict *verdict,
		    struct names *fixes)
{
	const char *title = matrix_title(explainer->matrix);

	switch (verdict->reason) {
	case APM_REASON_REMOVING:
		add_fix(fixes, xasprintf("apmatrix wait %s --gone", title));
		break;
	case APM_REASON_ADAPTER_NOT_IN_HOST:
	case APM_REASON_TYPE_UNSUPPORTED:
	case APM_REASON_CHECKSTOPPED:
		add_fix(fixes, xasprintf("apmatrix unassign %s -a 0x%02x", title, apid));
		break;
	case APM_REASON_DOMAIN_NOT_IN_HOST:
		add_fix(fixes, xasprintf("apmatrix unassign %s -d 0x%02x", title, apqi));
		break;
	case APM_REASON_NO_QUEUE_DEVICE:
		add_fix(fixes, xstrdup("echo 1 >/sys/bus/ap/scans"));
		break;
	case APM_REASON_UNBOUND:
	case APM_REASON_OTHER_DRIVER:
		add_fix(fixes, xasprintf("apmatrix pool reserve --apqn %02x.%04x",
					 apid, apqi));
		break;
	case APM_REASON_DECONFIGURED:
		add_fix(fixes, xasprintf("chzcrypt --config-on %02x", apid));
		break;
	case APM_REASON_RESET_PENDING:
	case APM_REASON_RESET_FAILED:
		add_fix(fixes, xasprintf("apmatrix wait %s --guest-has %02x.%04x",
					 title, apid, apqi));
		break;
	default:
		break;
	}
}

void explain_fixes(const struct explainer *explainer, unsigned int apid,
		   unsigned int apqi, const struct verdict *verdict,
		   const struct apm_mask *blocking, struct names *fixes)
{
	const char *title = matrix_title(explainer->matrix);
	struct text domains = { 0 };
	unsigned int guilty;

	if (str_is(verdict->word, WORD_STALE)) {
		add_fix(fixes, xasprintf("apmatrix refresh %s", title));
		return;
	}
	fix_own(explainer, apid, apqi, verdict, fixes);
	if (verdict->reason != APM_REASON_SIBLING_WITHHELD ||
	    apm_mask_empty(blocking))
		return;
	apm_mask_for_each(guilty, blocking) {
		struct verdict cause = explain_apqn(explainer, apid, guilty);

		fix_own(explainer, apid, guilty, &cause, fixes);
		text_addf(&domains, "%s0x%02x", domains.len ? "," : "", guilty);
	}
	add_fix(fixes, xasprintf("apmatrix unassign %s -d %s", title,
				 text_str(&domains)));
	text_free(&domains);
}

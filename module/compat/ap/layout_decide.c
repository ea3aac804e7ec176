// SPDX-License-Identifier: GPL-2.0-only
/* The layouts of struct ap_driver that are known, and which one an evidence fits. */
#include "layout.h"

/*
 * ids first: every kernel before 7.2. The callbacks came in 5.18 and stand behind
 * remove; vendors have them in some older kernels, and have other members there in
 * others.
 *
 * callbacks first: 7.2 and later.
 */
static const struct vap_ap_layout ids_first = {
	.name = "ids first",
	.ids = 0, .flags = 1, .probe = 2, .remove = 3,
	.in_use = 4, .on_config_changed = 5, .on_scan_complete = 6,
};

static const struct vap_ap_layout callbacks_first = {
	.name = "callbacks first",
	.probe = 0, .remove = 1,
	.in_use = 2, .on_config_changed = 3, .on_scan_complete = 4,
	.ids = 5, .flags = 6,
};

#define WITH_CALLBACKS		7	/* words */
#define WITHOUT_CALLBACKS	4

static bool fits(const struct vap_ap_evidence *evidence,
		 const struct vap_ap_layout *layout)
{
	return evidence->word[layout->ids] == VAP_AP_IDS &&
	       evidence->word[layout->flags] == VAP_AP_FLAGS &&
	       evidence->word[layout->probe] == VAP_AP_CODE &&
	       evidence->word[layout->remove] == VAP_AP_CODE;
}

/* No driver of the host has a callback. */
static bool callbacks_are_zero(const struct vap_ap_evidence *evidence,
			       const struct vap_ap_layout *layout)
{
	return evidence->word[layout->in_use] == VAP_AP_ZERO &&
	       evidence->word[layout->on_config_changed] == VAP_AP_ZERO &&
	       evidence->word[layout->on_scan_complete] == VAP_AP_ZERO;
}

const char *vap_ap_decide(const struct vap_ap_evidence *evidence,
			  struct vap_ap_layout *layout)
{
	unsigned int max_words = evidence->max_words ?: VAP_AP_WORDS;
	bool callers = evidence->callers == VAP_AP_CALLERS;

	if (fits(evidence, &ids_first))
		*layout = ids_first;
	else if (fits(evidence, &callbacks_first))
		*layout = callbacks_first;
	else
		return "its members are in no known order";

	if (max_words < WITHOUT_CALLBACKS)
		return "two drivers are too close to each other";
	if (evidence->callers && !callers)
		return "the bus has some of the functions that call callbacks, not all";
	if (callers && max_words < WITH_CALLBACKS)
		return "the bus calls callbacks, but a driver is too small to have them";
	if (callers && !callbacks_are_zero(evidence, layout))
		return "the members where the callbacks should be are not zero";
	if (layout->ids > layout->remove && (max_words < WITH_CALLBACKS ||
					     !callbacks_are_zero(evidence, layout)))
		return "the members between remove and the ids are not known";
	if (evidence->type_first && evidence->type_second)
		return "the devices do not agree on where their type is";
	if (evidence->type_first + evidence->type_second != evidence->devices)
		return "a device has no known type";
	layout->callbacks = callers;
	return NULL;
}

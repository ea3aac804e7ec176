// SPDX-License-Identifier: GPL-2.0-only
/* The words for why an assigned APQN is not in the guest. See apm.h. */
#include "apm.h"

static const char *const reason_words[APM_REASON_NR] = {
	[APM_REASON_NONE] = "",
#define X(name, word, meaning, fix)	[APM_REASON_##name] = word,
	APM_REASONS(X)
#undef X
};

const char *apm_reason_word(enum apm_reason reason)
{
	if ((unsigned int)reason >= APM_REASON_NR)
		return "";
	return reason_words[reason];
}

enum apm_reason apm_reason_from_word(const char *word, size_t len)
{
	unsigned int i;

	for (i = APM_REASON_NONE + 1; i < APM_REASON_NR; i++) {
		if (strlen(reason_words[i]) == len &&
		    !memcmp(reason_words[i], word, len))
			break;
	}
	return (enum apm_reason)i;
}

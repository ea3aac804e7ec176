// SPDX-License-Identifier: GPL-2.0-only
/* The queues that a guest lacks. See lacking.h. */
#include <stdlib.h>

#include "context/lacking.h"
#include "core/phrase.h"
#include "host/read-matrices.h"
#include "host/read-queues.h"

void queue_list_add(struct queue_list *list, unsigned int apid, unsigned int apqi)
{
	list->at = xrealloc(list->at, list->nr + 1, sizeof(*list->at));
	list->at[list->nr].apid = (uint8_t)apid;
	list->at[list->nr++].apqi = (uint8_t)apqi;
}

static const char *word_of(const struct explainer *explainer,
			   const struct queue_list *lacking, size_t i)
{
	struct verdict verdict;

	if (!apm_matrix_has(&explainer->matrix->assigned, lacking->at[i].apid,
			    lacking->at[i].apqi))
		return "not assigned";
	verdict = explain_apqn(explainer, lacking->at[i].apid, lacking->at[i].apqi);
	return *verdict.word ? verdict.word : "unknown";
}

/* The queues from the first one on that have its reason; they are marked. */
static void phrase_group(const struct explainer *explainer,
			 const struct queue_list *lacking, size_t first, bool *told,
			 struct text *text)
{
	const char *word = word_of(explainer, lacking, first);
	unsigned int nr = 0;
	size_t i;

	for (i = first; i < lacking->nr; i++) {
		if (told[i] || !str_is(word_of(explainer, lacking, i), word))
			continue;
		told[i] = true;
		phrase_listed(text, &nr, lacking->at[i].apid, lacking->at[i].apqi);
	}
	phrase_listed_end(text, nr);
	text_addf(text, " (%s)", word);
}

void phrase_lacking(struct apmatrix *apm, struct matrix *now,
		    const struct queue_list *lacking, struct text *text)
{
	bool *told = xcalloc(lacking->nr + 1, sizeof(*told));
	struct explainer explainer;
	size_t i;

	read_cards(&apm->fs, apm->snap);
	read_queues(&apm->fs, apm->snap, &now->assigned);
	read_reasons(&apm->fs, apm->snap, now);
	explain_begin(&explainer, apm->snap, now);
	for (i = 0; i < lacking->nr; i++) {
		if (told[i])
			continue;
		text_add(text, i ? "; " : "");
		phrase_group(&explainer, lacking, i, told, text);
	}
	free(told);
}

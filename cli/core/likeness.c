// SPDX-License-Identifier: GPL-2.0-only
/* Likeness of queues. See likeness.h. */
#include "core/likeness.h"
#include "lib/text.h"

/* "mode (0x05 cca, 0x06 ep11)": the first adapter of each word. */
static void compare_cards(const struct apm_matrix *matrix, const struct card *cards,
			  const char *(*word)(const struct card *card), const char *what,
			  struct text *text)
{
	const char *seen[8];
	unsigned int apid, i, nr = 0;
	struct text list = { 0 };

	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		const char *now = cards[apid].present ? word(&cards[apid]) : NULL;

		for (i = 0; now && i < nr && !str_is(seen[i], now); i++)
			;
		if (!now || i < nr || nr == sizeof(seen) / sizeof(*seen))
			continue;
		seen[nr++] = now;
		text_addf(&list, "%s0x%02x %s", list.len ? ", " : "", apid, now);
	}
	if (nr > 1)
		text_addf(text, "%s%s (%s)", text->len ? ", " : "", what, text_str(&list));
	text_free(&list);
}

/* Patterns of adapters of another mode are another thing. */
static void compare_keys(const struct apm_matrix *matrix, const struct card *cards,
			 master_keys_fn keys, const void *ctx, struct text *text)
{
	unsigned int apid, apqi, first_apid = 0, first_apqi = 0;
	const char *first = NULL, *mode = NULL;

	apm_mask_for_each(apid, apm_matrix_apm(matrix)) {
		apm_mask_for_each(apqi, apm_matrix_aqm(matrix)) {
			const char *now = keys(ctx, apid, apqi);

			if (!now || (mode && !str_is(card_mode(&cards[apid]), mode)))
				continue;
			if (!first) {
				first = now;
				mode = card_mode(&cards[apid]);
				first_apid = apid;
				first_apqi = apqi;
			} else if (!str_is(first, now)) {
				text_addf(text, "%smaster keys (%02x.%04x and %02x.%04x)",
					  text->len ? ", " : "", first_apid, first_apqi,
					  apid, apqi);
				return;
			}
		}
	}
}

bool likeness_differs(const struct apm_matrix *matrix, const struct card *cards,
		      master_keys_fn keys, const void *ctx, struct text *text)
{
	size_t before = text->len;

	if (apm_matrix_apqns(matrix) < 2)
		return false;
	compare_cards(matrix, cards, card_mode, "mode", text);
	compare_cards(matrix, cards, card_generation, "type", text);
	compare_keys(matrix, cards, keys, ctx, text);
	return text->len > before;
}

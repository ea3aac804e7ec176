// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel prints: masks, lists, ap_config. What is read can be printed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apm/apm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_mask(const char *text, size_t len)
{
	char printed[AP_MASK_TEXT_LEN];
	struct ap_mask mask, again;

	if (ap_parse_mask(text, len, &mask))
		return;
	ap_mask_format(&mask, printed);
	if (ap_parse_mask(printed, sizeof(printed), &again) ||
	    !ap_mask_equal(&mask, &again))
		abort();
}

static void try_list(const char *text, size_t len)
{
	struct ap_mask mask = { { 0 } }, before = { { 0 } };
	unsigned long id;

	ap_mask_set(&mask, 7);
	ap_mask_set(&before, 7);
	if (ap_parse_list(text, len, &mask) && !ap_mask_equal(&mask, &before))
		abort();	/* refused, and changed all the same */
	ap_parse_id(text, len, &id);
}

static void try_config(const char *text, size_t len)
{
	char printed[AP_MATRIX_CONFIG_LEN];
	struct ap_matrix matrix, again;
	size_t nr;

	if (ap_parse_config(text, len, &matrix))
		return;
	nr = ap_matrix_read_config(&matrix, printed, sizeof(printed), 0);
	if (ap_parse_config(printed, nr, &again) || !ap_matrix_equal(&matrix, &again))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned int apid, apqi;
	/* of exactly this size, so that reading beyond it is seen */
	char *text = malloc(size ? size : 1);

	memcpy(text, data, size);
	try_mask(text, size);
	try_list(text, size);
	try_config(text, size);
	if (!ap_parse_apqn(text, size, &apid, &apqi) && (apid > 255 || apqi > 255))
		abort();
	free(text);
	return 0;
}

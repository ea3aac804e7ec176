// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel prints: masks, lists, ap_config. What is read can be printed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "apm/apm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_mask(const char *text, size_t len)
{
	char printed[APM_MASK_TEXT_LEN];
	struct apm_mask mask, again;

	if (apm_parse_mask(text, len, &mask))
		return;
	apm_mask_format(&mask, printed);
	if (apm_parse_mask(printed, sizeof(printed), &again) ||
	    !apm_mask_equal(&mask, &again))
		abort();
}

static void try_list(const char *text, size_t len)
{
	struct apm_mask mask = { { 0 } }, before = { { 0 } };
	unsigned long id;

	apm_mask_set(&mask, 7);
	apm_mask_set(&before, 7);
	if (apm_parse_list(text, len, &mask) && !apm_mask_equal(&mask, &before))
		abort();	/* refused, but changed */
	apm_parse_id(text, len, &id);
}

static void try_config(const char *text, size_t len)
{
	char printed[APM_MATRIX_CONFIG_LEN];
	struct apm_matrix matrix, again;
	size_t nr;

	if (apm_parse_config(text, len, &matrix))
		return;
	nr = apm_matrix_read_config(&matrix, printed, sizeof(printed), 0);
	if (apm_parse_config(printed, nr, &again) || !apm_matrix_equal(&matrix, &again))
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
	if (!apm_parse_apqn(text, size, &apid, &apqi) && (apid > 255 || apqi > 255))
		abort();
	free(text);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The texts of the interface, written and read bit by bit. See text.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

#define DIGITS	(APM_MATRIX_IDS / 4)

static bool has_ids(const struct apm_matrix *matrix, enum apm_dim dim)
{
	unsigned int id;

	for (id = 0; id < APM_MATRIX_IDS; id++) {
		if (apm_mask_test(&matrix->dim[dim], id))
			return true;
	}
	return false;
}

void text_apqns(const struct apm_matrix *matrix, char *text, size_t size)
{
	bool adapters = has_ids(matrix, APM_DIM_ADAPTER), domains = has_ids(matrix, APM_DIM_DOMAIN);
	unsigned int apid, apqi;
	size_t len = 0;

	text[0] = '\0';
	/* where one dimension is empty, each id of the other has a line of its own */
	for (apid = 0; apid < (adapters ? APM_MATRIX_IDS : 1); apid++) {
		if (adapters && !apm_mask_test(&matrix->dim[APM_DIM_ADAPTER], apid))
			continue;
		for (apqi = 0; apqi < (domains ? APM_MATRIX_IDS : 1) && len < size; apqi++) {
			if (domains && !apm_mask_test(&matrix->dim[APM_DIM_DOMAIN], apqi))
				continue;
			if (adapters && domains)
				len += (size_t)snprintf(text + len, size - len, "%02x.%04x\n", apid,
							apqi);
			else if (adapters)
				len += (size_t)snprintf(text + len, size - len, "%02x.\n", apid);
			else if (domains)
				len += (size_t)snprintf(text + len, size - len, ".%04x\n", apqi);
		}
	}
}

void text_control_domains(const struct apm_matrix *matrix, char *text, size_t size)
{
	size_t len = 0;
	unsigned int id;

	text[0] = '\0';
	for (id = 0; id < APM_MATRIX_IDS && len < size; id++) {
		if (apm_mask_test(&matrix->dim[APM_DIM_CONTROL_DOMAIN], id))
			len += (size_t)snprintf(text + len, size - len, "%04x\n", id);
	}
}

void text_config(const struct apm_matrix *matrix, char *text)
{
	unsigned int dim, digit, bit;

	for (dim = 0; dim < APM_DIM_NR; dim++) {
		text += sprintf(text, "%s0x", dim ? "," : "");
		for (digit = 0; digit < DIGITS; digit++) {
			unsigned int value = 0;

			for (bit = 0; bit < 4; bit++)
				value = value << 1 | apm_mask_test(&matrix->dim[dim],
								   4 * digit + bit);
			*text++ = "0123456789abcdef"[value];
		}
	}
	strcpy(text, "\n");
}

int text_parse_config(const char *text, struct apm_matrix *matrix)
{
	unsigned int dim, digit, bit;

	memset(matrix, 0, sizeof(*matrix));
	for (dim = 0; dim < APM_DIM_NR; dim++) {
		if (dim && *text++ != ',')
			return -EINVAL;
		if (strncmp(text, "0x", 2))
			return -EINVAL;
		text += 2;
		for (digit = 0; digit < DIGITS; digit++, text++) {
			static const char hex[] = "0123456789abcdef";
			const char *at = *text ? strchr(hex, *text) : NULL;

			if (!at)
				return -EINVAL;
			for (bit = 0; bit < 4; bit++) {
				if ((unsigned int)(at - hex) & 8U >> bit)
					apm_mask_set(&matrix->dim[dim], 4 * digit + bit);
			}
		}
	}
	return *text && strcmp(text, "\n") ? -EINVAL : 0;
}

int text_parse_apqn(const char *text, size_t len, unsigned int *apid, unsigned int *apqi)
{
	int end = 0;

	if (len != 7 || sscanf(text, "%2x.%4x%n", apid, apqi, &end) != 2 || end != 7)
		return -EINVAL;
	return 0;
}

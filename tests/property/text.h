/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The texts of the documented interface, written and read by code of the test's own: what the
 * module prints is not compared with what its own functions print.
 */
#ifndef PROPERTY_TEXT_H
#define PROPERTY_TEXT_H

#include "apm/apm.h"

/* Three masks with digits, "0x", commas, a newline and a NUL. */
#define TEXT_CONFIG_SIZE	(3 * (2 + APM_MATRIX_IDS / 4) + 4)

/* As the attributes matrix and guest_matrix have it; cut at size. */
void text_apqns(const struct apm_matrix *matrix, char *text, size_t size);

/* As control_domains has it; cut at size. */
void text_control_domains(const struct apm_matrix *matrix, char *text, size_t size);

/* As ap_config has it: TEXT_CONFIG_SIZE bytes. */
void text_config(const struct apm_matrix *matrix, char *text);

/* Whole masks only, as the module prints them. 0 or -EINVAL. */
int text_parse_config(const char *text, struct apm_matrix *matrix);

/* Two and four digits. 0 or -EINVAL. */
int text_parse_apqn(const char *text, size_t len, unsigned int *apid, unsigned int *apqi);

#endif

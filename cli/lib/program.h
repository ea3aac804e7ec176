/* SPDX-License-Identifier: GPL-2.0-only */
/* What this program is, and the version of its JSON and its plan files. */
#ifndef APM_PROGRAM_H
#define APM_PROGRAM_H

#include "lib/defaults.h"
#include "version.h"

#define APMATRIX_VERSION	VAP_VERSION
/* "api_level"; a higher one would mean that old readers do not understand it. */
#define APMATRIX_API_LEVEL	1
#define API_LEVEL_TEXT		AS_TEXT(APMATRIX_API_LEVEL)

#endif

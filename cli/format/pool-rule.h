/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pure: the udev rule that sets the masks at boot, in the file and in the
 * form that chzdev writes and reads.
 */
#ifndef APM_POOL_RULE_H
#define APM_POOL_RULE_H

#include "core/targets.h"
#include "lib/text.h"

/* What a rule file says; the last word counts. false: it sets no mask. */
bool pool_rule_parse(const char *text, struct pool_rule *rule);
void pool_rule_format(const struct pool_rule *rule, struct text *text);

#endif

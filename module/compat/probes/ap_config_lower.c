// SPDX-License-Identifier: GPL-2.0-only
/*
 * Between 6.1 and 6.12: the members of struct ap_config_info became lower case
 * (na, nd). Delete with the last kernel before.
 */
static unsigned int ap_config_lower(struct ap_config_info *info)
{
	return info->na + info->nd;
}

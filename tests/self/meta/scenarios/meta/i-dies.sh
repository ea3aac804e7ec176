# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="take the kernel down"
echo c >/proc/sysrq-trigger

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C2~ C3 R-12 I5 I27 I29"
DESCRIPTION="answer TAPQ, ZAPQ and AQIC of a queue of a running guest with each response code"
REQUIRES="ours apvmm"

. "$here/codes.sh"

each_fault used in_place unbound

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C2~ C3 R-12 I5 I27 I29"
DESCRIPTION="answer TAPQ, ZAPQ and AQIC with each response code while a queue changes its owner"
REQUIRES="ours apvmm"

. "$here/codes.sh"

each_fault resetting closed failed clean

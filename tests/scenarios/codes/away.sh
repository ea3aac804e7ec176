# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C2~ C3 R-12 I5 I27 I29"
DESCRIPTION="answer TAPQ, ZAPQ and AQIC with each response code as a queue comes back to the host"
REQUIRES="ours apvmm"

. "$here/codes.sh"

each_fault standby unknown

# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="check nothing"
REQUIRES="none"
: a command that is no check

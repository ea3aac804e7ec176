# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="run in a fresh boot after another one hung"
expect "files of the boot in which a scenario hung" 0 "$(find /tmp -name hung-here | wc -l)"

# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="pass while the kernel warns"
insmod /lab/tests/scenarios/meta/warn.ko && rmmod warn
expect "the module's load" 0 $?

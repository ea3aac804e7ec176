#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dkms's PRE_BUILD: can this kernel be served? dkms-check.sh KERNELDIR
#
# If not, says why in one line and exits with 77, which dkms takes for "skip
# this kernel", so that a kernel we cannot serve never fails an upgrade of the
# system. dkms sends a script's output to a log file only; the line also goes
# to where dkms itself talks to.

here=$(cd "$(dirname "$0")" && pwd)

reason=$("$here/probe.sh" --kernel "$1" --check 2>&1) && exit 0
echo "$reason" >&2

log=$(readlink /proc/self/fd/2)
[ -f "$log" ] || exit 77
pid=$PPID
while [ "${pid:-0}" -gt 1 ]; do
	console=$(readlink "/proc/$pid/fd/2") || break
	if [ "$console" != "$log" ]; then
		printf '\n%s\n' "$reason" >> "/proc/$pid/fd/2"
		break
	fi
	pid=$(sed -n 's/^PPid:[	 ]*//p' "/proc/$pid/status")
done
exit 77

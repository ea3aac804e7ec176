#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dkms's PRE_BUILD: can this kernel be served?
#
#   dkms-check.sh KERNELDIR [OLDEST NEWEST]	the series that were tested, as 6.12
#
# If not, says why in one line and exits with 77, which dkms takes for "skip
# this kernel", so that a kernel we cannot serve never fails an upgrade of the
# system. dkms sends a script's output to a log file only; the line also goes
# to where dkms itself talks to.

here=$(cd "$(dirname "$0")" && pwd)

# older A B: is series A older than B?
older()
{
	[ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

check()
{
	"$here/probe.sh" --kernel "$1" --check || return
	release=$(cat "$1/include/config/kernel.release" 2>/dev/null)
	series=$(echo "$release" | sed -n 's/^\([0-9]*\.[0-9]*\).*/\1/p')
	if [ -n "$series" ] && [ $# -eq 3 ]; then
		what="vfio_ap: $release cannot be served: it is"
		if older "$series" "$2"; then
			echo "$what older than $2, the oldest that was tested"
			return 1
		fi
		if older "$3" "$series"; then
			echo "$what newer than $3, the newest that was tested"
			return 1
		fi
	fi
}

reason=$(check "$@" 2>&1) && exit 0
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

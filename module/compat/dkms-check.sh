#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# For dkms.conf: can this kernel be served?
#
#   dkms-check.sh KERNELDIR OLDEST NEWEST	the series that were tested, as 6.12
#
# If not, says why in one line on standard error and exits with 1. Below OLDEST no kernel is
# served. For one above NEWEST the module is built here first, in a directory that is removed
# again, so that a kernel for which it does not compile fails no upgrade of the system.

here=$(cd "$(dirname "$0")" && pwd)

refuse()
{
	echo "vfio_ap: $release cannot be served: $*" >&2
	exit 1
}

# older A B: is series A older than B?
older()
{
	[ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

builds()
{
	trial=$(mktemp -d) || return
	make -C "$here/.." KDIR="$1" OUT="$trial" modules >/dev/null 2>&1
	status=$?
	rm -rf "$trial"
	return $status
}

release=$(cat "$1/include/config/kernel.release" 2>/dev/null)
series=$(echo "$release" | sed -n 's/^\([0-9]*\.[0-9]*\).*/\1/p')
if [ -n "$series" ] && older "$series" "$2"; then
	refuse "it is older than $2, the oldest that was tested"
fi
"$here/probe.sh" --kernel "$1" --check || exit 1
if [ -n "$series" ] && older "$3" "$series" && ! builds "$1"; then
	refuse "it is newer than $3, the newest that was tested, and the module does not compile for it"
fi

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-08"
DESCRIPTION="show driver and status of each queue in lszcrypt"
REQUIRES="debian module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
# shows APQN PATTERN: in its line of lszcrypt
shows() {
	line=$(lszcrypt -V | grep "^$1") pattern=$2
	check "$line: has $2" eval 'echo "$line" | grep -q "$pattern"'
}
shows 05.0004 " assigned.*vfio_ap\|vfio_ap.* assigned"
shows 05.0047 unassigned
shows 06.0004 online
guest
shows 05.0004 "in use"
check "a domain of both kinds in lszcrypt -d" eval 'lszcrypt -d | grep -q B'

# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="know that a queue which returns with its domain is reset before its checkstopped card works"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
guest one $U1
guest_has one "05.0004"
expect "response code of NQAP" 00 "$(said rc one nqap apqn=05.0004)"
for change in "card checkstop 5 on" "domain del 4" "domain add 4"; do
	sim "$change"
	rescan
done
unassign $U1 adapter 5
guest_has one ""
assign $U2 adapter 5 domain 4
guest two $U2
guest_has two $U2 "05.0004"
expect "queue of a guest, tainted by the one before" 0 "$(oracle unclean)"
sim "card checkstop 5 off"
rescan
expect "taint" none "$(sed -n 's/^05\.0004 .*taint=\([^ ]*\).*/\1/p' $SIM/queues)"
expect "findings" 0 "$(oracle findings)"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="I5"
DESCRIPTION="pass a queue from guest to guest and to the host without any data of the previous owner"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
guest one $U1
expect "NQAP" 0 "$(said cc one nqap apqn=05.0004 psmid=1)"
unassign $U1 domain 4
assign $U2 adapter 5 domain 4
guest two $U2
guest_has two $U2 "05.0004"
expect "NQAP" 0 "$(said cc two nqap apqn=05.0004 psmid=2)"
vmm_end two
mdev_remove $U2
put $BUS/apmask +5
expect "its driver" cex4queue "$(bound_to 05.0004)"
before=$(oracle transfers)
check "the host uses the queue" eval '[ -n "$(cat $BUS/devices/card05/serialnr)" ]'
check "entries into SIE were judged" [ "$(oracle entries)" -gt 0 ]
check "messages of both guests were judged" [ "$before" -gt 1 ]
check "messages of the host were judged" [ "$(oracle transfers)" -gt "$before" ]

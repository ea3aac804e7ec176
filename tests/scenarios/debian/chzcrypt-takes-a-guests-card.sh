# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-09 R-07 R-07t"
DESCRIPTION="let chzcrypt configure a guest's card off and on again; the guest then has its queues again"
REQUIRES="debian module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
note "card 05 off"
must chzcrypt --config-off 05 >$WORK/chzcrypt.out
expect "config of card 05" 0 "$(cat $BUS/devices/card05/config)"
expect "rc of TAPQ" 03 "$(said rc vm tapq apqn=05.0004)"
lszcrypt -V | grep "^05.0004.*vfio_ap" >$WORK/line || fail "lszcrypt: $(lszcrypt -V)"
expect "rc of AQIC" 03 "$(said rc vm aqic on apqn=05.0004)"
note "an event makes the module look again"
rescan
assign $U1 control_domain 0xab
unassign $U1 control_domain 0xab
note "card 05 on"
must chzcrypt --config-on 05 >$WORK/chzcrypt.out
expect "config of card 05" 1 "$(cat $BUS/devices/card05/config)"
rescan
guest_has "05.0004 05.0047 06.0004 06.0047"
settle "rc of TAPQ, configured again" 00 said rc vm tapq apqn=05.0004
expect "rc of AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
note "a guest that starts while a card is off gets it, too"
vmm_end
must chzcrypt --config-off 05 >$WORK/chzcrypt.out
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
must chzcrypt --config-on 05 >$WORK/chzcrypt.out
rescan
guest_has "05.0004 05.0047 06.0004 06.0047"
settle "rc of TAPQ" 00 said rc vm tapq apqn=05.0047

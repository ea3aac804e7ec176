# SPDX-License-Identifier: GPL-2.0-only
# The NIB of a protected guest must be in a page that it shares, which the Ultravisor is asked for.
# The oracle checks that it was asked for the very page that AQIC then names.
SHOWS=""
DESCRIPTION="enable interrupts of a protected guest in a shared page, and refuse a page that is not shared"
REQUIRES="ours apvmm 6.12+"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "TAPQ" 00 "$(said rc vm tapq apqn=05.0004)"
id=$(sed -n 's/^\([0-9]*\) pid=.*/\1/p' $SIM/guests | tail -n 1)
sim "guest protected $id on"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "interrupts" guest "$(irq_of 05.0004)"
expect "findings" 0 "$(oracle findings)"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
sim "uv refuse on"
expect "AQIC, with a page that is not shared" 06 "$(said rc vm aqic on apqn=05.0004)"
expect "interrupts" off "$(irq_of 05.0004)"
sim "uv refuse off"
expect "AQIC, with another one in the same page" 00 "$(said rc vm aqic on apqn=05.0004 nib=0x2010)"
refused EINVAL $SIM/control "guest protected 100000 on"

# SPDX-License-Identifier: GPL-2.0-only
# KVM disables the GISA of a protected guest if the Ultravisor does not support it.
SHOWS=""
DESCRIPTION="answer AQIC with an operation exception if the guest has no adapter-interruption virtualization"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
expect "AQIC off" 00 "$(said rc vm aqic off apqn=05.0004)"
sim "guest noaiv $(sed -n 's/^\([0-9]*\) pid=.*/\1/p' $SIM/guests | tail -n 1)"
expect "AQIC without it is an operation exception" 0001 "$(said pgm vm aqic on apqn=05.0004)"
expect "interrupts" "" "$(sed -n '/^05.0004 .*irq=guest/p' $SIM/queues)"
expect "TAPQ" 00 "$(said rc vm tapq apqn=05.0004)"
refused EINVAL $SIM/control "guest noaiv 100000"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C8! R-16 R-16t R-29 I10 I27"
DESCRIPTION="enable queue interrupts for a guest, and answer wrong requests as architected"
REQUIRES="ours apvmm"

free_for_guests 5,6
unbind 06.0047
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
guest
guest_has "05.0004 05.0047"
ask() { # WANTED-RC WORDS...
	wanted=$1
	shift
	expect "rc of aqic $*" "$wanted" "$(said rc vm aqic "$@")"
}
ask 00 on apqn=05.0004
expect "the queue's interrupts" "empty,irq" "$(said status vm tapq apqn=05.0004)"
ask 07 on apqn=05.0004
ask 00 off apqn=05.0004
ask 07 off apqn=05.0004
note "a queue that is assigned but filtered, and one that is nobody's"
ask 01 on apqn=06.0004
ask 01 on apqn=0a.0004
note "of which the NIB is not even looked at"
ask 01 on apqn=06.0004 nib=0
note "NIB 0, beyond the guest's memory"
ask 06 on apqn=05.0004 nib=0
ask 06 on apqn=05.0004 nib=0x40000000
note "memory that the VMM has mapped, and that is not the guest's"
vmm_expect ok vm memslot off
ask 06 on apqn=05.0004
vmm_expect ok vm memslot on
expect "the queue's interrupts" "empty,noirq" "$(said status vm tapq apqn=05.0004)"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-2"
DESCRIPTION="issue no AQIC to disable interrupts where a reset has disabled them"
REQUIRES="module apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
aqics() { # WHAT COMMAND...
	what=$1
	shift
	expect "AQIC by the guest" 00 "$(said rc vm aqic on apqn=05.0004)"
	grep -q '^05.0004.*irq=guest' $SIM/queues || fail "its interrupts are not on"
	put $SIM/counters reset
	"$@" >/dev/null || fail "$*"
	wait_for 5 grep -q '^05.0004.*irq=off' $SIM/queues || fail "they are still on"
	counted=$(awk '$1 == "pqap.aqic" { print $2 }' $SIM/counters)
	expect "interrupt controls at $what" 0 "${counted:-0}"
}
aqics "VFIO_DEVICE_RESET" vmm vm reset
aqics "unassign" put $MATRIX/$U1/unassign_domain 4
put $MATRIX/$U1/assign_domain 4
guest_has "05.0004"
aqics "unbind" unbind 05.0004
bind 05.0004
guest_has "05.0004"
aqics "close" vmm vm detach
must vmm vm attach $U1 $guest_by
note "where there is no reset, there has to be one"
expect "AQIC by the guest" 00 "$(said rc vm aqic on apqn=05.0004)"
put $SIM/counters reset
vmm_expect ok vm mem unmap 0 0x1000000
counted=$(awk '$1 == "pqap.aqic" { print $2 }' $SIM/counters)
[ "${counted:-0}" -ge 1 ] || fail "unmapping was not counted: the counter shows nothing"

# SPDX-License-Identifier: GPL-2.0-only
# The guest resets its queue itself, and until that is over the queue refuses AQIC
SHOWS="I11 I12"
DESCRIPTION="keep the page of a queue that the guest is resetting while its memory is unmapped"
REQUIRES="ours apvmm"

looked_at() { sim_did 'host pqap.tapq.* 05.0004' >/dev/null; }
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
guest_has "05.0004 05.0047"
# a second after it was bound the module looks at the queue by itself
sim_clear_log
wait_for 3 looked_at || note "it was looked at before"

note "a card that was just deconfigured has no interrupts: the module need not wait for that"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
enabled_queues() { words $MATRIX/$U1/guest_interrupts; }
expect "guest_interrupts" "05.0004 3" "$(enabled_queues)"
sim "card config 5 standby"
sim_clear_log
vmm_expect ok vm mem unmap 0 0x1000000
expect "guest_interrupts" "" "$(enabled_queues)"
expect "TAPQs" 0 "$(sim_count 'host pqap.tapq. 05.0004')"
sim "card config 5 on"
vmm_end

note "a queue that the guest is resetting"
guest
guest_has "05.0004 05.0047"
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "queue stuck 05.0004 on"
expect "RAPQ of the guest" 00 "$(said rc vm rapq apqn=05.0004)"
note "its memory is unpinned: type 1 stops the kernel with BUG() if it is not"
vmm_expect ok vm mem unmap 0 0x1000000
expect "interrupts while the reset is in progress" guest "$(irq_of 05.0004)"
note "the same memory once more: there is nothing to unpin, and nothing to ask the queue for"
aqics=$(sim_count 'host pqap.aqic. 05.0004')
vmm_expect ok vm mem map 0 0x1000000
enabled() { [ "$(said rc vm aqic on apqn=05.0047)" = 00 ]; }
wait_for 10 enabled || fail "AQIC of the other queue"
vmm_expect ok vm mem unmap 0 0x1000000
expect "AQICs for the queue that is being reset" "$aqics" "$(sim_count 'host pqap.aqic. 05.0004')"
expect "interrupts of the other queue" off "$(irq_of 05.0047)"
vmm_kill
expect "interrupts of the guest that is gone" guest "$(irq_of 05.0004)"
sim "queue stuck 05.0004 off"
settle "interrupts after the reset" off irq_of 05.0004
settle "VMs" "" cat $SIM/guests
expect "findings" 0 "$(oracle findings)"

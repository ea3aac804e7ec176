# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C10 I5"
DESCRIPTION="zeroize a queue first if its card is operational again while no guest has it"
REQUIRES="ours apvmm"

# The oracle lets no guest have a queue with somebody else's data, unless the card is out of
# operation at that moment. So a ZAPQ has to be complete before each of these guests gets it.

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4

zeroized() { sim_did ' host pqap\[zapq\] 05.0004 rc=00' >/dev/null; }

note "an operational card, at once"
guest one $U1
expect "NQAP" 0 "$(said cc one nqap apqn=05.0004 psmid=1)"
sim "card config 5 off"
vmm_end one
settle "guest_matrix" "05.0004" full_guest_matrix
sim_clear_log
sim "queue reset-latency 05.0004 300000"
sim "card config 5 on"
guest two $U1
expect "the CRYCB when the device is open: its reset was waited for" "05.0004" "$(crycb_matrix two)"
sim "queue reset-latency 05.0004 1000"
guest_has two $U1 "05.0004"
check "it was zeroized" zeroized

note "an operational card, in its own time, and nobody sees a change"
expect "NQAP" 0 "$(said cc two nqap apqn=05.0004 psmid=1)"
sim "card checkstop 5 on"
vmm_end two
settle "guest_matrix" "05.0004" full_guest_matrix
generation=$(cat $MATRIX/$U1/guest_generation)
sim_clear_log
sim "card checkstop 5 off"
wait_for 20 zeroized || fail "it is not zeroized"
expect "guest_matrix" "05.0004" "$(full_guest_matrix)"
expect "guest_generation" "$generation" "$(cat $MATRIX/$U1/guest_generation)"

note "it goes to another mdev, whose guest runs"
guest three $U1
expect "NQAP" 0 "$(said cc three nqap apqn=05.0004 psmid=1)"
sim "card config 5 off"
vmm_end three
unassign $U1 adapter 5
guest four $U2
sim "card config 5 on"
assign $U2 adapter 5 domain 4
guest_has four $U2 "05.0004"

note "a card that is still out goes to the next guest as it is"
expect "NQAP" 0 "$(said cc four nqap apqn=05.0004 psmid=1)"
sim "card config 5 off"
vmm_end four
guest five $U2
guest_has five $U2 "05.0004"
expect "rc of TAPQ" 03 "$(said rc five tapq apqn=05.0004)"
sim "card config 5 on"
rescan
expect "rc of TAPQ" 00 "$(said rc five tapq apqn=05.0004)"
expect "NQAP" 0 "$(said cc five nqap apqn=05.0004 psmid=1)"
guest_has five $U2 "05.0004"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P2 I29"
DESCRIPTION="keep a queue in its guest for as long as a reset in place takes"
REQUIRES="ours apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
changes=$(crycb_changes)

reset_in_background() { # FILE
	{ vmm vm reset >$WORK/"$1"; } &
}
log_says() { dmesg | grep -q "05.0004: reset in place not complete after 2000 ms"; }

sim "queue stuck 05.0004 on"
reset_in_background first
first=$!
wait_for 20 log_says || fail "the log does not say that the reset takes long"
guest_has "05.0004 06.0004"
expect "changes of the CRYCB" "$changes" "$(crycb_changes)"
[ ! -s $WORK/first ] || fail "answered before the reset was complete: $(cat $WORK/first)"
expect "interrupt control meanwhile" 02 "$(said rc vm aqic on apqn=05.0004)"

note "another one starts it over; both get their answer once it is complete"
reset_in_background second
second=$!
sim "queue stuck 05.0004 off"
wait $first $second
expect "both" "ok ok" "$(sed 's/ .*//' $WORK/first $WORK/second | words /dev/stdin)"
guest_has "05.0004 06.0004"
expect "changes of the CRYCB" "$changes" "$(crycb_changes)"

note "if it leaves its guest meanwhile, it is withheld as any other"
sim "queue stuck 05.0004 on"
reset_in_background third
third=$!
unassign $U1 adapter 5
guest_has "06.0004"
wait $third
assign $U1 adapter 5
expect "reasons" "05.0004 reset-failed" "$(words $MATRIX/$U1/reasons)"
sim "queue stuck 05.0004 off"
wait_for 20 prints "05.0004 06.0004" full_guest_matrix
guest_has "05.0004 06.0004"

note "if the host loses it meanwhile, nobody waits for it"
sim "queue stuck 05.0004 on"
times() { dmesg | grep -c "05.0004: reset in place not complete after 2000 ms"; }
before=$(times)
log_says_it_again() { [ "$(times)" -gt "$before" ]; }
reset_in_background fourth
fourth=$!
# from then on the module polls rarely: the bus is to see the loss first
wait_for 20 log_says_it_again || fail "the log does not say that the reset takes long"
sim "card del 5;configchange"
wait_for 10 test -s $WORK/fourth || fail "a reset waits for a queue that the host has lost"
wait $fourth
guest_has "06.0004"
sim "card add 5 type=cex8 mode=cca"
sim "queue stuck 05.0004 off"
sim configchange
guest_has "05.0004 06.0004"

# SPDX-License-Identifier: GPL-2.0-only
# A queue that is withheld is tried every 1.6 s in the end; a scan that follows a change of the
# host's configuration has it tried at once. Ten of them take a tenth of the time, or, where the
# bus tells of no change and the module looks once a second, less than ten seconds and a bit.
SHOWS="part-14 C3"
DESCRIPTION="reset a withheld queue again as soon as the host's configuration has changed"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
sim "queue resetfail 05.0004 42"
unassign $U1 domain 4
assign $U1 domain 4
expect "reasons" "05.0004 reset-failed" "$(words $MATRIX/$U1/reasons)"
zapqs() { sim_count 'host pqap.zapq. 05.0004'; }
tried() { [ "$(zapqs)" -gt "$seen" ]; }
changed() { # VERB
	seen=$(zapqs)
	sim "control $1 0x60"
	sim configchange
	wait_for 5 tried || fail "not tried after a change"
}
note "until the attempts are as rare as they get"
seen=6
wait_for 20 tried || fail "not tried again by itself"
sim_clear_log
seen=0
wait_for 20 tried || fail "not tried again by itself"
begun=$(uptime_cs)
for turn in 1 2 3 4 5; do
	changed add
	changed del
done
spent=$(($(uptime_cs) - begun))
note "ten changes took $spent hundredths of a second"
limit=800
kernel_from 5.18 || limit=1300
[ $spent -lt $limit ] || fail "ten changes, and an attempt after each, took $spent hundredths of a second"
sim "queue resetfail 05.0004 00"
changed add
settle "guest_matrix" "05.0004" full_guest_matrix

note "a reset that does not end is given up after two seconds"
sim "queue stuck 05.0004 on"
begun=$(uptime_cs)
unassign $U1 domain 4
spent=$(($(uptime_cs) - begun))
note "after $spent hundredths of a second"
check "given up after 2 to 4 seconds" eval "[ $spent -ge 200 ] && [ $spent -lt 400 ]"
sim "queue stuck 05.0004 off"

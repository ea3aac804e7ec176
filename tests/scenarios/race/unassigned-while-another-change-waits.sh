# SPDX-License-Identifier: GPL-2.0-only
# A change asks the host only for APQNs that it adds. It waits for the AP bus after it has seen what
# is assigned: what another write takes out meanwhile, and the host gets, is new to it then.
SHOWS="I4 I24 D-02"
DESCRIPTION="refuse an ap_config with a queue that was unassigned, and became the host's, since it began"
REQUIRES="ours two-cpus"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5,6,7
mdev_create
configure() { # MASKS
	write $MATRIX/$U1/ap_config "$1"
	echo "$put_said" >$WORK/said
}
# round WANTED WHAT COMMAND...: the command runs after the change of adapters 5 and 6 to 5, 6 and 7
# has begun, and before it has the bus's lock
round() {
	wanted=$1 what=$2
	shift 2
	put $MATRIX/$U1/ap_config "$(mask 5 6),$(mask 4),$(mask)"
	pause vap_compat_ap_lock 5000000
	configure "$(mask 5 6 7),$(mask 4),$(mask)" &
	configuring=$!
	wait_for 10 pausing || give_up "$what: nobody takes the lock"
	"$@"
	pause release
	wait $configuring
	pause off
	read -r said <$WORK/said
	expect "$what" "$wanted" "$said"
}
# The mask is there before its writer returns, who waits for the queues' drivers.
is_the_hosts_6() { [ $((0x$(cut -c 4 $BUS/apmask) & 2)) = 2 ]; }
take_6() {
	accepted $MATRIX/$U1/unassign_adapter 6
	try_put $BUS/apmask +6 &
	masking=$!
	wait_for 10 is_the_hosts_6 || fail "6 is not in apmask"
}
round EADDRNOTAVAIL "6 was unassigned and is the host's" take_6
wait $masking
expect "the matrix" "05.0004" "$(matrix)"
put $BUS/apmask -6
round ok "6 was unassigned" accepted $MATRIX/$U1/unassign_adapter 6
expect "the matrix" "05.0004 06.0004 07.0004" "$(matrix)"
put $MATRIX/$U1/unassign_adapter 7
round ok "nothing happened" true
expect "the matrix" "05.0004 06.0004 07.0004" "$(matrix)"
must rmmod pause

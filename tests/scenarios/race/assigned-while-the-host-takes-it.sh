# SPDX-License-Identifier: GPL-2.0-only
# To assign a queue, the module asks whether it is the host's and then changes the matrix; to change
# apmask, the AP bus asks whether an mdev has it and then changes the mask. A pause after the first
# question lets the second one in between, unless both are asked under one lock.
SHOWS="I4 I24 part-10"
DESCRIPTION="refuse one of two: a queue that is assigned and a mask that gives it to the host, both at once"
REQUIRES="ours"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 domain 4
ask() { # RESULT FILE VALUE
	write "$2" "$3"
	echo "$put_said" >$WORK/"$1"
}
put /sys/kernel/debug/pause "vap_owner_host_apqn 20000 return"
for round in 1 2 3 4 5 6 7 8 9 10 11 12; do
	# the one in the background begins a little later
	if [ $((round % 3)) = 0 ]; then
		ask assigned $MATRIX/$U1/assign_adapter 5 &
		ask mask $BUS/apmask +5
	else
		ask mask $BUS/apmask +5 &
		ask assigned $MATRIX/$U1/assign_adapter 5
	fi
	wait $!
	read -r assigned <$WORK/assigned
	read -r said <$WORK/mask
	note "round $round: assign_adapter: $assigned, apmask: $said"
	case "$assigned $said" in
	"ok EBUSY")
		ok "round $round: the mdev has it"
		unassign $U1 adapter 5 ;;
	"EADDRNOTAVAIL ok")
		ok "round $round: the host has it"
		put $BUS/apmask -5 ;;
	*) give_up "round $round: assign_adapter: $assigned, apmask: $said" ;;
	esac
done
read -r _ pauses </sys/kernel/debug/pause
[ "$pauses" -ge 12 ] || fail "only $pauses pauses"
put /sys/kernel/debug/pause off
must rmmod pause

# SPDX-License-Identifier: GPL-2.0-only
# To assign a queue, the module asks whether it is the host's and then changes the matrix; to change
# apmask, the AP bus asks whether an mdev has it and then changes the mask. A pause after the first
# question lets the second one in between, unless both are asked under one lock. The pause stops
# CPU 1, which assigns; this script goes on on CPU 0.
SHOWS="I4 I24 part-10"
DESCRIPTION="refuse one of two: a queue that is assigned and a mask that gives it to the host, both at once"
REQUIRES="ours two-cpus"
CPUS=2

must insmod /lab/pause.ko
free_for_guests 5
mdev_create
assign $U1 domain 4
# The mask was written, or its writer sleeps in the function that does it.
mask_had_its_turn() { [ -e $WORK/mask ] || grep -q "apmask_store" /proc/$masking/stack; }
write_mask() {
	write $BUS/apmask +5
	echo "$put_said" >$WORK/mask.new
	mv $WORK/mask.new $WORK/mask
}
must taskset -p 1 $$
for round in 1 2 3; do
	pause vap_owner_host_apqn 5000000 return
	rm -f $WORK/mask
	taskset 2 sh -c "echo 5 >$MATRIX/$U1/assign_adapter && echo ok || echo refused" \
		>$WORK/assigned 2>$WORK/error &
	assigning=$!
	wait_for 10 pausing || give_up "round $round: nobody asks whose the queue is"
	write_mask &
	masking=$!
	wait_for 10 mask_had_its_turn || fail "round $round: the mask is not being written"
	pause release
	wait $assigning $masking
	read -r assigned <$WORK/assigned
	read -r said <$WORK/mask
	expect "round $round: assign_adapter and apmask" "ok EBUSY" "$assigned $said"
	[ "$said" != ok ] || put $BUS/apmask -5
	[ "$assigned" != ok ] || unassign $U1 adapter 5
done
pause off
must rmmod pause

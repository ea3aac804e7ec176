# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-13 R-13t I31"
DESCRIPTION="load the module again 500 times while masks are written and guests come and go"
REQUIRES="ours apvmm"
CPUS=2

# inode, mode, owner and name of the bus's own files
files_of_bus() { ls -lni $BUS | awk '$2 ~ /^-/ { print $1, $2, $4, $5, $NF }'; }
kernel_memory() { awk '/^SUnreclaim/ { print $2 }' /proc/meminfo; }
until_done() { while [ ! -e $WORK/done ]; do "$@"; done >/dev/null 2>&1; }
flip_masks() {
	echo -10 >$BUS/apmask
	echo -0x47 >$BUS/aqmask
	echo +10 >$BUS/apmask
	echo +0x47 >$BUS/aqmask
}
# The last one is a question to a queue, and to one that stays the host's: mainline's zcrypt
# frees the place for replies of one that is taken away while its bus may still write there.
read_masks() { cat $BUS/ap[mq]* $BUS/devices/06.*/status $BUS/devices/06.0004/mkvps; }

reload() {
	# an old kernel's KVM may hold on to it for a second after its guest is gone
	wait_for 10 rmmod vfio_ap 2>$WORK/error || give_up "turn $turn, rmmod: $(cat $WORK/error)"
	insmod /lab/vfio_ap.ko 2>$WORK/error || give_up "turn $turn, insmod: $(cat $WORK/error)"
}
a_guest_comes_and_goes() {
	mdev_create
	assign $U1 adapter 5 domain 4
	guest
	settle "turn $turn, the guest's matrix" "05.0004" guest_matrix
	expect "turn $turn, its message" 0 "$(said cc vm nqap apqn=05.0004 psmid=$turn)"
	vmm_end vm
	mdev_remove
}

free_for_guests 5
files=$(files_of_bus)
# who has the files open all the time does not notice
exec 7>$BUS/apmask 8<$BUS/aqmask
until_done flip_masks &
writer=$!
until_done read_masks &
reader=$!
for turn in $(seq 500); do
	[ $turn != 50 ] || memory=$(kernel_memory)
	reload
	echo -5 >&7 || fail "turn $turn, a write to apmask, open since the beginning"
	[ $((turn % 20)) != 0 ] || a_guest_comes_and_goes
done
: >$WORK/done
wait $writer $reader
after=$(kernel_memory)
note "unreclaimable slab: $memory kB after 50 times, $after kB after 500"
[ $((after - memory)) -lt 1000 ] || fail "slab memory grew by $((after - memory)) kB"
expect "the bus's files" "$files" "$(files_of_bus)"
expect "apmask's adapter 10 and aqmask's domain 0x47, put back" \
	"0xfbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff $ALL_ONES" \
	"$(cat $BUS/apmask) $(cat <&8)"
exec 7>&- 8<&-
# what was loaded 500 times is what the next scenarios find
rescan

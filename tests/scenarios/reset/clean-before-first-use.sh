# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C9! I5"
DESCRIPTION="withhold a queue with data of the host from a guest until its reset is complete"
REQUIRES="ours apvmm"

must cat $BUS/devices/card05/serialnr >/dev/null
used=$(sed -n 's/^\(05\.....\) .*taint=host.*/\1/p' $SIM/queues)
check "a queue of card 5 holds data of the host: $used" [ -n "$used" ]
mdev_create
guest
sim "queue stuck 05.* on"
free_for_guests 5
put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4 0x47 0xab 0xff),$(mask)"
for apqi in 0004 0047 00ab 00ff; do
	expect "NQAP in 05.$apqi, whose reset is under way" 3 "$(said cc vm nqap apqn=05.$apqi)"
done
expect "guest_matrix until the resets are over" "" "$(full_guest_matrix)"
expect "leaks" 0 "$(oracle leaks)"
sim "queue stuck 05.* off"
wait_for 20 prints "05.0004 05.0047 05.00ab 05.00ff" full_guest_matrix
guest_has "05.0004 05.0047 05.00ab 05.00ff"
for apqi in 0004 0047 00ab 00ff; do
	expect "NQAP in 05.$apqi" 0 "$(said cc vm nqap apqn=05.$apqi)"
done

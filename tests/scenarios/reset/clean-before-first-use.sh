# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C9! I5"
DESCRIPTION="keep a queue with the host's data from a guest until its reset is over"
REQUIRES="ours apvmm"

must cat $BUS/devices/card05/serialnr >/dev/null
mdev_create
guest
sim "queue reset-latency 05.* 1500000"
free_for_guests 5
put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4 0x47 0xab 0xff),$(mask)"
for apqi in 0004 0047 00ab 00ff; do
	vmm vm nqap apqn=05.$apqi >/dev/null
done
expect "leaks" 0 "$(oracle leaks)"
wait_for 20 prints "05.0004 05.0047 05.00ab 05.00ff" full_guest_matrix
guest_has "05.0004 05.0047 05.00ab 05.00ff"
for apqi in 0004 0047 00ab 00ff; do
	expect "NQAP in 05.$apqi" 0 "$(said cc vm nqap apqn=05.$apqi)"
done

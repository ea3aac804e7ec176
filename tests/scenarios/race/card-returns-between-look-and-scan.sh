# SPDX-License-Identifier: GPL-2.0-only
# Where the AP bus tells its drivers of no change, the module looks by itself, and has the bus scan
# then. A card that returns between the two keeps its queue devices: the module pauses there.
SHOWS="part-13 I5"
DESCRIPTION="give a queue back to the guest, zeroized, whose device stayed while the host lacked the card"
REQUIRES="ours apvmm 5.10 two-cpus"
CPUS=2

zeroized() { sim_zapqs | grep -q 06.0004; }
device() { stat -L -c %i $BUS/devices/06.0004; }
must insmod /lab/pause.ko
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
before=$(device)
sim_clear_log
pause vap_host_config_changed 5000000
sim "card del 6"
wait_for 20 pausing || give_up "the module does not see the change"
sim "card add 6 type=cex8 mode=ep11"
pause release
pause off
check "06.0004 is zeroized" wait_for 20 zeroized
guest_has "05.0004 06.0004"
expect "the device" "$before" "$(device)"
must rmmod pause

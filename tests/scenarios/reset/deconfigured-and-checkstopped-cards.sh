# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C10 R-07 R-07t R-08 R-08t I34"
DESCRIPTION="give a deconfigured and a checkstopped card to the guest, without a warning"
REQUIRES="module apvmm"

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
sim "card config 5 off"
sim "card checkstop 6 on"
rescan
guest
guest_has "05.0004 06.0004"
expect "rc of TAPQ on the first" 03 "$(said rc vm tapq apqn=05.0004)"
expect "rc of TAPQ on the second" 04 "$(said rc vm tapq apqn=06.0004)"
sim "card config 5 on"
sim "card checkstop 6 off"
rescan
guest_has "05.0004 06.0004"
expect "rc of TAPQ, configured again" 00 "$(said rc vm tapq apqn=05.0004)"

note "interrupts that went with the card are given back with the guest's next word"
for next in "off 07" "on 00"; do
	expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004 isc=3)"
	sim "card config 5 off"
	sim "card config 5 on"
	rescan
	grep -q '^05.0004.*irq=off' $SIM/queues || fail "they outlived it"
	expect "AQIC ${next% *}" "${next#* }" "$(said rc vm aqic "${next% *}" apqn=05.0004 isc=4)"
	grep -q '^05.0004.*irq=guest' $SIM/queues && irq="05.0004 4" || irq=
	[ "$LAB_MODULE" = stock ] ||
		expect "on both sides" "$irq" "$(words $MATRIX/$U1/guest_interrupts)"
	vmm vm aqic off apqn=05.0004 >/dev/null
done
vmm_expect ok vm mem unmap 0 0x1000000

note "an unbind does not wait for a card that is deconfigured"
expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
sim "card config 5 off"
{ write $BUS/devices/05.0004/driver/unbind 05.0004; } &
unbinder=$!
wait_for 10 test ! -e /proc/$unbinder || fail "unbind waits"
sim "card config 5 on"
rescan

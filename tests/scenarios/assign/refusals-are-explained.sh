# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A3! D-18 R-27"
DESCRIPTION="name in the kernel log the APQN and the mdev of a refusal"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
said() { # WHAT PATTERN
	dmesg | grep -q "$2" || fail "$1 is not explained: $(dmesg | tail -n 3)"
}
refused EADDRNOTAVAIL $MATRIX/$U1/assign_adapter 6
said "a queue of the host" "$U1.*06.0004.*host"
assign $U2 adapter 5
refused EADDRINUSE $MATRIX/$U2/assign_domain 4
said "another's queue" "$U2.*05.0004.*$U1"
guest
vmm_expect EPERM vm attach $U2
said "a second mdev for one VM" "$U2.*one mdev only.*$U1"
refused EBUSY $BUS/apmask +5
said "a veto" "$U1.*05.0004"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="report a queue that the machine did not reset while its card was deconfigured"
REQUIRES="module apvmm"
oracle_may_find="unclean leaks"

# What vfio_ap relies on: with "keep" the simulated machine does not do it.
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
for outage in "off" "off keep"; do
	guest one
	expect "NQAP" 0 "$(said cc one nqap apqn=05.0004 psmid=1)"
	sim "card config 5 $outage"
	vmm_end one
	oracle_clear
	guest two
	guest_has two $U1 "05.0004"
	case $outage in
	off) expect "unclean, reset" 0 "$(oracle unclean)" ;;
	*) expect "unclean, kept" 1 "$(oracle unclean)" ;;
	esac
	sim "card config 5 on"
	rescan
	vmm_end two
done

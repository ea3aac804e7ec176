# SPDX-License-Identifier: GPL-2.0-only
SHOWS="P5! C7!"
DESCRIPTION="report to a guest at once that its queue is busy, instead of retrying for the guest"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "AQIC" 00 "$(said rc vm aqic on apqn=05.0004)"
sim "inject 05.0004 fc=aqic rc=05 count=0"
sim_clear_log
expect "rc of 5 AQICs" 05 "$(said rc vm aqic off apqn=05.0004 count=5)"
expect "AQICs on the host" 5 "$(sim_count 'host pqap.aqic. 05.0004')"
sim "inject 05.0004 fc=aqic rc=00"
expect "once it is not busy" 00 "$(said rc vm aqic off apqn=05.0004)"

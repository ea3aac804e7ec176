# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C9 C20! I34"
DESCRIPTION="keep the AP bus from resetting a guest's queue when its card comes back"
REQUIRES="ours apvmm"

free_for_guests 5
note "its queue devices are made when guests may have them already"
sim card del 5
rescan
sim card add 5 type=cex8 mode=cca
rescan
mdev_create
assign $U1 adapter 5 domain 4
guest
guest_has "05.0004"
for trouble in "checkstop 5 on:checkstop 5 off" "config 5 off:config 5 on"; do
	sim_clear_log
	sim "card ${trouble%:*}"
	rescan
	sim "card ${trouble#*:}"
	rescan
	guest_has "05.0004"
	expect "NQAP" 0 "$(said cc vm nqap apqn=05.0004)"
	rescan
	expect "resets and interrupt controls by the host after card $trouble" "" \
		"$(sim_did 'host pqap.(rapq|zapq|aqic).* 05.0004')"
done

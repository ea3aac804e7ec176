# SPDX-License-Identifier: GPL-2.0-only
# An adapter that the host gains is assigned, or unassigned, before, between or after the two
# callbacks of the AP bus that tell of it. A pause stops the bus there. Upstream commits
# 7fa61c29850d and 5883528250be, in 7.3-rc1 and 7.2's stable releases, take a second lock in these
# callbacks. The first one, which they hold in all releases, keeps out everybody who changes what
# they read, so that no order of events goes wrong without the second.
SHOWS="part-6 part-14 I15 C18"
DESCRIPTION="give a guest what is assigned or unassigned while the host gains it, whenever that happens"
REQUIRES="module apvmm live two-cpus"
CPUS=2

if [ "$LAB_MODULE" = ours ]; then
	changed=vap_host_config_changed complete=vap_host_scan_complete
else
	changed=vfio_ap_on_cfg_changed complete=vfio_ap_on_scan_complete
	# the AP bus initializes new queues while mainline's guest has them, which others show
	oracle_may_find=interrupts
fi

after_changed="$changed 5000000 return" after_complete="$complete 5000000 return"
if ! kernel_from 5.11; then
	# Before 5.11 the handler at a return runs with interrupts disabled, and a process that is
	# started on that CPU does not run until the pause is over. Our module makes the bus
	# scan after the first callback, and does nothing after the second.
	after_changed="ap_bus_force_rescan 5000000" after_complete=
fi

# meanwhile VERB PLACE...: adapter 6 comes, and is assigned or unassigned while the bus pauses
meanwhile() {
	verb=$1
	shift
	pause "$@"
	rm -f $WORK/written
	sim "card add 6 type=cex8 mode=cca"
	# told while it scans, the bus does no more than end that scan: hence twice
	{ put $SIM/control configchange; put $SIM/control configchange; } &
	scanner=$!
	wait_for 20 pausing || give_up "$verb: no pause in $*"
	{
		write $MATRIX/$U1/"$verb"_adapter 6
		echo "$put_said" >$WORK/written
	} &
	writer=$!
	wait_for 20 test -s $WORK/written || fail "$verb waits for a scan that pauses in $*"
	pausing || note "$verb: the pause in $* was over before that"
	pause release
	wait $scanner $writer
	expect "$verb, $*" ok "$(cat $WORK/written)"
	pause off
	rescan
}
lose_6() {
	sim "card del 6"
	sim configchange
	rescan
	guest_has "05.0004"
}

must insmod /lab/pause.ko
free_for_guests 5,6
mdev_create
assign $U1 adapter 5 domain 4
guest
lose_6
for place in "$changed 5000000" "$after_changed" "$complete 5000000" \
	${after_complete:+"$after_complete"}; do
	meanwhile assign $place
	guest_has "05.0004 06.0004"
	expect "status" "in use" "$(status_of 06.0004)"
	lose_6
	meanwhile unassign $place
	guest_has "05.0004"
	expect "status" unassigned "$(status_of 06.0004)"
	lose_6
done
must rmmod pause

# SPDX-License-Identifier: GPL-2.0-only
# Counts calls of the bus's function for one queue. Where queues have no driver override, the masks
# alone say who owns a queue; then those of the module's function that reads them are counted.
SHOWS="I4"
DESCRIPTION="ask the AP bus who owns a queue for the queues that a change adds, and for no others"
REQUIRES="ours"

T=/sys/kernel/tracing
free_for_guests 5,6,7,8
mdev_create
assign $U1 adapter 5 6 domain 4 0x47 0xab
asks=ap_owned_by_def_drv
[ -e $BUS/devices/05.0004/driver_override ] || asks=vap_compat_ap_apqn_owned_by_host
echo "p:lab_asked $asks" >>$T/kprobe_events || give_up "no kprobe on $asks"
echo 1 >$T/events/kprobes/lab_asked/enable
hits() { awk '$1 == "lab_asked" { hits += $2 } END { print hits + 0 }' $T/kprobe_profile; }
# asked NUMBER WHAT ATTRIBUTE VALUE
asked() {
	before=$(hits)
	accepted $MATRIX/$U1/"$3" "$4"
	expect "asked for: $2" "$1" $(($(hits) - before))
}
asked 2 "a domain of two adapters" assign_domain 0xff
asked 0 "the same once more" assign_domain 0xff
asked 4 "an adapter in four domains" assign_adapter 7
asked 0 "a control domain" assign_control_domain 4
asked 0 "an adapter that goes" unassign_adapter 7
asked 4 "an adapter that comes again" assign_adapter 7
# 08.0001 08.0004 08.0047 08.00ab, 05.0001 and 06.0001
asked 6 "an adapter and a domain for others" ap_config "$(mask 5 6 8),$(mask 4 0x47 0xab 1),$(mask)"
asked 0 "what is there" ap_config "$(mask 5 6 8),$(mask 4 0x47 0xab 1),$(mask)"
asked 0 "less of it" ap_config "$(mask 5 8),$(mask 4 0xab),$(mask)"
note "a change that adds more APQNs than there are devices asks for the new devices"
put $BUS/apmask 0x0
ls $BUS/devices | grep "^[0-9a-f]*[.]" | grep -vxF -f $MATRIX/$U1/matrix >$WORK/new
asked "$(wc -l <$WORK/new)" "all APQNs" ap_config "$ALL_ONES,$ALL_ONES,$(mask)"
asked 0 "all APQNs once more" ap_config "$ALL_ONES,$ALL_ONES,$(mask)"
expect "lines of the matrix" 65536 "$(wc -l <$MATRIX/$U1/matrix)"
echo 0 >$T/events/kprobes/lab_asked/enable
echo "-:lab_asked" >>$T/kprobe_events

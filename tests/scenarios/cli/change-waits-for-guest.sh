# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="change a matrix and wait for its guest, woken by a change event and not by a clock, or undo it"
REQUIRES="module apmatrix apvmm live"

has_adapter_6() { case " $(matrix $U1) " in *" 06.0004 "*) ;; *) return 1;; esac; }
switches() { awk '$1 == "voluntary_ctxt_switches:" { print $2 }' /proc/$1/status; }

free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5 -d 4
guest
unbind 06.0004
tool_expect 10 assign $U1 -a 6 --wait-guest 0.2
expect "what is assigned" "05.0004" "$(matrix $U1)"

note "the queue comes while it waits"
apmatrix assign $U1 -a 6 --wait-guest 30 >$WORK/tool.out &
waiting=$!
wait_for 10 has_adapter_6 || give_up "nothing was assigned"
if [ "$LAB_MODULE" = ours ]; then
	# that nothing happens can be seen only over a time
	wait_for 10 eval '[ "$(sed -n "s/^State:.\(.\).*/\1/p" /proc/$waiting/status)" = S ]'
	before=$(switches $waiting)
	sleep 1
	woken=$(($(switches $waiting) - before))
	[ $woken -le 2 ] || fail "it woke $woken times in a second in which nothing happened"
fi
bind 06.0004
wait $waiting
expect "waited for the queue" 0 $?
guest_has "05.0004 06.0004"

note "ended while it waits: undone"
tool_expect 0 unassign $U1 -a 6 --allow-loss
unbind 06.0004
apmatrix assign $U1 -a 6 --wait-guest 30 2>$WORK/tool.err &
waiting=$!
wait_for 10 has_adapter_6 || give_up "nothing was assigned"
kill -TERM $waiting
wait $waiting
expect "ended by a signal" 143 $?
expect "what is assigned" "05.0004" "$(matrix $U1)"
guest_has "05.0004"
bind 06.0004

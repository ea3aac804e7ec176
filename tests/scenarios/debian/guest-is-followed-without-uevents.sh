# SPDX-License-Identifier: GPL-2.0-only
# In a network namespace of another user no uevent arrives, as in a container: what remains
# is guest_generation, which the tool polls.
SHOWS=""
DESCRIPTION="tell a tool that gets no uevents of each change of a guest"
REQUIRES="ours apmatrix apvmm"

alone="unshare --user --map-root-user --net"
$alone true || skip "no user namespaces"
told() { grep -q "$1" $WORK/told; }
tells() { wait_for 20 told "$1" || fail "not told: $1; but $(cat $WORK/told)"; }

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4
guest
guest_has "05.0004 06.0004"
$alone apmatrix monitor --poll 0 >$WORK/told 2>&1 &
monitor=$!
$alone apmatrix wait $U1 --guest-equals 05.0004 --timeout 60 --poll 0 >$WORK/waited 2>&1 &
waiter=$!
tells '^ready'
unbind 06.0004
tells "$U1: guest-changed -06.0004"
tells "$U1: queue-missing 06.0004"
wait $waiter
expect "the one that waited for it" 0 $?
bind 06.0004
tells "$U1: guest-changed +06.0004"
tells "$U1: queue-returned 06.0004"
note "a matrix that is gone"
vmm_end
mdev_remove
tells "$U1: matrix-removed"
kill $monitor
wait $monitor

# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="wait for what a guest gets and loses, woken by a change event and not by a clock"
REQUIRES="module apmatrix apvmm live"

free_for_guests 5,6
tool_expect 0 create -u $U1 -a 5 -d 4
guest
tool_expect 0 wait $U1 --state in-use --timeout 10
tool_expect 0 wait $U1 --guest-equals 05.0004 --timeout 10
tool_expect 10 wait $U1 --guest-has 06.0004 --timeout 0.2
note "the queue comes later"
unbind 06.0004
put $MATRIX/$U1/assign_adapter 6
apmatrix wait $U1 --guest-has 05.0004,06.0004 --timeout 30 &
waiting=$!
bind 06.0004
wait $waiting
expect "waited for the queue" 0 $?
tool_expect 0 wait --bound 06.0004,05.0004 --timeout 10
apmatrix wait $U1 --state idle --timeout 30 &
waiting=$!
vmm_end
wait $waiting
expect "waited for the guest's end" 0 $?
apmatrix wait $U1 --gone --timeout 30 &
waiting=$!
mdev_remove
wait $waiting
expect "waited for the mdev's end" 0 $?
tool_expect 3 wait $U1 --guest-has 05.0004

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-33 R-33t I24"
DESCRIPTION="survive mask writes, matrix changes and reads of every attribute in parallel"
REQUIRES="module"
CPUS=2

mdev_create
free_for_guests 5
until_done() { while [ ! -e $WORK/done ]; do "$@"; done >/dev/null 2>&1; }
read_all() { cat $MATRIX/$U1/[acgm]* $BUS/devices/05.*/status $BUS/ap[mq]*; }
flip_mask() {
	echo -6 >$BUS/apmask
	echo +6 >$BUS/apmask
	echo +5 >$BUS/apmask
}
flip_matrix() {
	echo 4 >$MATRIX/$U1/assign_domain
	if echo 5 >$MATRIX/$U1/assign_adapter; then
		assigned=$((assigned + 1))
		read -r mask <$BUS/apmask
		case $mask in 0x?[4-7c-f]*) fail "apmask $mask with 05.0004 assigned" ;; esac
	fi
	echo 6 >$MATRIX/$U1/assign_adapter
	echo 6 >$MATRIX/$U1/unassign_adapter
	echo 5 >$MATRIX/$U1/unassign_adapter
	echo -5 >$BUS/apmask
}
until_done read_all &
readers=$!
until_done flip_mask &
masks=$!
assigned=0
for turn in $(seq 30); do
	flip_matrix 2>/dev/null
done
: >$WORK/done
wait $readers $masks
note "05.0004 was assigned $assigned times in 30"
[ $assigned != 0 ] || fail "the veto was never asked for"
write $MATRIX/$U1/unassign_adapter 5
write $MATRIX/$U1/unassign_adapter 6
write $BUS/apmask $ALL_ONES
expect "apmask at the end" $ALL_ONES "$(cat $BUS/apmask)"
expect "the matrix at the end" ".0004" "$(matrix)"

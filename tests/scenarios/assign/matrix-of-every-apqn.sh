# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A8! C22~"
DESCRIPTION="read a matrix of all 65,536 APQNs completely"
REQUIRES="ours"

put $BUS/apmask 0x0
mdev_create
put $MATRIX/$U1/ap_config "$ALL_ONES,$ALL_ONES,$ALL_ONES"
cat $MATRIX/$U1/matrix >$WORK/matrix
expect "lines" 65536 "$(wc -l <$WORK/matrix)"
expect "the first" 00.0000 "$(head -n 1 $WORK/matrix)"
expect "the last" ff.00ff "$(tail -n 1 $WORK/matrix)"
expect "bytes" $((65536 * 8)) "$(wc -c <$WORK/matrix)"
expect "in order, each once" "" "$(sort -u $WORK/matrix | cmp - $WORK/matrix 2>&1)"
expect "read in pieces of 1000 bytes" "" \
	"$(dd if=$MATRIX/$U1/matrix bs=1000 2>/dev/null | cmp - $WORK/matrix 2>&1)"
settle "what the guest would have" "$(queues_of_driver vfio_ap)" guest_matrix
expect "control domains" 256 "$(wc -l <$MATRIX/$U1/control_domains)"
cat $MATRIX/$U1/reasons >$WORK/reasons
expect "reasons" $((65536 - 12)) "$(wc -l <$WORK/reasons)"

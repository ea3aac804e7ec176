# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A8 C11"
DESCRIPTION="give each of sixteen readers the text that it began to read, whatever changes meanwhile"
REQUIRES="ours"

. "$here/fail.sh"
# A reader is one opening of a file. A seventeenth takes the place of the one that began first,
# which goes on in a new text.

free_for_guests 5,6
mdev_create
assign $U1 adapter 5 6 domain 4 0x47
whole=$(cat $MATRIX/$U1/matrix)

# reader FD: opens it and reads the first line
reader() {
	eval "exec $1<$MATRIX/$U1/matrix"
	expect "first line of reader $1" "05.0004" "$(dd bs=8 count=1 <&"$1" 2>/dev/null)"
}
rest() { cat <&"$1"; }

for fd in $(seq 20 35); do reader "$fd"; done
unassign $U1 adapter 6
for fd in $(seq 20 35); do
	expect "the rest for reader $fd" "$(echo "$whole" | tail -n +2)" "$(rest "$fd")"
	eval "exec $fd<&-"
done

assign $U1 adapter 6
for fd in $(seq 20 36); do reader "$fd"; done
unassign $U1 adapter 6
expect "the rest for the first of seventeen" "05.0047" "$(rest 20)"
expect "the rest for the last of seventeen" "$(echo "$whole" | tail -n +2)" "$(rest 36)"
for fd in $(seq 20 36); do eval "exec $fd<&-"; done

note "a text that was not read to its end is freed with its mdev"
must insmod /lab/allocated.ko
before=$(allocated)
mdev_create $U2
assign $U2 adapter 6 domain 4 0x47
exec 20<$MATRIX/$U2/matrix
expect "first line" "06.0004" "$(dd bs=8 count=1 <&20 2>/dev/null)"
exec 20<&-
mdev_remove $U2
settle "allocated" "$before" allocated
must rmmod allocated

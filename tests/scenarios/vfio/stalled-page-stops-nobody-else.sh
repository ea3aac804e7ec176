# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C5!"
DESCRIPTION="serve all other VMMs while one VMM does not provide a page"
REQUIRES="ours apvmm"

all_done() { grep -q '^done' $WORK/others; }

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4
assign $U2 adapter 6 domain 4
guest
guest other $U2
guest_has other $U2 "06.0004"

stalled() { # IOCTL HEX
	vmm vm ioctl $1 "$2" stall >$WORK/stalled &
	asking=$!
	said_page=$(vmm vm page wait timeout=10000)
	case $said_page in
	ok*) ;;
	*) ! grep ENOSYS $WORK/stalled || skip "this kernel has no userfaultfd"
		fail "ioctl $1 does not read its argument: $said_page" ;;
	esac
	{
		echo 0x47 >$MATRIX/$U2/assign_domain
		echo 0x47 >$MATRIX/$U2/unassign_domain
		vmm other aqic on apqn=06.0004
		vmm other reset
		echo done
	} >$WORK/others 2>&1 &
	others=$!
	wait_for 10 all_done || fail "others wait while ioctl $1 does"
	[ ! -s $WORK/stalled ] || fail "ioctl $1 does not wait: $(cat $WORK/stalled)"
	vmm_expect ok vm page give
	wait $asking || fail "ioctl $1: $(cat $WORK/stalled)"
	wait $others
	[ "$(grep -c ^ok $WORK/others)" = 2 ] || fail "others: $(cat $WORK/others)"
}
stalled $GET_INFO "$(be32 24 0 0 0 0 0)"
stalled $GET_IRQ_INFO "$(be32 16 0 0 0)"
stalled $SET_IRQS "$(be32 24 0x24 0 0 1 -1)"
guest_has "05.0004"
guest_has other $U2 "06.0004"

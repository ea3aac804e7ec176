# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-13"
DESCRIPTION="give the host's crypto the same answers before and after guests had its cards"
REQUIRES="debian module apvmm"

# ICARSAMODEXPO of /dev/z90crypt: 2 ** 16 and 3 ** 5, modulo M, of 128 bytes
# shellcheck disable=SC2016 # Perl's variables
modexpo='
	open(my $z, "+<", "/dev/z90crypt") or die "z90crypt: $!";
	my $m = "\xf1" x 127 . "\x01";
	for ([2, 16], [3, 5]) {
		my ($b, $e) = map { "\0" x 127 . chr } @$_;
		my $out = "\0" x 128;
		my $arg = pack("PLx4PLx4PP", $b, 128, $out, 128, $e, $m);
		ioctl($z, 3 << 30 | ord("z") << 8 | 5, $arg) or die "modexpo: $!";
		print unpack("H*", $out), "\n";
	}'
answers() {
	perl -e "$modexpo"
	icainfo-cex
	lszcrypt | awk '{ print $1, $2, $3, $4 }'
	cat $BUS/devices/card*/online $BUS/devices/05.0004/mkvps
}
answers >$WORK/before 2>&1
expect "2 ** 16" 10000 "$(sed -n '1s/^0*//p' $WORK/before)"
expect "3 ** 5" f3 "$(sed -n '2s/^0*//p' $WORK/before)"
grep -q "RSA ME.*yes" $WORK/before || fail "libica sees no card"
expect "lines of lszcrypt" 15 "$(grep -cE '^[0-9a-f.]+ CEX' $WORK/before)"

free_for_guests 5,10
mdev_create
assign $U1 adapter 5 10 domain 4 0x47 0xab 0xff
guest
for apqn in 05.0004 0a.0047; do
	expect "AQIC" 00 "$(said rc vm aqic on apqn=$apqn)"
	must vmm vm nqap apqn=$apqn >$WORK/said
done
perl -e "$modexpo" >$WORK/without 2>&1 && fail "the host computes with a guest's cards"
answers >$WORK/meanwhile 2>&1
cmp -s $WORK/before $WORK/meanwhile && fail "nothing has changed while a guest has the cards"
vmm_end
mdev_remove
restore_masks
rescan
answers >$WORK/after 2>&1
cmp -s $WORK/before $WORK/after || fail "$(diff $WORK/before $WORK/after)"

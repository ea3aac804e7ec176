# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A7"
DESCRIPTION="report to a poller of guest_generation a change between its read and the end of the file"
REQUIRES="debian ours apvmm"

# Reads, lets the test make a change, reads the end of the file, and polls.
# shellcheck disable=SC2016 # Perl's variables
poll='
	$| = 1;
	open(my $file, "<", $ARGV[0]) or die;
	sysread($file, my $text, 64);
	print "read\n";
	select(undef, undef, undef, 0.02) until -e $ARGV[1];
	sysread($file, my $end, 64);
	vec(my $set = "", fileno($file), 1) = 1;
	print select(undef, undef, $set, 10) ? "told\n" : "missed\n";
	sysseek($file, 0, 0);
	sysread($file, my $next, 64);
	print $next - $text, "\n";'
free_for_guests 5
grep -qw guest_generation $MATRIX/features || fail "not a feature"
mdev_create
assign $U1 adapter 5
perl -e "$poll" $MATRIX/$U1/guest_generation $WORK/changed >$WORK/told &
reader=$!
has_read() { grep -q read $WORK/told; }
wait_for 10 has_read || give_up "nobody reads"
assign $U1 domain 4
settle "guest_matrix" "05.0004" full_guest_matrix
: >$WORK/changed
wait $reader
expect "told" "read told" "$(head -n 2 $WORK/told | words /dev/stdin)"
[ "$(tail -n 1 $WORK/told)" -ge 1 ] || fail "the number does not grow"
before=$(cat $MATRIX/$U1/guest_generation)
assign $U1 domain 4
expect "without a change" "$before" "$(cat $MATRIX/$U1/guest_generation)"

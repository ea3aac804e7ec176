# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A7"
DESCRIPTION="wake pollers of guest_matrix at each change of a guest's matrix, and only then"
REQUIRES="debian ours apvmm"

# Reads, then waits for POLLPRI, again and again: a line for each time.
# shellcheck disable=SC2016 # Perl's variables
poll='
	$| = 1;
	open(my $file, "<", $ARGV[0]) or die;
	while (1) {
		sysseek($file, 0, 0);
		sysread($file, my $text, 65536);
		$text =~ tr/\n/ /;
		print "$text.\n";
		vec(my $set = "", fileno($file), 1) = 1;
		select(undef, undef, $set, undef);
	}'
free_for_guests 5,7
mdev_create
guest
perl -e "$poll" $MATRIX/$U1/guest_matrix >$WORK/told &
watcher=$!
told() { [ "$(wc -l <$WORK/told)" -ge "$1" ]; }
wait_for 10 told 1 || give_up "nobody watches"
assign $U1 adapter 5
wait_for 5 told 2 || fail "nobody was told of the adapter"
assign $U1 domain 4
guest_has "05.0004"
wait_for 5 told 3 || fail "nobody was told of the first queue"
assign $U1 domain 0x99
assign $U1 adapter 7
guest_has "05.0004"
put $MATRIX/$U1/unassign_domain 4
guest_has ""
wait_for 5 told 4 || fail "nobody was told that it went"
kill $watcher
expect "told" ".|05. .|05.0004 .|05. .|" "$(tr '\n' '|' <$WORK/told)"

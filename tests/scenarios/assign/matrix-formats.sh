# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-23 D-24 I25"
DESCRIPTION="show the matrix in each of its forms: adapters only, domains only, both, none"
REQUIRES="module"

free_for_guests 5,6,0xa
mdev_create
expect "an empty matrix" "" "$(matrix)"
assign $U1 adapter 5 0xa
expect "adapters alone" "$(printf '05.\n0a.\n' | od -c)" "$(od -c <$MATRIX/$U1/matrix)"
assign $U1 domain 4 0x47
expect "adapters and domains" "$(printf '05.0004\n05.0047\n0a.0004\n0a.0047\n' | od -c)" \
	"$(od -c <$MATRIX/$U1/matrix)"
unassign $U1 adapter 5 0xa
expect "domains alone" "$(printf '.0004\n.0047\n' | od -c)" "$(od -c <$MATRIX/$U1/matrix)"
unassign $U1 domain 4 0x47
expect "nothing again" "" "$(matrix)"

note "who stops before the end leaves nothing of it to the next reader"
line() { dd if=$MATRIX/$U1/matrix bs=8 skip=$(($1 - 1)) count=1 2>/dev/null; }
assign $U1 domain 4 0x47
for turn in 1 2 3 4; do
	assign $U1 adapter 5
	line 1 >/dev/null
	unassign $U1 adapter 5
	assign $U1 adapter 0xa
	expect "the second line" 0a.0047 "$(line 2)"
	unassign $U1 adapter 0xa
done

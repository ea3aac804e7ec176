# SPDX-License-Identifier: GPL-2.0-only
# A machine with other load may not run a guest for seconds. `sleep` stands for that.
DESCRIPTION="wait with wait_for while nothing runs"
tried=0
succeeds_after_a_while() {
	tried=$((tried + 1))
	[ $tried -gt 1 ] || sleep 2
	[ $tried = 3 ]
}
wait_for 1 succeeds_after_a_while || fail "wait_for has given up"
expect "how often it tried" 3 $tried
tried=0
fails() { tried=$((tried + 1)) && false; }
! wait_for 1 fails || fail "wait_for says that a command succeeded which fails"
[ $tried -ge 5 ] || fail "it tried $tried times in a second"

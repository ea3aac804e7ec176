# SPDX-License-Identifier: GPL-2.0-only
# As asm/ap.h describes them: BAPQ and AAPQ are for protected guests only, TAPQ reports the state,
# and the F bit of a reset unbinds. The kernel says of rc 36 that it stays until a reset.
SHOWS=""
DESCRIPTION="bind a queue to a protected guest and associate a secret, until a reset with the F bit"
REQUIRES="ours apvmm 6.12+"

# the bits of TAPQ's gr2: 0 usable, 1 bound, 2 available for binding
state() {
	state_gr2=$(said gr2 vm tapq apqn=05.0004 t)
	echo $((0x${state_gr2%????????} >> 14 & 3))
}
rc() { said rc vm "$@"; }
pgm() { said pgm vm "$@"; }
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
sim "apsb on"
sim "queue reset-latency 05.0004 0"
expect "TAPQ" 00 "$(rc tapq apqn=05.0004)"
expect "state at first" 2 "$(state)"
expect "BAPQ of a guest that is not protected" 0006 "$(pgm pqap fc=7 apqn=05.0004)"
sim "guest protected $(sed -n 's/^\([0-9]*\) pid=.*/\1/p' $SIM/guests | tail -n 1) on"
expect "AAPQ before BAPQ" 07 "$(rc pqap fc=8 apqn=05.0004 gr2=3)"
expect "BAPQ" 00 "$(rc pqap fc=7 apqn=05.0004)"
expect "state" 1 "$(state)"
expect "BAPQ again" 07 "$(rc pqap fc=7 apqn=05.0004)"
expect "AAPQ" 00 "$(rc pqap fc=8 apqn=05.0004 gr2=3)"
expect "state" 0 "$(state)"
expect "ZAPQ" 00 "$(rc zapq apqn=05.0004)"
expect "state, still bound" 1 "$(state)"
sim "queue assocfail 05.0004 36"
expect "AAPQ that fails later" 00 "$(rc pqap fc=8 apqn=05.0004 gr2=3)"
expect "TAPQ" 36 "$(rc tapq apqn=05.0004)"
expect "BAPQ" 36 "$(rc pqap fc=7 apqn=05.0004)"
expect "RAPQ with the F bit" 00 "$(rc rapq apqn=05.0004 f)"
expect "TAPQ" 00 "$(rc tapq apqn=05.0004)"
expect "state, unbound" 2 "$(state)"
sim "apsb off"
expect "BAPQ without the facility" 0006 "$(pgm pqap fc=7 apqn=05.0004)"

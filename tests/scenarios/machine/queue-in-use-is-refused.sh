# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="refuse queues that somebody uses or may use to the check for machines, and change nothing"
REQUIRES="ours apmatrix apvmm"

# refused_with STATUS WORDS QUEUE...: by the check, with these words
refused_with() {
	refused_status=$1 refused_words=$2
	shift 2
	# guest-run's
	# shellcheck disable=SC2154
	"${scenarios%/*}/machine/check" "$@" >$WORK/report 2>&1
	expect "check $*" "$refused_status" $?
	grep -q "$refused_words" $WORK/report || fail "other words: $(cat $WORK/report)"
	! grep -q "^ok" $WORK/report || fail "it began: $(cat $WORK/report)"
}

free_for_guests 5,6
mdev_create $U1
assign $U1 adapter 5 domain 4
tool_expect 0 create waiting -u $U2 -a 6 -d 4 --manual
tool_expect 0 remove waiting --keep-definition
sim_clear_log

refused_with 2 "no queue named"
refused_with 2 "not a queue" 5.4
refused_with 2 "no such option" --no-such-option 05.0004
refused_with 2 "not seconds" --wait 1s 05.0004
refused_with 2 "06.0047: not named" 05.0047 06.00ab 05.00ab
refused_with 3 "no such queue" 07.0004
refused_with 4 "its driver is cex4queue" 0a.0004
refused_with 4 "assigned to the matrix $U1" 05.0004
refused_with 4 "in the definition $U2" 06.0004
guest
refused_with 4 "assigned to the matrix $U1" 05.0004
unbind 06.00ab
refused_with 4 "no driver" 06.00ab
bind 06.00ab
sim "card config 6 standby"
sim configchange
refused_with 4 "not operational" 06.00ab
sim "card config 6 on"
sim configchange
note "one that is not refused, so that each refusal has its own cause"
"${scenarios%/*}/machine/check" 06.00ab >$WORK/report 2>&1
expect "check 06.00ab" 0 $?
note "while another one runs"
mkfifo $WORK/lines
"${scenarios%/*}/machine/check" 06.00ab >$WORK/lines 2>&1 &
first=$!
exec 4<$WORK/lines
read -r _ <&4
refused_with 5 "another check runs" 06.0047
cat <&4 >$WORK/first
wait $first
expect "the first one" 0 $?
guest_has "05.0004"
tool_expect 0 undefine $U2

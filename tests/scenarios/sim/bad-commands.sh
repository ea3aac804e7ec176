# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="refuse a bad command, give the cause in one line, and change nothing"
REQUIRES="none"

before=$(cat $SIM/control)
lines() { dmesg | grep -c 'aphwsim: control'; }
said=0
for command in "bogus" "card add" "card add 300" "card add 5 type=cex99" "card del 0x77" \
	"domain add 04" "queue stuck 77.0004 on" "queue stuck 05.0004 perhaps" \
	"inject 05.0004 fc=tapq" "inject 05.0004 fc=what rc=1" "queue latency 05.0004 -1" \
	"card add 7;bogus" "start" "apxa off" "max adapter 9" "max domain 16"; do
	refused EINVAL $SIM/control "$command"
	said=$((said + 1))
	expect "lines in the kernel log" $said "$(lines)"
done
expect "the machine" "$before" "$(cat $SIM/control)"

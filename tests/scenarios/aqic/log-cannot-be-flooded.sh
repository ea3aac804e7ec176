# SPDX-License-Identifier: GPL-2.0-only
# A guest that runs out of resources gets response code 05, and the log stays short.
SHOWS="part-B C7! I32"
DESCRIPTION="keep guests from filling the kernel log with requests that fail"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4 0x47
guest
before=$(dmesg | wc -l)
for rc in 01 03 04 06 0b 42; do
	sim "inject 05.0004 fc=aqic rc=$rc count=100"
	must vmm vm aqic on apqn=05.0004 count=100 >/dev/null
done
sim "queue default *"
must vmm vm aqic on apqn=05.0004 nib=0 count=200 >/dev/null
must vmm vm aqic on apqn=77.0077 count=200 >/dev/null
said=$(($(dmesg | wc -l) - before))
note "$said lines for 1000 requests"
[ $said -le 20 ] || fail "$said lines in the log"
expect "a good request" 00 "$(said rc vm aqic on apqn=05.0004)"

note "a VMM that may lock one page, and a guest that wants two"
must vmm vm detach
must vmm vm attach $U1 memlock=4096
expect "the first page" 00 "$(said rc vm aqic on apqn=05.0004)"
before=$(dmesg | grep -c RLIMIT_MEMLOCK)
expect "the second" 05 "$(said rc vm aqic on apqn=05.0047 nib=0x9000)"
must vmm vm aqic on apqn=05.0047 nib=0x9000 count=100 >/dev/null
said=$(($(dmesg | grep -c RLIMIT_MEMLOCK) - before))
note "$said lines for 101 requests: one, and one more after each 5 seconds"
check "it is told, and not for each request" [ $said -ge 1 -a $said -le 20 ]
expect "the first, switched off meanwhile" 00 "$(said rc vm aqic off apqn=05.0004)"
expect "a bad address" 06 "$(said rc vm aqic on apqn=05.0047 nib=0)"

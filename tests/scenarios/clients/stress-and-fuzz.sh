# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C-16 C-17"
DESCRIPTION="work as before after stress-ng and trinity used its files"
REQUIRES="debian ours apvmm"

# stress/for-long has more time
: "${stress_seconds:=10}" "${fuzz_seconds:=60}" "${fuzz_calls:=1000}"
free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 6 domain 4 0x47
assign $U2 adapter 5 domain 0xab
guest
guest_has "05.0004 05.0047 06.0004 06.0047"
cd $WORK || give_up "no $WORK"

note "stress-ng for $stress_seconds s"
# not --sysinval, which stress-ng itself calls pathological: it may reboot the machine
stress-ng --sysfs 2 --eventfd 1 --dev 1 --timeout "$stress_seconds" --oom-avoid \
	>$WORK/stress.out 2>&1
said=$?
grep -q "successful run completed" $WORK/stress.out || fail "stress-ng ($said): $(cat $WORK/stress.out)"
guest_has "05.0004 05.0047 06.0004 06.0047"

fuzz() { # DIRECTORY: what trinity opens, reads, writes and asks there
	timeout -s INT "$fuzz_seconds" trinity --dangerous -q -l off -C 1 -N "$fuzz_calls" --enable-fds=pseudo \
		-V "$1" -c read -c write -c pread64 -c pwrite64 -c ioctl -c openat -c lseek -c poll \
		>$WORK/trinity.out 2>&1
	ran=$(sed -n 's/.*Ran \([0-9]*\) syscalls.*/\1/p' $WORK/trinity.out)
	note "trinity in $1: ${ran:-no} calls"
	[ "${ran:-0}" -ge 100 ] || fail "trinity: $(tail $WORK/trinity.out)"
}
fuzz /dev/vfio
fuzz $MATRIX/$U2

note "all is as before"
[ -e $MATRIX/$U2 ] || mdev_create $U2
put $MATRIX/$U2/ap_config "$(mask 5),$(mask 0xab),$(mask)"
expect "the second matrix" 05.00ab "$(matrix $U2)"
guest_has "05.0004 05.0047 06.0004 06.0047"
unbind 06.0004
guest_has "05.0004 05.0047"
bind 06.0004
guest_has "05.0004 05.0047 06.0004 06.0047"
refused EADDRINUSE $MATRIX/$U2/assign_domain 4

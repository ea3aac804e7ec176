# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="change matrices, masks and a running guest with no more writes than the kernel needs"
REQUIRES="debian module apvmm apmatrix"
SLOW=5

# writes NUMBER ARGUMENTS...: of apmatrix, to files of sysfs
writes() {
	writes_wanted=$1
	shift
	strace -f --seccomp-bpf -y -e trace=write,writev,pwrite64 -o $WORK/strace \
		apmatrix "$@" >$WORK/tool.out 2>$WORK/tool.err ||
		fail "apmatrix $*: $(cat $WORK/tool.err)"
	grep '</sys/' $WORK/strace >$WORK/writes
	expect "writes of apmatrix $*" "$writes_wanted" "$(wc -l <$WORK/writes)"
}
updates() { # NUMBER: at most one for each write that changes what the guest has
	updates_now=$(crycb_changes)
	[ "$LAB_MODULE" = stock ] || expect "updates of the guest" $((updates_seen + $1)) "$updates_now"
	updates_seen=$updates_now
}

grep -q ap_config $MATRIX/features || skip "a kernel that takes no matrix as a whole"
writes 1 pool reserve -a 5,6
writes 0 pool reserve -a 5,6
writes 2 create one -u $U1 -a 5 -d 4
writes 2 create two -u $U2 -a 6 -d 0x47
guest
updates_seen=$(crycb_changes)
note "three axes of a running guest, then nothing to do"
writes 1 assign one -d 0xab,0xff -c 4,0xab
guest_has "05.0004 05.00ab 05.00ff"
updates 1
writes 0 assign one -a 5 -d 4
writes 0 set one -d 4,0xab,0xff
writes 0 assign one -d 0x47 --dry-run
updates 0
writes 1 set one -d 0x47 -c none --allow-loss
guest_has "05.0047"
updates 1
note "what looks again for itself is written once"
writes 1 refresh one
updates 0
note "two matrices exchange adapters: one has to let go first"
echo "{\"api_level\": 1, \"matrices\": [
	{\"uuid\": \"$U1\", \"name\": \"one\", \"adapters\": [6], \"domains\": [71]},
	{\"uuid\": \"$U2\", \"name\": \"two\", \"adapters\": [5], \"domains\": [71]}]}" >$WORK/plan.json
writes 3 apply $WORK/plan.json --allow-loss
guest_has "06.0047"
writes 0 apply $WORK/plan.json --allow-loss
writes 1 remove two
vmm_end
writes 1 remove one

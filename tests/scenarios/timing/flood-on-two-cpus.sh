# SPDX-License-Identifier: GPL-2.0-only
# As flood-delays-no-other-guest, on two CPUs: the vCPUs that flood run at the same time as the
# AQICs that are measured. With --icount, QEMU executes the CPUs in turn, and whoever waits for a
# lock waits until the other CPU has had its turn, which takes milliseconds. The longest times say
# only that somebody waited. So each wait for a lock is traced with its caller. The other guest may
# wait for the simulator, which has one lock, but for no lock of vfio_ap, KVM or VFIO. The vCPUs
# that flood wait for each other: this shows that waits are seen.
SHOWS="I10 I28 I33"
DESCRIPTION="have AQIC of a guest wait for no lock while another one executes AP instructions on both CPUs"
REQUIRES="ours apvmm"
CPUS=2

AQICS=100
T=/sys/kernel/tracing
# aqics WHEN: all are answered with response code 00
aqics() {
	said=$(vmm good latency apqn=05.0004 count=$AQICS pause=300)
	expect "AQICs of the other guest, $1" "$AQICS $AQICS" \
		"$(answer count "$said") $(answer good "$said")"
	note "figures: AQIC of the other guest, $1: median $(answer median_us "$said") us," \
		"p99 $(answer p99_us "$said") us, longest $(answer max_us "$said") us"
}
# waits_of VMM: "NUMBER MODULE FUNCTION" of the callers that waited for a lock in KVM_RUN
waits_of() {
	awk -v tgid="$(cat $WORK/vmm-"$1"/pid)" '
		function done() {
			if (counts && runs)
				print (caller in module ? module[caller] : "kernel"), caller
			counts = runs = 0
			caller = ""
		}
		FNR == NR { if (NF == 4) module[$3] = substr($4, 2, length($4) - 2); next }
		/<stack trace>/ { done(); gsub(/[()]/, " "); counts = $2 == tgid; next }
		$1 != "=>" { next }
		$2 == "kvm_arch_vcpu_ioctl_run" { runs = 1 }
		caller == "" && $2 !~ /ftrace|kprobe|mutex_lock|rwsem|down_(read|write)|spin_lock/ {
			caller = $2
		}
		END { done() }' /proc/kallsyms $WORK/trace | sort | uniq -c | sort -rn
}

free_for_guests 5,6
mdev_create $U1 $U2
assign $U1 adapter 5 domain 4 0x47
assign $U2 adapter 6 domain 4 0x47
guest good $U1
guest bad $U2
aqics "idle"
for cpu in 1 2 3; do
	must vmm bad hostile seed=$cpu cpu=$cpu
done
: >$WORK/guest-ran
aqics "flooded"

for lock in arch_spin_lock_wait __mutex_lock_slowpath rwsem_down_read_slowpath \
	    rwsem_down_write_slowpath; do
	for name in $(awk -v lock=$lock '$3 == lock || index($3, lock ".") == 1 { print $3 }' \
		      /proc/kallsyms | sort -u); do
		echo "p:waits/$lock $name" >>$T/kprobe_events || give_up "no kprobe on $name"
		echo stacktrace >$T/events/waits/$lock/trigger
	done
done
for lock in arch_spin_lock_wait __mutex_lock_slowpath; do
	[ -e $T/events/waits/$lock ] || give_up "this kernel has no $lock()"
done
echo 16384 >$T/buffer_size_kb
echo 1 >$T/options/record-tgid
echo 1 >$T/events/waits/enable
aqics "flooded and traced"
echo 0 >$T/events/waits/enable
cp $T/trace $WORK/trace
for cpu in 1 2 3; do
	said=$(vmm bad spin stop cpu=$cpu)
	[ "$(answer executed "$said")" -ge $AQICS ] || fail "vCPU $cpu: $said"
	note "figures: $(answer executed "$said") hostile instructions on vCPU $cpu"
done
waits_of bad >$WORK/bad
waits_of good >$WORK/good
note "figures: waits of the vCPUs that flood, and for whom: $(paste -sd , $WORK/bad)"
note "figures: waits of $AQICS AQICs of the other guest: $(paste -sd , $WORK/good)"
check "waits for locks of vfio_ap are seen" grep -q " vfio_ap " $WORK/bad
expect "locks that the other guest waits for, but for those of the simulator and of the core kernel" \
	"" "$(grep -v -e " aphwsim " -e " kernel " $WORK/good)"

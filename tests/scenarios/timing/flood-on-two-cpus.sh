# SPDX-License-Identifier: GPL-2.0-only
# As flood-delays-no-other-guest, on two CPUs: the vCPUs that flood run at the same time as the
# AQICs that are measured. With --icount, QEMU executes the CPUs in turn, and whoever waits for a
# lock waits until the other CPU has had its turn, which takes milliseconds. The longest times say
# only that somebody waited. So each wait for a lock is traced with its caller. The other guest may
# wait for the simulator, which has one lock, but for no lock of vfio_ap, KVM or VFIO. The vCPUs
# that flood wait for each other: this shows that waits are seen.
SHOWS="I10 I28 I33"
DESCRIPTION="have AQIC of a guest wait for no lock while another one executes AP instructions on both CPUs"
REQUIRES="ours apvmm two-cpus no-checkers"
CPUS=2
SLOW=31

. "$here/flood.sh"

AQICS=100
T=/sys/kernel/tracing
aqics() { flood_aqics "$1" $AQICS pause=300; }
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

flood_guests
aqics "idle"
flood_begin
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
flood_end $AQICS
waits_of bad >$WORK/bad
waits_of good >$WORK/good
note "figures: waits of the vCPUs that flood, and for whom: $(paste -sd , $WORK/bad)"
note "figures: waits of $AQICS AQICs of the other guest: $(paste -sd , $WORK/good)"
check "waits for locks of vfio_ap are seen" grep -q " vfio_ap " $WORK/bad
# the VFIO of 5.10 looks for the group of a device, under a lock for all, each time it pins a page
expect "locks that the other guest waits for, but for those of the simulator and of the core kernel" \
	"" "$(grep -v -e " aphwsim " -e " kernel " -e " vfio vfio_group_get_from_iommu$" $WORK/good)"

# SPDX-License-Identifier: GPL-2.0-only
# Type 1 asks the driver to unpin and looks again whether anything is pinned; if that is so for
# the eleventh time, it stops the kernel with BUG(). A pause between the two lets both vCPUs
# enable interrupts there in time. Iommufd refuses new pins meanwhile. The pause is long, since a
# task may have to wait so long for a CPU: nothing may depend on how long an unmap takes.
SHOWS="I11 I12 I32 I33"
DESCRIPTION="unmap memory in which both vCPUs enable interrupts again at once"
REQUIRES="ours apvmm"
CPUS=2
SLOW=5

. "$here/race.sh"
enable_again() { # CPU APQN NIB
	vmm one spin stop cpu="$1" >/dev/null
	must vmm one spin start aqic on apqn="$2" nib="$3" cpu="$1"
}
both_are_on() { [ "$(irq_of 05.0004) $(irq_of 05.0047)" = "guest guest" ]; }
# Type 1 asks only if something is pinned.
remap() {
	wait_for 20 both_are_on || give_up "the vCPUs enable no interrupts"
	vmm_expect ok one mem unmap 0 0x1000000
	vmm_expect ok one mem map 0 0x1000000
}
race_begin
enable_again 1 05.0004 0x5000
enable_again 2 05.0047 0x6000
race_pause vap_vfio_dma_unmap 1300000 return
race_for 3 remap
race_paused 3
race_end

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-08 I26"
DESCRIPTION="accept eventfds for its interrupts and refuse everything else with the documented errno"
REQUIRES="ours apvmm"

mdev_create
guest
for index in 0 1; do
	vmm_expect ok vm setirq $index eventfd
	vmm_expect ok vm setirq $index eventfd eventfd=other$index
	vmm_expect ok vm setirq $index -1
	vmm_expect ok vm setirq $index -1
	vmm_expect EINVAL vm setirq $index -2
	vmm_expect EINVAL vm setirq $index noevent
	vmm_expect EBADF vm setirq $index badfd
	vmm_expect EINVAL vm setirq $index eventfd count=2
	vmm_expect EINVAL vm setirq $index eventfd start=1
	vmm_expect EINVAL vm setirq $index eventfd argsz=8
	note "none of the eventfds: the one that is registered stays"
	vmm_expect ok vm setirq $index eventfd
	vmm_expect ok vm setirq $index -2 count=0
	note "no data, bool data, mask instead of trigger"
	vmm_expect EINVAL vm setirq $index -1 flags=0x21 count=0
	vmm_expect EINVAL vm setirq $index -1 flags=0x22
	vmm_expect EINVAL vm setirq $index eventfd flags=0xc
	vmm_expect EINVAL vm setirq $index eventfd flags=0xffff
done
for index in 2 9; do
	vmm_expect EINVAL vm setirq $index eventfd
done

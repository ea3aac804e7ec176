# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-06 I26"
DESCRIPTION="describe the device to user space as vfio demands"
REQUIRES="module apvmm"

mdev_create
guest
irqs=2
[ "$LAB_MODULE" = stock ] && [ "$LAB_KERNEL" = 6.12 ] && irqs=1
seen=$(vmm vm info)
expect "flags" 0x21 "$(answer flags "$seen")"
expect "regions" 0 "$(answer regions "$seen")"
expect "irqs" $irqs "$(answer irqs "$seen")"
vmm_expect EINVAL vm info argsz=4
vmm_expect EINVAL vm info argsz=0
vmm_expect ok vm info argsz=4096

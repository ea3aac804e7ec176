# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-07 I26"
DESCRIPTION="describe the interrupts REQ and CFG_CHG, and no others"
REQUIRES="ours apvmm"

mdev_create
guest
for index in 0 1; do
	seen=$(vmm vm irqinfo $index)
	expect "flags of $index" 0x1 "$(answer flags "$seen")"
	expect "count of $index" 1 "$(answer count "$seen")"
	vmm_expect EINVAL vm irqinfo $index argsz=4
done
for index in 2 3 4294967295; do
	vmm_expect EINVAL vm irqinfo $index
done

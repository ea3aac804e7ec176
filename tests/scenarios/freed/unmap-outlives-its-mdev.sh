# SPDX-License-Identifier: GPL-2.0-only
# What is known of an unmap is kept until its system call is over. The mdev is not.
SHOWS="I30"
DESCRIPTION="remove an mdev while a task that unmaps memory of its guest is in its system call"
REQUIRES="ours apvmm two-cpus"
CPUS=2

. "$here/unmap.sh"
unmap_begin
[ -e /sys/kernel/slab/kmalloc-1k/validate ] || skip "no SLUB debugging in this kernel"
unmap
vmm_expect ok vm detach
put $MATRIX/$U1/remove 1
unmapped
for cache in /sys/kernel/slab/kmalloc-*; do
	put "$cache"/validate 1
done
must rmmod pause

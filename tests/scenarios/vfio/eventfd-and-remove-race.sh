# SPDX-License-Identifier: GPL-2.0-only
SHOWS="R-26 R-26t"
DESCRIPTION="set and remove eventfds while the mdev is removed"
REQUIRES="module apvmm"
CPUS=2

free_for_guests 5
for turn in 1 2 3; do
	mdev_create
	assign $U1 adapter 5 domain 4
	guest
	must vmm vm setirq 0 eventfd
	echo 1 >$MATRIX/$U1/remove &
	remover=$!
	for again in 1 2 3 4 5 6 7 8; do
		vmm vm setirq 0 eventfd >/dev/null
		vmm vm setirq 0 -1 >/dev/null
	done
	must vmm vm detach
	wait $remover
	expect "remove, turn $turn" 0 $?
	vmm_end
done

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="C21~"
DESCRIPTION="record a refused NIB so that the record can be read later"
REQUIRES="ours apvmm"

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
expect "rc" 06 "$(said rc vm aqic on apqn=05.0004 nib=0)"
expect "rc" 06 "$(said rc vm aqic on apqn=05.0004 nib=0x7ffffff000)"
vmm_end
for view in $DBF/vfio_ap*/sprintf; do
	lines=$(wc -l <"$view")
	note "$view: $lines lines"
	[ "$lines" -gt 0 ] || fail "$view is empty"
done

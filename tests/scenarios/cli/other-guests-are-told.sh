# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A14"
DESCRIPTION="tell what the guest of a matrix gets if only the host's queues change"
REQUIRES="module apmatrix apvmm live"

free_for_guests 5
tool_expect 0 create other -u $U1 -a 5 -d 4,0x47
guest
guest_has "05.0004 05.0047"
echo 05.0047 >/sys/bus/ap/drivers/vfio_ap/unbind
guest_has ""
tool_expect 0 pool reserve -a 5 --dry-run
expect "what is told" "also affected: other ($U1) the guest would get 05.0004, 05.0047" \
	"$(sed -n '/affected/,/get/p' $WORK/tool.out | xargs)"
guest_has ""
tool_expect 0 pool reserve -a 5
expect "what is told" "also affected: other ($U1) the guest gets 05.0004, 05.0047" \
	"$(sed -n '/affected/,/get/p' $WORK/tool.out | xargs)"
guest_has "05.0004 05.0047"
note "whether a mask that is written binds other queues depends on the kernel: 7.2 does, 6.12 does not"
echo 05.0047 >/sys/bus/ap/drivers/vfio_ap/unbind
guest_has ""
tool_expect 0 pool reserve -a 6
told="" has=""
if [ "$(bound_to 05.0047)" = vfio_ap ]; then
	told="also affected: other ($U1) the guest gets 05.0004, 05.0047"
	has="05.0004 05.0047"
fi
expect "what is told" "$told" "$(sed -n '/affected/,/get/p' $WORK/tool.out | xargs)"
guest_has "$has"

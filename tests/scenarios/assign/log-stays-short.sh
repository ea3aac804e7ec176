# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A11!"
DESCRIPTION="write a short kernel log line for a refusal that concerns many APQNs"
REQUIRES="ours"

put $BUS/apmask 0x0
mdev_create $U1 $U2
put $MATRIX/$U1/ap_config "$ALL_ONES,$ALL_ONES,$(mask)"
before=$(dmesg | wc -l)
refused EADDRINUSE $MATRIX/$U2/ap_config "$ALL_ONES,$ALL_ONES,$(mask)"
refused EBUSY $BUS/apmask $ALL_ONES
said=$(($(dmesg | wc -l) - before))
note "$said lines"
[ $said -ge 2 ] || fail "it says nothing"
[ $said -le 20 ] || fail "$said lines for two refusals"
dmesg | tail -n $said | grep -q $U1 || fail "the owner is not named"

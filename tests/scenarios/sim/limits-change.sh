# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="change the largest adapter and domain while the machine runs"
REQUIRES="none apvmm"

limits() { answer na "$1"; answer nd "$1"; }
vmm_start
guest_vm vm
asked() { vmm vm qci >$WORK/qci && limits "$(cat $WORK/qci)" | words /dev/stdin; }
expect "limits at first" "ff ff" "$(asked)"
sim "max adapter 100"
expect "limits" "64 ff" "$(asked)"
refused EINVAL $SIM/control "card add 101"
refused EINVAL $SIM/control "max adapter 9"
sim "max adapter 255"
expect "limits in the end" "ff ff" "$(asked)"
vmm_end

# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="support 256 adapters, then 256 domains, then both"
REQUIRES="none"

last() { set -- $BUS/devices/$1; echo $#; }
all=0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
sim "domain del 0x47,0xab,0xff"
sim "card add 0-255 type=cex7 mode=cca"
sim configchange
settle "adapters" "$all" cat $BUS/ap_adapter_mask
settle "queues of one domain" 256 last '??.0004'
sim "card del 0-4,6-255"
sim "domain add 0-255"
sim configchange
settle "usage domains" "$all" cat $BUS/ap_usage_domain_mask
settle "queues of one adapter" 256 last '05.????'
note "all at once, which the bus must not find: it looks up each queue among all others"
scan_every 120
sim "card add 0-4,6-255 type=cex7 mode=cca"
expect "queues of the machine" 65536 "$(grep -c . $SIM/queues)"
sim "card del 0-4,6-255"

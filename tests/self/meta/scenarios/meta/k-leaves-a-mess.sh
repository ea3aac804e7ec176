# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="leave a queue without a driver and a card in standby"
put $BUS/devices/05.0004/driver/unbind 05.0004
put $SIM/control "card config 5 standby"
expect "its driver" "" "$(bound_to 05.0004)"

# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-10"
DESCRIPTION="reserve for the host exactly the APQNs that both masks name"
REQUIRES="module"

put $BUS/apmask 0x7d
put $BUS/aqmask 0x80
pairs() {
	expect "both masks keep adapter $1 and domain $2" "$3" "$(
		mdev_create
		put $MATRIX/$U1/assign_adapter "$1"
		put_result $MATRIX/$U1/assign_domain "$2"
		mdev_remove
	)"
}
pairs 0 0 ok
for apid in 1 2 3 4 5; do
	pairs $apid 0 EADDRNOTAVAIL
done
pairs 6 0 ok
pairs 7 0 EADDRNOTAVAIL
pairs 1 1 ok

# SPDX-License-Identifier: GPL-2.0-only
# zcrypt asks a card for its serial number, and if the card has no queue of the host, the AP
# bus scans first, on kernels from 6.12 on at least. The older ones of the lab do not show that.
SHOWS=""
DESCRIPTION="change and show a matrix without a scan of the AP bus"
REQUIRES="module apmatrix 6.12+"

free_for_guests 5,6
mdev_create
scan_every 120
scans() { cat /sys/bus/ap/scans; }
before=$(scans)
cat /sys/bus/ap/devices/card05/serialnr >/dev/null
check "a serial number costs a scan" [ "$(scans)" -gt "$before" ]
before=$(scans)
must apmatrix set $U1 -a 5,6 -d 4 --runtime-only
must apmatrix list
must apmatrix explain $U1
expect "scans" "$before" "$(scans)"
must apmatrix host
check "the serial numbers are asked for where they are shown" [ "$(scans)" -gt "$before" ]

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# shows: C13
#
# In the lab's guest: a module that was built from headers alone finds out how the AP
# bus is laid out, and refuses to load where nothing shows it.
#
#   load.sh KERNEL LAYOUT	e.g. "ids first, with callbacks"; the module is in
#				/compat/module, the stand-in in /compat/standin
#
# Prints KTAP. With /compat/meddle goes on with veto.sh.

kernel=$1 layout=$2
ours=/compat/module/vfio_ap.ko

. /compat/ktap.sh
ktap_begin

does() { ok "load-$kernel-$1"; }
does_not() { not_ok "load-$kernel-$1" "$2"; }

# The kernel's log since the last call
log_since()
{
	dmesg > /tmp/log.now
	touch /tmp/log.seen
	tail -n +$(($(wc -l < /tmp/log.seen) + 1)) /tmp/log.now
	mv /tmp/log.now /tmp/log.seen
}

# refused TEST PATTERN: loading fails, one line says why, and nothing is left behind
refused()
{
	log_since > /tmp/ignored
	if insmod $ours 2> /tmp/said; then
		does_not "$1" "it loaded"
		rmmod vfio_ap
		return
	fi
	# busybox tries a module twice, with each of the two system calls
	log_since | sed 's/^\[[^]]*\] //' | sort -u > /tmp/since
	if [ "$(grep -c 'vfio_ap: ' /tmp/since)" -eq 1 ] && grep -q "$2" /tmp/since; then
		does "$1"
	else
		does_not "$1" "the log says: $(cat /tmp/since)"
	fi
	if [ -e /sys/bus/ap/drivers/vfio_ap ] || [ -e /sys/devices/vfio_ap ]; then
		does_not "$1" "it left something behind"
	fi
}

# Older buses have no file to ask for a scan, or one that only counts.
rescan()
{
	if [ -n "$(find /sys/bus/ap/scans -perm -200 2>/dev/null)" ]; then
		echo 1 > /sys/bus/ap/scans
	else
		echo configchange > /sys/kernel/debug/aphwsim/control
	fi
}

# loads TEST: it does, and says what it found
loads()
{
	log_since > /tmp/ignored
	if ! insmod $ours || [ ! -e /sys/bus/ap/drivers/vfio_ap ]; then
		does_not "$1" "$(dmesg | tail -n 3)"
	elif ! log_since | grep -q "vfio_ap: AP bus: $layout"; then
		does_not "$1" "it did not find \"$layout\": $(grep vfio_ap: /tmp/log.seen)"
	else
		does "$1"
	fi
	rmmod vfio_ap
}

for module in vfio vfio_iommu_type1 kvm; do
	modprobe $module || does_not setup "no $module"
done
find /compat/module -name mdev.ko -exec insmod {} \;
[ -d /sys/bus/mdev ] || modprobe mdev

loads finds-the-layout

rmmod zcrypt_cex4
refused no-witness 'nothing shows how the AP bus is laid out .* load zcrypt_cex4 first'
modprobe zcrypt_cex4
loads witness-comes-later

# A host whose adapters are all off may get some later.
for card in 5 6 0xa; do
	echo "card del $card" > /sys/kernel/debug/aphwsim/control
done
rescan
if [ -n "$(find /sys/devices/ap -name 'card*')" ]; then
	does_not no-cards "there are still: $(ls /sys/devices/ap)"
else
	loads no-cards
fi
for card in 5 6 0xa; do
	echo "card add $card type=cex8" > /sys/kernel/debug/aphwsim/control
done
rescan

. /compat/standin.sh
if [ -e /compat/meddle ]; then
	. /compat/veto.sh
fi
ktap_end

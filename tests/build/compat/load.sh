#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# shows: C13
#
# In the lab's guest: modules that were built for two or three layouts of the AP bus
# without looking at BTF. Only the right one may load, and only when there is a
# live driver to tell by.
#
#   load.sh KERNEL RIGHT	modules in /compat/LAYOUT; prints KTAP
#
# With /compat/meddle goes on with veto.sh.

kernel=$1 right=$2
. /compat/ktap.sh
ktap_begin

loads() { ok "load-$kernel-$1"; }
does_not() { not_ok "load-$kernel-$1" "$2"; }

# The kernel's log since the last call
log_since()
{
	dmesg > /tmp/log.now
	touch /tmp/log.seen
	tail -n +$(($(wc -l < /tmp/log.seen) + 1)) /tmp/log.now
	mv /tmp/log.now /tmp/log.seen
}

# refused TEST DIR PATTERN: loading fails, and one line says why
refused()
{
	log_since > /tmp/ignored
	if insmod "/compat/$2/vfio_ap.ko" 2> /tmp/said; then
		does_not "$1" "it loaded"
		rmmod vfio_ap
		return
	fi
	# busybox tries a module twice, with each of the two system calls
	log_since | sed 's/^\[[^]]*\] //' | sort -u > /tmp/since
	if [ "$(grep -c 'vfio_ap: ' /tmp/since)" -eq 1 ] && grep -q "$3" /tmp/since; then
		loads "$1"
	else
		does_not "$1" "the log says: $(cat /tmp/since)"
	fi
	if [ -e /sys/bus/ap/drivers/vfio_ap ] || [ -e /sys/devices/vfio_ap ] ||
	   [ -e /sys/devices/vfio_ap_probe ]; then
		does_not "$1" "it left something behind"
	fi
}

for module in vfio vfio_iommu_type1 kvm; do
	modprobe $module || does_not setup "no $module"
done
find "/compat/$right" -name mdev.ko -exec insmod {} \;
[ -d /sys/bus/mdev ] || modprobe mdev

for layout in 510 517 702; do
	[ $layout = "$right" ] && continue
	[ -d "/compat/$layout" ] || continue
	refused wrong-layout-$layout $layout "AP bus is not laid out as $layout, not loading: "
done

if insmod "/compat/$right/vfio_ap.ko" && [ -e /sys/bus/ap/drivers/vfio_ap ]; then
	loads right-layout
else
	does_not right-layout "$(dmesg | tail -n 3)"
fi
rmmod vfio_ap

# Nobody to tell by: a layout out of the table alone is not enough.
rmmod zcrypt_cex4
refused no-witness "$right" 'nothing to confirm AP bus layout .* load zcrypt_cex4 first'
modprobe zcrypt_cex4
if insmod "/compat/$right/vfio_ap.ko"; then
	loads witness-comes-later
	rmmod vfio_ap
else
	does_not witness-comes-later "$(dmesg | tail -n 3)"
fi

if [ -e /compat/meddle ]; then
	. /compat/veto.sh
fi
ktap_end

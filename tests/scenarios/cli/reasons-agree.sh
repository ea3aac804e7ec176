# SPDX-License-Identifier: GPL-2.0-only
SHOWS="A1"
DESCRIPTION="compute from sysfs alone the reasons that the kernel gives"
REQUIRES="ours apmatrix apvmm"
SLOW=5

# reasons OPTIONS...: of apmatrix
reasons() { apmatrix "$@" queues --of $U1 --no-headings | awk '$NF != "-" { print $1, $NF }'; }
# agree REASONS: of the kernel, and of the tool on a copy of sysfs without them
agree() {
	settle "the kernel's" "$1" words $MATRIX/$U1/reasons
	expect "the tool's, as the kernel gives them" "$1" "$(reasons | words /dev/stdin)"
	rm -rf $WORK/copy
	mkdir -p $WORK/copy/sys/bus $WORK/copy/sys/devices
	# what can only be written cannot be copied
	cp -a $BUS $WORK/copy/sys/bus 2>/dev/null
	cp -a /sys/devices/ap /sys/devices/vfio_ap $WORK/copy/sys/devices 2>/dev/null
	rm $WORK/copy$MATRIX/$U1/reasons
	sed -i 's/ reasons//' $WORK/copy$MATRIX/features
	expect "computed" "$1" "$(reasons --root $WORK/copy | words /dev/stdin)"
	apmatrix explain $U1 | head -n 1 | grep -q "from the kernel" || fail "the kernel does not tell"
	apmatrix explain $U1 --root $WORK/copy | head -n 1 | grep -q "computed from sysfs" ||
		fail "it is not computed"
}

free_for_guests 5,6,7
mdev_create
assign $U1 adapter 5 6 7 domain 4 0x47 0x48
unbind 06.0047
guest
absent="07.0004 adapter-not-in-host-config 07.0047 adapter-not-in-host-config \
07.0048 adapter-not-in-host-config"
agree "05.0048 domain-not-in-host-config 06.0004 sibling-withheld 06.0047 unbound \
06.0048 domain-not-in-host-config $absent"
note "one of them comes good"
bind 06.0047
agree "05.0048 domain-not-in-host-config 06.0048 domain-not-in-host-config $absent"
note "the host gets what it lacked"
sim "domain add 0x48"
sim "card add 7"
sim configchange
rescan
agree ""
note "and loses some of it"
unbind 07.0004
sim "domain del 0x47"
sim configchange
rescan
agree "05.0047 domain-not-in-host-config 06.0047 domain-not-in-host-config \
07.0004 unbound 07.0047 domain-not-in-host-config 07.0048 sibling-withheld"
bind 07.0004

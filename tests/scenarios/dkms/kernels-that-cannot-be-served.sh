# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="skip kernels that cannot be served, with the reason in a line, and break no upgrade"
REQUIRES="debian ours"

release=$(uname -r)
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' /lab/source/dkms.conf)
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' /lab/source/dkms.conf)
here=/lib/modules/$release/build
[ -e "$here/Makefile" ] || skip "no package of headers for $release"

# kernel RELEASE: headers, as far as anybody looks at them
kernel() {
	there=/lib/modules/$1/build
	must mkdir -p "$there/include/config"
	cp "$here/include/config/auto.conf" "$there/include/config/"
	cp "$here/.config" "$here/Module.symvers" "$there/"
	echo "$1" >"$there/include/config/kernel.release"
	echo "all:" >"$there/Makefile"
}
without() { sed -i "/^CONFIG_$1=/d" "$there/include/config/auto.conf" "$there/.config"; }

# skipped REASON: what the hook of that kernel's package does, and what a person sees
skipped() {
	kernel=${there#/lib/modules/}
	kernel=${kernel%/build}
	dkms autoinstall -k "$kernel" >$WORK/dkms 2>&1 || fail "$kernel: an upgrade would break: $?"
	expect "$kernel" 1 "$(grep -c "vfio_ap: .*$1" $WORK/dkms)"
	grep -q "skipped for module(s) $name" $WORK/dkms || fail "not skipped"
	[ $failures = 0 ] || cat $WORK/dkms
	rm -rf "/lib/modules/$kernel"
}

dkms add /lab/source >$WORK/dkms 2>&1 || give_up "add: $(cat $WORK/dkms)"

kernel 6.1.0-50-s390x
without VFIO
skipped "has no VFIO"

kernel 7.99.1-s390x
skipped "is newer than"

kernel 6.12.999-s390x
echo CONFIG_VFIO_AP=y >>"$there/include/config/auto.conf"
skipped "is built in"

kernel 5.4.300-s390x
skipped "is older than"

kernel 6.99.1-vendor
without DEBUG_INFO_BTF
skipped "table of known kernels"

must dkms remove "$name/$version" --all >$WORK/dkms 2>&1
rm -rf "/usr/src/$name-$version"

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154
#
# kernels-that-cannot-be-served.sh RELEASE: what the hooks of packages of other kernels do. They
# are made of that one's headers, as far as anybody looks at them.

. /lab/dkms/lib.sh
ktap_begin
here=/lib/modules/$1/build

kernel() { # RELEASE
	release=$1 there=/lib/modules/$1/build
	mkdir -p "$there/include/config"
	cp "$here/include/config/auto.conf" "$there/include/config/"
	cp "$here/.config" "$here/Module.symvers" "$there/" 2>/dev/null
	echo "$1" >"$there/include/config/kernel.release"
	echo "all:" >"$there/Makefile"
}
without() { sed -i "/^CONFIG_$1=/d" "$there/include/config/auto.conf"; }

# skipped REASON: in one line, and no upgrade fails of it
skipped() {
	begin "$release: $1"
	says /etc/kernel/header_postinst.d/dkms "$release"
	expect "lines that say so" 1 "$(grep -c "^vfio_ap: .*$1" $said)"
	[ ! -e "/lib/modules/$release/updates" ] || wrong "something was installed"
	test_end
	rm -rf "/lib/modules/$release"
}

dkms add $source >$said 2>&1 || { not_ok "dkms add"; ktap_end; exit 1; }

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

begin "another machine"
says dkms build "$name/$version" -k 6.12.0-amd64 -a x86_64 --kernelsourcedir "$here"
case $ktap_why in *"status 77") ktap_why= ;; esac
grep -q "does not match\|BUILD_EXCLUSIVE" $said || wrong "not refused"
test_end

dkms remove "$name/$version" --all >/dev/null
ktap_end

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154
#
# as-a-user-does.sh RELEASE...: add, build, install, uninstall and remove the module with dkms.
# The first kernel is asked for by hand; the headers of each other one appear after that. Leaves
# what was installed in /lab/built/RELEASE.

. /lab/dkms/lib.sh
ktap_begin
first=$1
shift

status() { dkms status -k "$1" "$name/$version"; }

installed() { # RELEASE: is it, as modprobe and modinfo see it?
	updates=/lib/modules/$1/updates/dkms
	expect "status" "$name/$version, $1, s390x: installed" "$(status "$1")"
	for module in vfio_ap mdev; do
		case $(modinfo -k "$1" -F filename $module) in
		"$updates/$module.ko"*) ;;
		*) wrong "modprobe $module would load $(modinfo -k "$1" -F filename $module)" ;;
		esac
		for field in srcversion description author; do
			[ -n "$(modinfo -k "$1" -F $field $module)" ] || wrong "$module: no $field"
		done
		expect "license of $module" GPL "$(modinfo -k "$1" -F license $module)"
	done
	expect "version" "$version" "$(modinfo -k "$1" -F version vfio_ap)"
	case $(modinfo -k "$1" -F vermagic vfio_ap) in
	"$1 "*) ;;
	*) wrong "vermagic $(modinfo -k "$1" -F vermagic vfio_ap)" ;;
	esac
	grep -E "(module|build)/[a-z_/]*\.[ch]:.*(warning|error): " \
		"/var/lib/dkms/$name/$version/$1/s390x/log/make.log" && wrong "the build has warnings"
	mkdir -p "/lab/built/$1" && cp -a "$updates" "/lab/built/$1/"
}

# as if the kernels' own packages were there: dkms minds the others' modules only then
for release in "$first" "$@"; do
	depmod "$release" 2>/dev/null
done
# what is not there yet has its headers, but not where dkms looks
for release; do
	mv "/lib/modules/$release/build" "/lib/modules/$release/later"
done

begin "dkms add"
says dkms add $source
expect "status" "$name/$version: added" "$(dkms status "$name/$version")"
test_end

begin "dkms build, for $first"
compiler_for "$first"
begun=$(date +%s)
says dkms build "$name/$version" -k "$first"
expect "status" "$name/$version, $first, s390x: built" "$(status "$first")"
[ -z "$ktap_why" ] || cat "/var/lib/dkms/$name/$version/build/make.log" >>$said
test_end
echo "# dkms build took $(($(date +%s) - begun)) s, emulated"

begin "dkms install, for $first"
says dkms install "$name/$version" -k "$first"
installed "$first"
test_end

for release; do
	begin "headers of $release appear, and their package's hook builds and installs it"
	mv "/lib/modules/$release/later" "/lib/modules/$release/build"
	compiler_for "$release"
	begun=$(date +%s)
	says /etc/kernel/header_postinst.d/dkms "$release"
	installed "$release"
	test_end
	echo "# that took $(($(date +%s) - begun)) s, emulated"
done

begin "dkms uninstall, for $first"
says dkms uninstall "$name/$version" -k "$first"
expect "status" "$name/$version, $first, s390x: built" "$(status "$first")"
modinfo -k "$first" vfio_ap >/dev/null 2>&1 && wrong "vfio_ap is still installed"
for release; do
	expect "status" "$name/$version, $release, s390x: installed" "$(status "$release")"
done
test_end

begin "dkms remove"
says dkms remove "$name/$version" --all
expect "status" "" "$(dkms status "$name")"
[ ! -e "/var/lib/dkms/$name" ] || wrong "left: $(find "/var/lib/dkms/$name")"
for release in "$first" "$@"; do
	[ ! -e "/lib/modules/$release/updates" ] ||
		wrong "left: $(find "/lib/modules/$release/updates")"
done
test_end
rm -rf "/usr/src/$name-$version"
ktap_end

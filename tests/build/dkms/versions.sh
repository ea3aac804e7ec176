#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A kernel that cannot be served is no failure of any dkms, and one line says why.
#
#   versions.sh WORK DIR...	each DIR has a dkms package unpacked; prints KTAP
#
# The kernels are made here, of no more than what is looked at; nothing is compiled.

set -u
tree=$(cd "$(dirname "$0")/../../.." && pwd)
work=$1
shift
rm -rf "$work" && mkdir -p "$work" || exit 1
. "$tree/tests/lib/ktap.sh"
ktap_begin
table=$tree/module/compat/facts.tbl
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' "$tree/dkms.conf")
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$tree/dkms.conf")

# kernel RELEASE [OPTION...]: one that can be served, but for the options that are left out
kernel()
{
	release=$1 kernel=$work/kernel-$1
	mkdir -p "$kernel/include/config"
	echo "$1" >"$kernel/include/config/kernel.release"
	shift
	for option in S390=y AP=y ZCRYPT=m KVM=m VFIO=m; do
		case " $* " in *" ${option%=*} "*) ;; *) echo "CONFIG_$option" ;; esac
	done >"$kernel/include/config/auto.conf"
	cp "$kernel/include/config/auto.conf" "$kernel/.config"
	for symbol in $(sed -n 's/^need symbols* \([a-z0-9_]*\).*/\1/p;s/^choose //p' "$table"); do
		printf '0x00000000\t%s\tvmlinux\tEXPORT_SYMBOL\t\n' "$symbol"
	done >"$kernel/Module.symvers"
	echo all: >"$kernel/Makefile"
}

# dkms COMMAND: of the version under test, with trees of its own; output in $said
dkms()
{
	bash "$dkms" "$1" -m "$name" -v "$version" -k "$release" -a s390x \
		--dkmstree "$trees/dkms" --sourcetree "$trees/src" --installtree "$trees/lib" \
		--kernelsourcedir "$kernel" >"$said" 2>&1
}

# fresh: trees with nothing but the module's sources, added to dkms
fresh()
{
	trees=$work/trees said=$work/said
	rm -rf "$trees"
	mkdir -p "$trees/src/$name-$version" "$trees/dkms" "$trees/lib/$release"
	cp -r "$tree/dkms.conf" "$tree/module" "$trees/src/$name-$version/"
	ln -s "$kernel" "$trees/lib/$release/build"
	dkms add || wrong "add: $(tail -n 3 "$said")"
}

# builds: a kernel that can be served, whose build makes modules of anything
builds()
{
	program=$(command -v env)
	rule="\tcp $program \$(M)"
	printf "modules:\n\tmkdir -p \$(M)/mdev\n$rule/vfio_ap.ko\n$rule/mdev/mdev.ko\n" \
		>"$kernel/Makefile"
	test_begin "dkms $number build: $release can be served"
	fresh
	dkms build || wrong "status $?: $(tail -n 3 "$said")"
	expect "refusals" 0 "$(grep -c 'cannot be served' "$said")"
	expect "modules" "mdev vfio_ap" "$(find "$trees/dkms/$name/$version/$release" -name '*.ko*' \
		-printf '%f\n' | sed 's/\.ko.*//' | sort | paste -sd ' ')"
	test_end
}

# skips REASON: the automatic run leaves the kernel out and succeeds; by hand it is excluded
skips()
{
	for command in autoinstall build; do
		test_begin "dkms $number $command: $1"
		fresh
		dkms $command
		status=$?
		case $command:$status in
		autoinstall:0 | build:9 | build:77) ;;
		*) wrong "status $status: $(tail -n 3 "$said")" ;;
		esac
		expect "lines that say why" 1 "$(grep -c "^vfio_ap: $release cannot be served: .*$1" "$said")"
		expect "installed" "" "$(find "$trees/lib" -name '*.ko*')"
		[ ! -e "$trees/dkms/$name/$version/$release" ] || wrong "it was built"
		test_end
	done
}

for package; do
	dkms=$package/usr/sbin/dkms
	number=$(basename "$package")
	kernel 6.12.1-s390x
	builds
	kernel 6.1.0-50-s390x VFIO
	skips "it has no VFIO"
	kernel 4.18.0-553.s390x
	skips "it is older than 5.10"
	kernel 7.99.1-s390x
	skips "it is newer than 7.3, the newest that was tested, and the module does not compile"
done
ktap_end

# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="add, build, install, use, uninstall and remove the module with dkms"
REQUIRES="debian ours"

release=$(uname -r)
name=$(sed -n 's/^PACKAGE_NAME="\(.*\)"/\1/p' /lab/source/dkms.conf)
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' /lab/source/dkms.conf)
updates=/lib/modules/$release/updates/dkms
[ -e "/lib/modules/$release/build/Makefile" ] || skip "no package of headers for $release"

dkms_says() { # WHAT DKMS-COMMAND...: must succeed
	what=$1
	shift
	dkms "$@" >$WORK/dkms 2>&1 || {
		ended=$?
		cat $WORK/dkms "/var/lib/dkms/$name/$version/build/make.log" 2>/dev/null
		give_up "$what: status $ended"
	}
	sed 's/^/  /' $WORK/dkms
}
status() { dkms status -k "$release" "$name/$version"; }

# The kernel of a newer Debian is the work of a newer compiler, which its headers ask for.
compiler=$(sed -n 's/^CONFIG_CC_VERSION_TEXT="\([^ ]*\) .*/\1/p' \
	"/lib/modules/$release/build/include/config/auto.conf")
if ! command -v "$compiler" >/dev/null; then
	note "no $compiler here: this one, without the stack protector that it does not know"
	export MAKEFLAGS="CC=gcc CONFIG_STACKPROTECTOR= CONFIG_STACKPROTECTOR_STRONG="
fi

dkms_says "add" add /lab/source
expect "status" "$name/$version: added" "$(dkms status $name/$version)"

begun=$(uptime_cs)
dkms_says "build" build "$name/$version"
note "built in $((($(uptime_cs) - begun) / 100)) s"
expect "status" "$name/$version, $release, s390x: built" "$(status)"
grep -E "(module|build)/[a-z_/]*\.[ch]:.*(warning|error): " \
	"/var/lib/dkms/$name/$version/$release/s390x/log/make.log" && fail "the build has warnings"

dkms_says "install" install "$name/$version"
expect "status" "$name/$version, $release, s390x: installed" "$(status)"
for module in vfio_ap mdev; do
	case $(modinfo -F filename $module) in
	$updates/$module.ko*) ;;
	*) fail "modprobe $module would load $(modinfo -F filename $module)" ;;
	esac
	[ -n "$(modinfo -F srcversion $module)" ] || fail "$module has no srcversion"
	[ -n "$(modinfo -F description $module)" ] || fail "$module has no description"
	expect "license of $module" "GPL" "$(modinfo -F license $module | sed 's/ v2$//')"
done
expect "version" "$version" "$(modinfo -F version vfio_ap)"

must rmmod vfio_ap
must rmmod mdev
must modprobe vfio_ap
expect "what runs" "$(modinfo -F srcversion vfio_ap)" "$(cat /sys/module/vfio_ap/srcversion)"
free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
expect "the matrix" "05.0004" "$(matrix)"
mdev_remove $U1

dkms_says "uninstall" uninstall "$name/$version" -k "$release"
expect "status" "$name/$version, $release, s390x: built" "$(status)"
modinfo vfio_ap 2>/dev/null && fail "vfio_ap is still installed"

note "what the hook of a kernel's package does"
dkms_says "autoinstall" autoinstall -k "$release"
expect "status" "$name/$version, $release, s390x: installed" "$(status)"

dkms_says "remove" remove "$name/$version" --all
expect "status" "" "$(dkms status $name)"
[ ! -e /var/lib/dkms/$name ] || fail "left: $(find /var/lib/dkms/$name)"
[ ! -e $updates ] || fail "left: $(find $updates)"
rm -rf "/usr/src/$name-$version"

must rmmod vfio_ap
must rmmod mdev
must insmod /lab/mdev.ko
must insmod /lab/vfio_ap.ko

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# first-queue.sh: the commands of the README, from packages to the first assigned queue, in the
# lab's Debian on s390x. apt is played by dpkg, since this system has no network; what dkms
# compiles is the lab's module (played-dkms).
. /lab/tests/lib/ktap.sh
. /lab/tests/lib/scenario.sh
ktap_begin
mkdir -p $WORK /usr/local/sbin
release=$(uname -r)
must rmmod vfio_ap
[ ! -e /sys/module/mdev ] || must rmmod mdev

cat >/usr/local/sbin/apt <<'END'
#!/bin/sh
[ "$1" = install ] || exit 2
shift
for package; do
	case $package in
	./*.deb) set -- "$@" "$package" ;;
	linux-headers-s390x) [ -e "/lib/modules/$(uname -r)/build" ] || exit 1 ;;
	*) exit 1 ;;
	esac
	shift
done
exec dpkg -i --force-depends "$@"
END
must cp /lab/tests/build/packages/played-dkms /usr/local/sbin/dkms
chmod +x /usr/local/sbin/apt
PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
# the lab's own program, not the packaged one
own=$(command -v apmatrix)
case $own in /usr/sbin/*) ;; *) must mv "$own" "$own.lab" ;; esac
hash -r

# follow FOLDER: the commands of the README that are in $WORK/commands
follow() {
	cd "$1" || give_up "no $1"
	while read -r command; do
		eval "$command" >$WORK/out 2>&1 </dev/null
		expect "$command" 0 $?
		sed 's/^/# /' $WORK/out
	done <$WORK/commands
	cd /
}

# the commands in the README's block on packages
sed -n '/^From packages, on Debian/,/^On RHEL/s/^    //p' /lab/README.md >$WORK/commands
count=$(wc -l <$WORK/commands)
check "at most six commands: $count" [ "$count" -ge 2 -a "$count" -le 6 ]
follow /lab/packages
check "the packaged tool" [ "$(dpkg -S "$(command -v apmatrix)" | cut -d: -f1)" = apmatrix ]
check "dkms was asked to build" grep -q "^dkms \(build\|install\|autoinstall\)" /tmp/dkms-was-asked
expect "the module of the package" "/lib/modules/$release/updates/dkms/vfio_ap.ko" \
	"$(modinfo -F filename vfio_ap)"
expect "the matrix" "05.0004" "$(apmatrix show web1 --field matrix)"
uuid=$(apmatrix show web1 --field uuid)
guest vm "$uuid"
guest_has vm "$uuid" "05.0004"
vmm_end
must apmatrix remove web1

note "the README's check of the machine, with a VMM that is built here"
# in this emulated machine the compiler takes half the time without optimization
export CFLAGS=-O0
sed -n '/^### Check it there/,/^###* D/s/^    //p' /lab/README.md >$WORK/commands
expect "commands to check the machine" 2 "$(wc -l <$WORK/commands)"
follow /root/apmatrix
expect "its report" " 0 failed" "$(sed -n '$s/.*passed,\( [0-9]* failed\),.*/\1/p' $WORK/out)"
expect "a build without a compiler" "check-machine: no compiler: nocc does not run" \
	"$(make -s -C /root/apmatrix check-machine CC=nocc QUEUES=05.0004 2>&1 | grep no.compiler)"

note "removed: the program and the modules of dkms; purged: what the tool wrote"
mkdir -p /etc/apmatrix
echo '{"api_level": 1}' >/etc/apmatrix/plan.json
must dpkg -P apmatrix apmatrix-dkms
[ ! -e /usr/sbin/apmatrix ] || fail "the program is left"
expect "sources that are left" "" "$(find /usr/src -maxdepth 1 -name 'vfio-ap-dyn-*')"
expect "what is left in /etc/apmatrix" plan.json "$(ls /etc/apmatrix)"
check "the loaded module stays until it is unloaded" [ -e /sys/module/vfio_ap ]
must rmmod vfio_ap
ktap_end

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# testbed.sh: makes the lab's Debian on s390x a testbed of autopkgtest, and runs the commands that
# virt-lab asks for. The packages of that system are only unpacked, so what their maintainer scripts
# would do, and the dpkg database (/lab/dpkg-status), are put in place here.
set -e
PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
exec 3>&1 >&2
[ ! -e /sys/module/vfio_ap ] || rmmod vfio_ap
[ ! -e /sys/module/mdev ] || rmmod mdev
mkdir -p /usr/local/sbin
cp /lab/packages-tests/played-dkms /usr/local/sbin/dkms
# the lab's own program, not the packaged one
mv "$(command -v apmatrix)" /lab/apmatrix.lab
cp /lab/dpkg-status /var/lib/dpkg/status
sed -n 's/^Package: //p' /var/lib/dpkg/status | while read -r package; do
	: >"/var/lib/dpkg/info/$package.list"
done
for kind in auth account password session; do
	echo "$kind required pam_permit.so" >/etc/pam.d/common-$kind
done
useradd --create-home tester
work=$(mktemp -d)
set +e

echo ready >&3
while read -r command_size input_size; do
	head -c "$command_size" >"$work/command"
	head -c "$input_size" >"$work/input"
	(cd / && exec sh "$work/command" <"$work/input" >"$work/out" 2>"$work/err")
	status=$?
	out=$(wc -c <"$work/out")
	err=$(wc -c <"$work/err")
	{
		echo "$status $out $err"
		head -c "$out" "$work/out"
		head -c "$err" "$work/err"
	} >&3
done

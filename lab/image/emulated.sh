#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# emulated.sh DIR COMMAND...: mounts an s390x Debian tree in DIR and runs a command in it. DIR
# belongs to this run. The script runs as root in its own mount, PID and network namespaces. It
# uses these files in DIR, which lab/image/emulated.py creates: debian.ext4, qemu-s390x,
# headers/RELEASE (images of kernel headers) and tree/ (more files for the command). The files
# that the command changes are in DIR/changes/ afterwards.
#
# The binfmt_misc handler for s390x programs is shared by the whole machine. The script uses an
# existing handler. If there is none, it registers one, and the last run removes it.
set -e
LC_ALL=C
export LC_ALL
dir=$1
shift
BINFMT=/proc/sys/fs/binfmt_misc
HANDLER=apmatrix-lab-s390x

say() { echo "emulated: $*" >&2; }

# ELF, 64-bit, big-endian, executable, s390 (machine 22)
MAGIC='\x7fELF\x02\x02\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x16'
MASK='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff'

registered()
{
	for handler in $BINFMT/*; do
		if grep -qs '^magic 7f454c460202.*0016$' "$handler" &&
		   grep -qs '^enabled' "$handler" && grep -qs '^flags: .*F' "$handler"; then
			return 0
		fi
	done
	return 1
}

[ -e $BINFMT/register ] || mount -t binfmt_misc binfmt_misc $BINFMT 2>/dev/null || {
	say "this machine's kernel has no binfmt_misc"
	exit 77
}
exec 9>>"$dir/../lock"
flock -s 9
(
	flock 8
	registered || echo ":$HANDLER:M::$MAGIC:$MASK:$dir/qemu-s390x:F" >$BINFMT/register
) 8>>"$dir/../register"
unregister()
{
	flock -n -x 9 && [ -e $BINFMT/$HANDLER ] && echo -1 >$BINFMT/$HANDLER
	return 0
}
trap unregister EXIT

mnt=$dir/root
mkdir -p "$mnt" "$dir/changes" "$dir/work" "$dir/debian"
mount -o loop,ro "$dir/debian.ext4" "$dir/debian"
mount -t overlay overlay -o \
	"lowerdir=$dir/tree:$dir/debian,upperdir=$dir/changes,workdir=$dir/work" "$mnt"
mount -t tmpfs tmpfs "$mnt/run"
mount -t tmpfs tmpfs "$mnt/tmp"
mount -t tmpfs -o mode=755 tmpfs "$mnt/dev"
for device in null zero full random urandom; do
	: >"$mnt/dev/$device"
	mount --bind /dev/$device "$mnt/dev/$device"
done
for link in fd:/proc/self/fd stdin:/proc/self/fd/0 stdout:/proc/self/fd/1 \
	stderr:/proc/self/fd/2; do
	ln -s "${link#*:}" "$mnt/dev/${link%%:*}"
done
mount -t proc proc "$mnt/proc"
for image in "$dir"/headers/*; do
	[ -e "$image" ] || continue
	release=${image##*/}
	mkdir -p "$mnt/run/headers/$release" "$mnt/usr/lib/modules/$release"
	mount -o loop,ro "$image" "$mnt/run/headers/$release"
	for part in "$mnt/run/headers/$release"/linux-headers-*; do
		mkdir -p "$mnt/usr/src/${part##*/}"
		mount --bind "$part" "$mnt/usr/src/${part##*/}"
	done
	ln -s "/run/headers/$release/kbuild" "$mnt/usr/lib/linux-kbuild-${release%-*}"
	ln -s "/usr/src/linux-headers-$release" "$mnt/usr/lib/modules/$release/build"
done
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
	chroot "$mnt" "$@"

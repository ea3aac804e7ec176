# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="persist on a full disk: no file is incomplete, the matrix is unchanged"
REQUIRES="module apmatrix"

# small DIRECTORY: a file system of one page there
small() {
	mkdir -p "$1"
	must mount -t tmpfs -o size=4k small "$1"
	mounted="$1 $mounted"
}
unmount() {
	for unmount_directory in $mounted; do
		umount "$unmount_directory"
	done
}
on_disk() { ls -a $mounted && cat /etc/mdevctl.d/matrix/$U1; }
in_use() { words $BUS/apmask && apmatrix list; }
# no_room ARGUMENTS...: of apmatrix
no_room() {
	tool_expect 1 "$@"
	grep -q 'No space left on device \[ENOSPC\]' $WORK/tool.err ||
		fail "it says: $(cat $WORK/tool.err)"
	expect "on disk" "$disk" "$(on_disk)"
	expect "in use" "$use" "$(in_use)"
}

mounted=
trap 'ended=$?; unmount; scenario_end $ended' EXIT
free_for_guests 5
small /etc/mdevctl.d/matrix
tool_expect 0 create one -u $U1 -a 5 -d 4 --auto
small /etc/udev/rules.d
echo "# another's" >/etc/udev/rules.d/10-other.rules
disk=$(on_disk) use=$(in_use)
note "a definition that is there, a new one, the rule for the next boot"
no_room assign one -d 0x47
no_room create two -u $U2 -d 0x47 --manual
no_room pool reserve -a 6 --persist
note "changes that are not persistent work, and with free space all of them do"
tool_expect 0 assign one -d 0x47 --runtime-only
tool_expect 0 unassign one -d 0x47 --runtime-only
for directory in $mounted; do
	must mount -o remount,size=1m "$directory"
done
tool_expect 0 assign one -d 0x47
grep -q 0x47 /etc/mdevctl.d/matrix/$U1 || fail "not persistent: $(cat /etc/mdevctl.d/matrix/$U1)"
tool_expect 0 pool reserve -a 6 --persist
tool_expect 0 remove one

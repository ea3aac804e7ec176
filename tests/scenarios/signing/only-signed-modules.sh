# SPDX-License-Identifier: GPL-2.0-only
# The kernel is Debian's, whose key nobody here has, so the lab's own key is given to it as the
# firmware of a machine with secure IPL gives keys. module.sig_enforce=1 is set once the simulator,
# which is not signed, is loaded; it cannot be set back.
SHOWS=""
DESCRIPTION="load a signed module where the kernel loads no other, and report the one that is not"
REQUIRES="ours debian apmatrix apvmm 6.12+"

release=$(uname -r)
updates=/lib/modules/$release/updates/dkms
[ -e /sys/module/module/parameters/sig_enforce ] || skip "no module signatures in this kernel"
keyring=$(sed -n 's/^\([0-9a-f]*\) . builtin_trusted_keys$/\1/p' /proc/kallsyms)
[ -n "$keyring" ] || skip "this kernel has no built-in keys"

found() { grep -qE "^(note|problem) $1: $2" $WORK/tool.out || fail "no $1 in: $(cat $WORK/tool.out)"; }
install_module() {
	mkdir -p "$updates"
	must cp "$1" "$updates/vfio_ap.ko"
	must depmod "$release"
}
# refused_load WORDS: modprobe and restore at boot fail and say why
refused_load() {
	modprobe vfio_ap 2>$WORK/error && fail "it was loaded"
	grep -qE "$1" $WORK/error || fail "modprobe says: $(cat $WORK/error)"
	tool_expect 7 restore --boot --timeout 10
	grep -q "cannot load vfio_ap: " $WORK/tool.err || fail "restore: $(cat $WORK/tool.err)"
	grep -q "the kernel does not have the key of its signature\|not signed" $WORK/tool.err ||
		fail "no hint: $(cat $WORK/tool.err)"
	[ ! -e /sys/module/vfio_ap ] || fail "it is there"
}

note "a key and its certificate, and the module signed with it"
must openssl req -new -x509 -newkey rsa:2048 -nodes -days 3650 -sha256 -subj "/CN=lab" \
	-addext "keyUsage=digitalSignature" -keyout $WORK/key.pem -out $WORK/cert.pem 2>$WORK/openssl
must openssl x509 -in $WORK/cert.pem -outform DER -out $WORK/cert.der
must "/lib/modules/$release/build/scripts/sign-file" sha256 $WORK/key.pem $WORK/cert.der \
	/lab/vfio_ap.ko $WORK/signed.ko
must insmod /lab/trust.ko keyring=0x"$keyring"

free_for_guests 5
tool_expect 0 create first -u $U1 -a 5 -d 4 --auto
tool_expect 0 remove first --keep-definition
must rmmod vfio_ap
echo 1 >/sys/module/module/parameters/sig_enforce
expect "module.sig_enforce" Y "$(cat /sys/module/module/parameters/sig_enforce)"

note "not signed"
install_module /lab/vfio_ap.ko
refused_load "Key was rejected by service|Required key not available"
tool_expect 0 doctor
found module-refused ".*not signed"

note "signed with a key that the kernel does not have"
install_module $WORK/signed.ko
refused_load "Key was rejected by service|Required key not available"

note "the kernel has the key"
put_file() { cat "$1" >"$2"; }
must put_file $WORK/cert.der /sys/kernel/debug/trust
must modprobe vfio_ap
tool_expect 0 doctor
found module-is "vfio_ap [0-9.]+ is the one of this package, signed by .*lab"
tool_expect 0 restore --boot --timeout 10
expect "the matrix" "05.0004" "$(matrix)"
guest
guest_has "05.0004"
vmm_end

note "a module that was changed after it was signed"
must apmatrix remove first -q
must rmmod vfio_ap
sed 's/\(.\)license=GPL/\1license=XXX/' $WORK/signed.ko >$WORK/changed.ko
cmp -s $WORK/signed.ko $WORK/changed.ko && fail "it was not changed"
insmod $WORK/changed.ko 2>$WORK/error && fail "it was loaded"
grep -q "Key was rejected by service" $WORK/error || fail "insmod says: $(cat $WORK/error)"
must modprobe vfio_ap
rm -rf "$updates"
depmod "$release"

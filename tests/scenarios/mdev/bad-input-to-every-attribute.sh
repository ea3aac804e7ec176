# SPDX-License-Identifier: GPL-2.0-only
# Each attribute gets texts that no correct client writes. Each write must fail with mainline's
# errno, and all attributes must read as before.
SHOWS="D-22 D-25 K-15 I19 I23"
DESCRIPTION="answer bad input to every attribute with mainline's errno, and change nothing"
REQUIRES="module"

newline='
'
tab='	'
binary=$(printf '\001\377\033')
nines=$(printf '%05000d' 0 | tr 0 9)
free_for_guests 5
mdev_create
put $MATRIX/$U1/ap_config "$(mask 5),$(mask 4),$(mask 4)"
state() { matrix; control_domains; ap_config; ls $MATRIX; cat $TYPE/available_instances; }
before=$(state)
unchanged() {
	settle "guest_matrix" "05.0004" guest_matrix
	expect "everything after bad input to $1" "$before" "$(state)"
}

for name in assign_adapter unassign_adapter assign_domain unassign_domain \
	assign_control_domain unassign_control_domain; do
	file=$MATRIX/$U1/$name
	for text in ' ' "$tab" "$newline" "$newline$newline" "$binary" "4$binary" -1 -0 -4 4,5 \
		'4 5' 4-5 "4${newline}5" 0x 0xg 08 019 '4 ' ' 4' 4x 4.0 four + ++4 +-4 -+4 '"4"' \
		0x0x4 4h '$((4))'; do
		refused EINVAL $file "$text"
	done
	for text in $nines 99999999999999999999 0x1ffffffffffffffff 02000000000000000000000; do
		refused ERANGE $file $text
	done
	for text in 256 0x100 0400 +256 "256$newline" 4294967300 0xffffffffffffffff; do
		refused ENODEV $file $text
	done
	: >$file || fail "an empty write to $name"
	case $name in
	assign_adapter) accepted $file 05 ;;
	assign_*) accepted $file 0x4 ;;
	*) accepted $file 9 ;;
	esac
	cat $file 2>$WORK/error && fail "$name can be read"
	unchanged $name
done

note "what looks octal is octal, as in mainline"
accepted $MATRIX/$U1/assign_control_domain 010
expect "control domains" "0004 0008" "$(control_domains)"
accepted $MATRIX/$U1/unassign_control_domain 00000000010

file=$MATRIX/$U1/ap_config
for text in "$binary" "$(mask 6)$binary" -1 hello 0x04 "0x0g,0x08,0x08" "0x04,0x08,-8" \
	"0x04 0x08 0x08" "${ALL_ONES}0,0x08,0x08" "$nines" '"0x04,0x08,0x08"'; do
	refused EINVAL $file "$text"
done
# mainline takes an empty field for zero and ignores what comes after the third
[ $LAB_MODULE = stock ] || for text in ' ' "$newline" , ,, ,,, "0x04,,0x08" \
	"0x04,0x08,0x08,0x08" "0x04,0x08,0x08${newline}x" "0x04,0x08,0x08$newline$newline" \
	"0x04,0x08" "0x,0x,0x"; do
	refused EINVAL $file "$text"
done
unchanged ap_config

file=$MATRIX/$U1/remove
for text in ' ' "$newline" "$binary" -1 1x '1 1' yes 0x "$nines" "$U1"; do
	refused EINVAL $file "$text"
done
accepted $file 0
unchanged remove

for text in ' ' "$newline" "$binary" 1 -1 "$nines" "${U2%?}" "${U2}00" "$U2 $U3" "{$U2}" \
	"$(echo $U2 | tr -d -)" "$(echo $U2 | tr - _)" "${U2%?}g" ../../../../../../etc/passwd; do
	refused EINVAL $TYPE/create "$text"
done
refused EEXIST $TYPE/create $U1
unchanged create

for file in $MATRIX/$U1/matrix $MATRIX/$U1/guest_matrix $MATRIX/$U1/control_domains \
	$MATRIX/$U1/guest_control_domains $MATRIX/$U1/guest_interrupts $MATRIX/$U1/reasons \
	$MATRIX/features $TYPE/name $TYPE/device_api $TYPE/available_instances \
	$BUS/devices/05.0004/status; do
	[ ! -e $file ] || refused EACCES $file 1
done
unchanged "what can only be read"

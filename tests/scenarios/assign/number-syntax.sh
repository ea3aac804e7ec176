# SPDX-License-Identifier: GPL-2.0-only
SHOWS="D-25 I23"
DESCRIPTION="accept the numbers that the kernel accepts, refuse all others and change nothing"
REQUIRES="module"

newline='
'
free_for_guests 5
mdev_create
for text in 5 0x5 05 +5 +0x5 0X5 "5$newline"; do
	accepted $MATRIX/$U1/assign_adapter "$text"
	expect "the matrix after $text" "05." "$(matrix)"
	unassign $U1 adapter 5
done
for word in adapter domain control_domain; do
	for text in ' 5' '5 ' -1 5,6 5-6 '5 6' 0x05zz x 0x ' ' "$newline" "5$newline$newline" \
		5.0; do
		refused EINVAL $MATRIX/$U1/assign_$word "$text"
		refused EINVAL $MATRIX/$U1/unassign_$word "$text"
	done
	refused ERANGE $MATRIX/$U1/assign_$word 99999999999999999999
done
expect "the matrix" "" "$(matrix)"
expect "the control domains" "" "$(control_domains)"

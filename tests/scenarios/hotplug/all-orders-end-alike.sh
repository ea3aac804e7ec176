# SPDX-License-Identifier: GPL-2.0-only
SHOWS="part-5 A2 I15"
DESCRIPTION="reach the same guest_matrix for every order of four events"
REQUIRES="ours"

free_for_guests 5,6
event() {
	case $1 in
	a) put $MATRIX/$U1/assign_adapter 6 ;;
	b) put $MATRIX/$U1/unassign_domain 0x47 ;;
	c) unbind 05.0004 ;;
	d) put $MATRIX/$U1/assign_domain 0xab ;;
	esac
}
for order in a:b:c:d a:b:d:c a:c:b:d a:c:d:b a:d:b:c a:d:c:b b:a:c:d b:c:a:d b:d:a:c \
	c:a:b:d c:b:a:d c:d:a:b d:a:b:c d:b:a:c d:c:a:b d:c:b:a; do
	mdev_create
	assign $U1 adapter 5 domain 4 0x47
	for one in $(echo $order | tr : ' '); do
		event "$one"
	done
	settle "order $order" "06.0004 06.00ab" full_guest_matrix
	mdev_remove
	bind 05.0004
done

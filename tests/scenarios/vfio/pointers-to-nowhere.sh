# SPDX-License-Identifier: GPL-2.0-only
SHOWS="K-06 K-07 K-08"
DESCRIPTION="return EFAULT for pointers that cannot be read or written, and change nothing"
REQUIRES="module apvmm"

info=$(be32 24 0 0 0 0 0)
irq_info=$(be32 16 0 0 0)
set_irq=$(be32 24 0x24 0 0 1)$(be32 0)

free_for_guests 5
mdev_create
assign $U1 adapter 5 domain 4
guest
vmm_expect ok vm setirq 0 eventfd
note "what is asked below can be answered, if it is where it should be"
vmm_expect ok vm ioctl $GET_INFO "$info" edge
vmm_expect ok vm ioctl $GET_IRQ_INFO "$irq_info" edge
vmm_expect EBADF vm ioctl $SET_IRQS "$(be32 24 0x24 0 0 1 0xffffff)" edge

for nowhere in 0 0xfff 0x7fffffffffffe000 0xfffffffffffff000 0xfffffffffffffffc; do
	for ioctl in $GET_INFO $GET_IRQ_INFO $SET_IRQS $FEATURE; do
		vmm_expect EFAULT vm ioctl $ioctl ptr=$nowhere
	done
	vmm_expect ok vm ioctl $RESET ptr=$nowhere
done
note "the beginning can be read, the rest cannot"
for ioctl in $GET_INFO $GET_IRQ_INFO $SET_IRQS; do
	vmm_expect EFAULT vm ioctl $ioctl "$(be32 4096)" edge
done
vmm_expect EFAULT vm ioctl $SET_IRQS "$(be32 24 0x24 0 0 1)" edge
vmm_expect EFAULT vm ioctl $SET_IRQS "$(be32 24 0x24 0 0 1)0000" edge
note "it can be read, but the answer cannot be written"
vmm_expect EFAULT vm ioctl $GET_INFO "$info" readonly
vmm_expect EFAULT vm ioctl $GET_IRQ_INFO "$irq_info" readonly

note "the guest and its eventfd are as before"
guest_has "05.0004"
expect "signals so far" 0 "$(said count vm evt 0)"
echo 1 >$MATRIX/$U1/remove &
remover=$!
expect "signals of REQ" 1 "$(said count vm evt 0 timeout=5000)"
vmm_expect ok vm detach
wait $remover

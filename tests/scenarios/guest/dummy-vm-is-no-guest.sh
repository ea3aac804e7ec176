# SPDX-License-Identifier: GPL-2.0-only
SHOWS=""
DESCRIPTION="do not register the dummy VM with which vfio_ap tries a function of KVM when it is loaded"
REQUIRES="module"

# The dummy VM has a CRYCB, which is freed without the function that destroys a VM. If it were
# registered, the oracle would read freed memory as the masks of a guest at each judgement.
# The VM of a guest before may go late: the module keeps it until its queue is reset.
settle "VMs after vfio_ap was loaded" "" cat $SIM/guests

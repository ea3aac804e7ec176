# SPDX-License-Identifier: GPL-2.0-only
#
# The files of the VMM library, for apvmm and for the tests that link it. Each file uses earlier
# ones only.

VMM_LIBRARY := error mem vcpu vm iommufd vfio guest_code script steps

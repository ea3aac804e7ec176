# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="find the machine as it was, whatever the one before did"
expect "the simulated machine" "$(words $hardware)" "$(words $SIM/control)"
expect "the driver of 05.0004" cex4queue "$(bound_to 05.0004)"

# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="require a user land that is not there"
REQUIRES="debian"
fail "it ran"

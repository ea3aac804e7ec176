# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="find out that it cannot run"
skip "the moon is in the wrong house"

# SPDX-License-Identifier: GPL-2.0-only
DESCRIPTION="end with a status, without a word"
exit 5

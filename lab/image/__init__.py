# SPDX-License-Identifier: GPL-2.0-only
"""The lab's host side: what runs on this machine to make, boot and judge a guest."""

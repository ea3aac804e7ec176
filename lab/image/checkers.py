# SPDX-License-Identifier: GPL-2.0-only
"""The model checkers of `make model`: Debian's packages of CBMC (C) and Spin (Promela).

They are unpacked into the cache, not installed. They run with the lab root's libraries.
"""

import os

from . import cache, mirror, root

# The first suite that has both checkers is used.
SUITES = ("trixie", "sid")
PACKAGES = ("cbmc:amd64", "minisat:amd64", "spin:amd64")
LIBRARIES = "usr/lib"
PROGRAMS = {"cbmc": "usr/bin/cbmc", "spin": "usr/bin/spin"}


def _build(temporary):
    root.of_first_suite(SUITES, lambda suite: _unpack_of(suite, temporary), "the model checkers")


def _unpack_of(suite, temporary):
    packages = mirror.Suite(suite, "checkers")
    packages.update()
    for deb in packages.fetch(PACKAGES):
        mirror.unpack(deb, temporary, os.path.basename(deb))


def command(name):
    """The command that runs a checker. Fetches it if the cache does not have it."""
    piece = cache.ensure("checkers", [SUITES, PACKAGES], _build, "fetching the model checkers")
    loader, option, libraries, _ = root.loader(root.ensure(), "")
    return [loader, option, f"{libraries}:{piece}/{LIBRARIES}", f"{piece}/{PROGRAMS[name]}"]

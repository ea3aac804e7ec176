# SPDX-License-Identifier: GPL-2.0-only
"""The s390x Debian root of --userland debian, as an ext4 image.

Packages are only unpacked: no maintainer script runs, so nothing here needs to execute
s390x code on the host. fix-userland does by hand what those scripts would have done.
A run never changes the image: QEMU keeps a run's writes to itself.
"""

import os

from . import cache, host, log, mirror, root

SUITE = "trixie"
SIZE = "6G"
PACKAGES = ("?essential", "?priority(required)", "mdevctl", "s390-tools", "qemu-system-s390x",
            "dkms", "kmod", "udev", "procps", "strace", "gcc", "make", "libc6-dev", "iproute2",
            "jq", "less", "libsysfs2", "libnl-3-200", "libnl-genl-3-200", "libkmod2", "libjansson4",
            "uuid-runtime", "bc", "xz-utils", "zstd", "libelf1t64", "socat")
FIX = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fix-userland")


def _build(temporary):
    cache.need_space(5)
    sources = cache.path("debian.list")
    cache.write(sources, mirror.source_line(SUITE, ("s390x",)))
    tar = temporary + ".tar"
    command = host.as_root(
        ["mmdebstrap", "--mode=root", "--arch=s390x", "--variant=extract", "--format=tar",
         '--aptopt=Acquire::Check-Valid-Until "false"', '--aptopt=Acquire::Check-Date "false"',
         '--aptopt=Acquire::Retries "2"', *("--include=" + name for name in PACKAGES),
         f'--customize-hook=sh "{FIX}" "$1"', SUITE, "-", sources], "make the Debian root")
    try:
        with open(tar, "wb") as out:
            log.run_logged(command, cache.path("log", "debian.log"), "making the Debian root",
                           stdout=out)
        log.run_logged([*root.loader(root.ensure(), "usr/sbin/mke2fs"), "-q", "-t", "ext4",
                        "-L", "debian", "-E", "lazy_itable_init=1,lazy_journal_init=1",
                        "-d", tar, temporary, SIZE],
                       cache.path("log", "mke2fs.log"), "making the Debian image")
    finally:
        cache.remove(tar)


def ensure():
    """The path of the image, made if it is not there."""
    root.ensure()
    return cache.ensure("debian.ext4", [SUITE, SIZE, PACKAGES, cache.file_digest(FIX)], _build,
                        f"making an s390x root (Debian {SUITE})")

# SPDX-License-Identifier: GPL-2.0-only
"""The s390x Debian root of --userland debian, as an ext4 image.

Packages are only unpacked. No maintainer script runs, so that the host does not have to
execute s390x code. fix-userland makes the changes of those scripts that the lab needs.
A run never changes the image: QEMU discards the writes at the end of the run.
"""

import os
import re

from . import cache, host, log, mirror, root

SIZE = "6G"
PACKAGES = ("?essential", "?priority(required)", "mdevctl", "s390-tools", "qemu-system-s390x",
            "dkms", "kmod", "udev", "procps", "strace", "gcc", "make", "libc6-dev", "iproute2",
            "jq", "less", "libsysfs2", "libnl-3-200", "libnl-genl-3-200", "libkmod2", "libjansson4",
            "uuid-runtime", "bc", "xz-utils", "zstd", "libelf1t64", "pahole", "socat",
            "libvirt-daemon", "libvirt-daemon-driver-nodedev", "libvirt-daemon-driver-qemu",
            "libvirt-clients", "driverctl", "openssl", "libica-utils", "openssl-ibmca",
            "stress-ng", "trinity")
FIX = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fix-userland")


def _build(temporary):
    cache.need_space(5)
    tar = temporary + ".tar"
    try:
        # programs linked in the lab root must run here, so use no older suite
        suites = root.SUITES[root.SUITES.index(root.suite()):]
        root.of_first_suite(suites, lambda suite: _tree(suite, tar), "the s390x root")
        _image(tar, temporary, SIZE, "debian")
    finally:
        cache.remove(tar)


def _tree(suite, tar):
    sources = cache.path("debian.list")
    cache.write(sources, mirror.source_line(suite, ("s390x",)))
    command = host.as_root(
        [*mirror.MMDEBSTRAP, "--mode=root", "--arch=s390x", "--variant=extract", "--format=tar",
         *("--include=" + name for name in PACKAGES),
         f'--extract-hook=sh "{FIX}" "$1"', suite, "-", sources], "make the Debian root")
    with open(tar, "wb") as out:
        log.run_logged(command, cache.path("log", "debian.log"),
                       f"making the s390x root of {suite}", stdout=out)


def _image(tree, image, size, label):
    log.run_logged([*root.loader(root.ensure(), "usr/sbin/mke2fs"), "-q", "-t", "ext4",
                    "-L", label, "-E", "lazy_itable_init=1,lazy_journal_init=1,root_owner=0:0",
                    "-d", tree, image, size], cache.path("log", "mke2fs.log"),
                   f"making the image {label}")


def headers(chosen):
    """Returns a list with one image: headers and s390x kbuild tools, for dkms in the guest.

    The list is empty for a kernel that the lab built: its kbuild tools run only on the host.
    """
    if chosen.info["source"] != "stock":
        return []

    def build(temporary):
        suite = mirror.Suite(chosen.info["suite"], "headers-" + chosen.name)
        suite.update()
        tree = temporary + "-tree"
        cache.remove(tree)
        series = chosen.version.rsplit("-", 1)[0]
        for deb in suite.fetch([f"linux-headers-{chosen.version}",
                                f"linux-headers-{series}-common:all", f"linux-kbuild-{series}"]):
            mirror.unpack(deb, tree, os.path.basename(deb))
        source = tree + "/usr/src"
        os.rename(f"{tree}/usr/lib/linux-kbuild-{series}", source + "/kbuild")
        _image(source, temporary, "512M", "headers")
        cache.remove(tree)

    return [cache.ensure(f"headers-{chosen.name}.ext4", [chosen.info, "layout 1"], build,
                         f"making an image of the headers of {chosen.version}")]


def inputs():
    """The inputs of the image, for its stamp in the cache."""
    return [root.suite(), SIZE, PACKAGES, cache.file_digest(FIX)]


def database():
    """Returns the path of a dpkg database that has the packages of the image as installed.

    The versions are those of today's index. The image itself has no database.
    """
    ensure()

    def build(temporary):
        suite = mirror.Suite(root.suite(), "database")
        suite.update()
        # what only an index has
        text = re.sub(r"^(Filename|Size|MD5sum|SHA\d+): .*\n", "", suite.described(PACKAGES),
                      flags=re.M)
        stanzas = text.strip().split("\n\n")
        cache.write(temporary, "\n\n".join("Status: install ok installed\n" + one
                                           for one in stanzas) + "\n")

    return cache.ensure("debian.status", [inputs(), cache.stamp_of(cache.path("debian.ext4")),
                                          "layout 2"], build,
                        "making a dpkg database for the s390x root")


def ensure():
    """Returns the path of the image. Builds the image if it does not exist."""
    root.ensure()
    return cache.ensure("debian.ext4", inputs(), _build,
                        "building an s390x root from Debian's packages")

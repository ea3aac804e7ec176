# SPDX-License-Identifier: GPL-2.0-only
"""The lab root: a Debian tree with the cross compiler, kbuild's tools and QEMU.

mmdebstrap creates it once, from the first suite for which the mirror has all packages.
Kernel modules are built inside it. The compiler and QEMU can also run from outside the
tree, through its dynamic loader. They then have access to the caller's files without a
chroot, a mount or root privileges.
"""

import os
import re
import shlex
import subprocess

from . import cache, host, log, mirror

SUITES = ("trixie", "forky")
CC = "s390x-linux-gnu-gcc-14"
QEMU_NEEDED = 10
PACKAGES = ("gcc-14-s390x-linux-gnu", "libc6-dev:s390x", "gcc", "libc6-dev", "make", "bc",
            "kmod", "cpio", "xz-utils", "zstd", "pahole", "busybox-static:s390x",
            "qemu-system-s390x", "libsysfs-dev:s390x",
            "libnl-3-dev:s390x", "libnl-genl-3-dev:s390x", "libkmod-dev:s390x",
            "libjansson-dev:s390x", "uuid-dev:s390x", "perl-base", "e2fsprogs",
            "libarchive13t64")
TOOLS = {**{name: f"usr/bin/s390x-linux-gnu-{name}"
            for name in ("as", "ld", "nm", "objcopy", "ar", "strip", "readelf")},
         **{name: f"usr/libexec/gcc-cross/s390x-linux-gnu/14/{name}"
            for name in ("cc1", "collect2", "lto-wrapper")}}
SHIM = """#!/bin/sh
r=${{0%/lab/tools/*}}
exec "$r/lib64/ld-linux-x86-64.so.2" --library-path "{libraries}" "$r/{program}" "$@"
"""
LIBRARIES = ("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")


def of_first_suite(suites, build, what):
    """Calls build(suite) for each suite in order until the mirror has all requested files.

    During an update, a mirror's index can list files that the mirror does not have yet.
    """
    for suite, other in zip(suites, suites[1:]):
        try:
            return build(suite)
        except log.MirrorLacks as error:
            log.say(f"{error}; building {what} from {other} instead")
    return build(suites[-1])


def _build(temporary):
    cache.need_space(3)
    of_first_suite(SUITES, lambda suite: _build_of(suite, temporary), "the lab root")
    _write_tool_shims(temporary)


def _build_of(suite, temporary):
    sources = cache.path("lab-root.list")
    cache.write(sources, mirror.source_line(suite, ("amd64", "s390x")))
    command = [*mirror.MMDEBSTRAP, "--variant=apt", "--architectures=amd64,s390x",
               "--include=" + ",".join(PACKAGES)]
    kept = cache.path("log", "lab-root.log")
    what = f"making the lab root of {suite}"
    cache.remove(temporary)
    if os.geteuid() == 0:
        log.run_logged([*command, "--mode=root", suite, temporary, sources], kept, what)
    else:
        # use a tar file, so that the caller owns every file and can remove it later
        tar = temporary + ".tar"
        try:
            line = host.as_root([*command, "--mode=root", suite, "-", sources], "make the lab root")
            log.run_logged(["sh", "-c", f"{shlex.join(line)} > {shlex.quote(tar)}"], kept, what)
            os.makedirs(temporary)
            log.run_logged(["tar", "-x", "-C", temporary, "--exclude=./dev/*", "-f", tar], kept,
                           what)
        finally:
            cache.remove(tar)
    os.makedirs(os.path.join(temporary, "lab"))
    cache.write(os.path.join(temporary, "lab/suite"), suite + "\n")


def _write_tool_shims(root):
    """Writes a script for each program that gcc calls; it uses the root's dynamic loader."""
    shims = os.path.join(root, "lab", "tools")
    os.makedirs(shims)
    libraries = ":".join("$r/" + library for library in LIBRARIES)
    for name, where in TOOLS.items():
        script = os.path.join(shims, name)
        with open(script, "w") as handle:
            handle.write(SHIM.format(libraries=libraries, program=where))
        os.chmod(script, 0o755)


def inputs():
    """The inputs of the lab root, for its stamp in the cache."""
    return [SUITES, PACKAGES, LIBRARIES, TOOLS, SHIM]


def ensure():
    """Returns the path of the lab root. Builds the root if it does not exist."""
    if not os.path.exists(cache.path("root.stamp")):
        host.install()
    return cache.ensure("root", inputs(), _build,
                        "making the lab root: compiler, QEMU")


def suite():
    """The Debian suite of the lab root.

    Programs linked in the lab root do not run with the libraries of an older suite.
    """
    with open(ensure() + "/lab/suite") as told:
        return told.read().strip()


def loader(root, program):
    """The command that runs a program of the root from outside the root."""
    return [root + "/lib64/ld-linux-x86-64.so.2", "--library-path",
            ":".join(f"{root}/{lib}" for lib in LIBRARIES), f"{root}/{program}"]


def run(command, directory="/", bind=None, **kwargs):
    """Runs a command inside the root. bind: {directory outside: existing one inside}."""
    return subprocess.run(host.chroot_command(ensure(), command, directory, bind or {}),
                          stdin=subprocess.DEVNULL, check=False, **kwargs)


def qemu():
    """The QEMU command: APMATRIX_QEMU if it is set and new enough, else the root's QEMU."""
    root = ensure()
    given = os.environ.get("APMATRIX_QEMU")
    if not given:
        return [*loader(root, "usr/bin/qemu-system-s390x"), "-L", root + "/usr/share/qemu"]
    try:
        told = subprocess.run([given, "--version"], stdout=subprocess.PIPE, text=True,
                              check=False).stdout
    except OSError as error:
        raise log.LabError(f"APMATRIX_QEMU={given}: {error.strerror}") from None
    version = re.search(r"version (\d+)\.(\d+)", told)
    if not version or int(version.group(1)) < QEMU_NEEDED:
        found = version.group(0) if version else "of unknown version"
        raise log.LabError(f"APMATRIX_QEMU={given} is {found}, but QEMU {QEMU_NEEDED} or newer is "
                           "needed: unset it to use the lab's own QEMU (Debian trixie or newer)")
    return [given]

# SPDX-License-Identifier: GPL-2.0-only
"""Runs a command in the lab's s390x Debian with QEMU's user-mode emulation.

There is no s390x kernel, so AP, KVM and sysfs are not available. Use this for programs that
only compute, such as compilers. They take a third of the time that they take in a guest.
"""

import os
import shutil
import subprocess
import tempfile

from . import cache, host, log, mirror, root, userland

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = "qemu-user"


def qemu():
    """Returns the path of QEMU's user-mode emulator for s390x, a static program."""
    def build(temporary):
        suite = mirror.Suite(root.suite(), PACKAGE)
        suite.update()
        deb, = suite.fetch([PACKAGE + ":amd64"])
        tree = temporary + "-tree"
        cache.remove(tree)
        mirror.unpack(deb, tree, PACKAGE)
        os.rename(tree + "/usr/bin/qemu-s390x", temporary)
        for name in (tree, deb, deb + ".stamp"):
            cache.remove(name)

    return cache.ensure("qemu-s390x", [root.suite(), PACKAGE], build, "fetching QEMU's user mode")


def run(kernels, copies, fetched, command, **kwargs):
    """Runs a command in a clean Debian with the headers of `kernels`; returns its status.

    copies: (host path, path in Debian) pairs, copied before the command runs.
    fetched: (path in Debian, host path) pairs, copied back after it if they exist.
    Status 77: this machine does not support it.
    """
    runs = cache.path("emulated")
    os.makedirs(runs, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=runs) as work:
        os.symlink(userland.ensure(), work + "/debian.ext4")
        shutil.copy(qemu(), work + "/qemu-s390x")
        os.makedirs(work + "/headers")
        os.makedirs(work + "/tree")
        for chosen in kernels:
            for image in userland.headers(chosen):
                os.symlink(image, f"{work}/headers/{chosen.version}")
        for source, target in copies:
            target = work + "/tree" + target
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.isdir(source):
                shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy2(source, target)
        inside = host.as_root(
            ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--net",
             "--kill-child", "sh", HERE + "/emulated.sh", work, *command],
            "run programs in the Debian root")
        try:
            status = subprocess.run(inside, stdin=subprocess.DEVNULL, check=False,
                                    **kwargs).returncode
            for source, target in fetched:
                source = work + "/changes" + source
                if os.path.isdir(source):
                    shutil.copytree(source, target, symlinks=True)
                elif os.path.exists(source):
                    shutil.copy2(source, target)
        finally:
            # overlayfs creates a directory that only root can read
            if os.geteuid() and os.path.exists(work + "/work"):
                subprocess.run(host.as_root(["rm", "-rf", work + "/work", work + "/changes"],
                                            "remove what ran"), check=False)
    if status < 0:
        raise log.LabError(f"{command[0]} in the Debian root was ended by signal {-status}")
    return status

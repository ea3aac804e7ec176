# SPDX-License-Identifier: GPL-2.0-only
"""The programs and modules for the guest: the simulator, the module, the tool, the VMM.

Each is built from this tree. It is built again only if something changed.
"""

import collections
import os
import subprocess

from . import cache, kbuild, log, root

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("BUILD") or os.path.join(TREE, "build"))

Program = collections.namedtuple("Program", "name source guest")
PROGRAMS = (Program("apvmm", "lab/vmm", "usr/bin/apvmm"),
            Program("apmatrix", "cli", "usr/bin/apmatrix"))


MODULES = ("lab/sim", "lab/faulty", "module")


def modules(name, source):
    """Builds the module tree `source` for kernel `name`; returns (host path, guest path) pairs."""
    out = os.path.join(BUILD, name, source)
    return [(os.path.join(out, module), "lab/" + os.path.basename(module))
            for module in kbuild.build(name, os.path.join(TREE, source), out)]


def _make(wanted, out):
    """Runs make; returns its status. Shows progress only if make prints something."""
    with subprocess.Popen(
            ["make", "-s", f"-j{os.cpu_count() or 1}", "-C", os.path.join(TREE, wanted.source),
             "CC=" + os.path.join(TREE, "lab/cc-s390x"), "BUILD=" + out, "OUT=" + out],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            env={**os.environ, "MAKEFLAGS": "", "MFLAGS": ""}) as make:
        if make.stdout.read(1):
            with log.progress(f"building {wanted.name} for s390x"):
                make.stdout.read()
    return make.returncode


def program(wanted):
    """Builds one user-space program for s390x with its Makefile; returns its path."""
    out = os.path.join(BUILD, "s390x", wanted.source)
    os.makedirs(out, exist_ok=True)
    root.ensure()
    with cache.lock("make-" + cache.digest(out)):
        made = _make(wanted, out)
    path = os.path.join(out, wanted.name)
    if made:
        raise log.LabError(f"{wanted.source} does not build for s390x (status {made})")
    if not os.path.exists(path):
        raise log.LabError(f"{wanted.source}: make did not create {wanted.name} in {out}")
    return path


def programs():
    return [(program(one), one.guest) for one in PROGRAMS]

# SPDX-License-Identifier: GPL-2.0-only
"""The guest's initramfs: a cached base for each kernel, and an overlay for each run.

Both are cpio archives. They are concatenated, and the kernel unpacks the base first.
"""

import os
import shlex
import shutil
import subprocess

from . import cache, cpio, elf, kernel, log, modfile, root

LAB = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Modules that the guest may load. Their dependencies are added automatically.
MODULES = ("zcrypt", "zcrypt_cex4", "zcrypt_cex2c", "zcrypt_cex2a", "pkey", "kvm", "vfio",
           "vfio_iommu_type1", "iommufd", "mdev", "vfio_ap", "virtio_blk", "ext4", "crc16",
           "crc32c_generic", "mbcache", "jbd2", "diag288_wdt", "s390_trng")

INDEXES = ("modules.builtin", "modules.builtin.modinfo", "modules.order")


def _all_modules(tree):
    found = {}
    for parent, _, names in os.walk(tree):
        for name in names:
            if modfile.is_module(name):
                path = os.path.join(parent, name)
                found[modfile.name_of(path)] = os.path.relpath(path, tree)
    return found


def _modules_with_dependencies(chosen, tree):
    """Unpacks MODULES and their dependencies into tree and runs depmod."""
    there = _all_modules(chosen.path + "/modules")
    target = os.path.join(tree, "lib/modules", chosen.version)
    os.makedirs(target)
    wanted, done = [name for name in MODULES if name in there], set()
    while wanted:
        name = wanted.pop()
        if name in done or name not in there:
            continue    # already done, built in, or optional
        done.add(name)
        plain = os.path.join(target, there[name][:there[name].index(".ko")] + ".ko")
        modfile.unpack(os.path.join(chosen.path, "modules", there[name]), plain)
        for field, split in (("depends", ","), ("softdep", None)):
            for value in modfile.modinfo(plain, field):
                wanted += [one.replace("-", "_") for one in value.split(split)
                           if one and not one.endswith(":")]
    for name in INDEXES:
        if os.path.exists(f"{chosen.path}/modules/{name}"):
            shutil.copy(f"{chosen.path}/modules/{name}", target)
    ret = subprocess.run([*root.loader(root.ensure(), "usr/bin/kmod")[:3],
                          "--argv0", "depmod", root.ensure() + "/usr/bin/kmod",
                          "-b", tree, chosen.version], check=False).returncode
    if ret:
        raise log.LabError(f"depmod for {chosen.version} ended with status {ret}")


class Libraries:
    """Adds programs and the shared libraries they need. Each library is added once."""

    WHERE = ("usr/lib/s390x-linux-gnu", "lib/s390x-linux-gnu")

    def __init__(self, archive):
        self.archive = archive
        self.there = set()

    def program(self, source, name, mode=0o755):
        with open(source, "rb") as handle:
            self.archive.data(name, handle.read(), mode)
        self.needed_by(source)

    def needed_by(self, source):
        told = elf.needs(source)
        if not told:
            return
        interpreter, libraries = told
        for library in libraries + ([os.path.basename(interpreter)] if interpreter else []):
            if library in self.there:
                continue
            self.there.add(library)
            for where in self.WHERE:
                path = os.path.realpath(os.path.join(root.ensure(), where, library))
                if os.path.exists(path):
                    break
            else:
                raise log.LabError(f"{source} needs {library}, but the lab root does not have it")
            name = interpreter if interpreter and library == os.path.basename(interpreter) \
                else "usr/lib/s390x-linux-gnu/" + library
            self.program(path, name)


def agent():
    """Compiles the agent, the lab program that runs in every guest; returns its path."""
    source = LAB + "/image/agent.c"

    def build(temporary):
        log.run_logged([LAB + "/cc-s390x", "-static", "-O2", "-Wall", "-o", temporary, source],
                       cache.path("log", "agent.log"), "compiling the lab's agent")

    return cache.ensure("agent", [cache.file_digest(source), cache.stamp_of(root.ensure())],
                        build, None)


def base(name):
    """Returns the path of the base cpio archive of a kernel."""
    chosen = kernel.ensure(name)

    def build(temporary):
        tree = temporary + "-tree"
        cache.remove(tree)
        os.makedirs(tree)
        _modules_with_dependencies(chosen, tree)
        with open(temporary, "wb") as out:
            archive = cpio.Archive(out)
            for directory in ("proc", "sys", "dev", "run", "tmp", "root", "bin", "sbin", "usr/bin",
                              "usr/sbin", "etc", "lab", "mnt"):
                archive.directory(directory)
            archive.device("dev/console", 5, 1)
            archive.device("dev/null", 1, 3, 0o666)
            archive.data("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n")
            archive.data("etc/group", b"root:x:0:\n")
            busybox = root.ensure() + "/usr/bin/busybox"
            archive.copy(os.path.realpath(busybox), "bin/busybox")
            archive.symlink("bin/sh", "busybox")
            archive.copy(agent(), "lab/agent")
            archive.copy(tree + "/lib", "lib")
            archive.end()
        os.chmod(temporary, 0o644)
        cache.remove(tree)

    return cache.ensure("base-" + name, [
        chosen.info, cache.stamp_of(agent()), cache.stamp_of(root.ensure()),
        cache.own_digest("image/initramfs.py", "image/cpio.py")], build,
        f"making the initial file system for {chosen.version}")


def overlay(out, environment, command, files=(), programs=(), texts=(), applets=()):
    """Writes the cpio archive of one run.

    files, programs: (host path, guest path) pairs. Directories are copied recursively, and the
    shared libraries that a program needs are added.
    texts: (content, guest path) pairs.
    applets: paths of the symlinks to busybox. The first boot has no list of them yet: it
    creates the links itself and reports the list.
    """
    archive = cpio.Archive(out)
    libraries = Libraries(archive)
    archive.copy(LAB + "/init", "init")
    for applet in applets:
        if applet not in ("bin/busybox", "bin/sh"):
            archive.symlink(applet, "/bin/busybox")
    lines = [f"{key}={shlex.quote(str(value))}\n" for key, value in environment.items()]
    archive.data("lab/env", "".join(lines).encode())
    archive.data("lab/command", ("#!/bin/sh\nexec " + shlex.join(command) + "\n").encode(), 0o755)
    for text, name in texts:
        archive.data(name, text.encode())
    # the files that init copies if the guest uses another root file system
    moved = [name.strip("/") for _, name in (*programs, *files)]
    archive.data("lab/files", "".join(name + "\n" for name in moved).encode())
    for source, name in programs:
        libraries.program(source, name)
    for source, name in files:
        source = os.path.realpath(source)
        archive.copy(source, name)
        for parent, _, names in os.walk(source) if os.path.isdir(source) else \
                [(os.path.dirname(source), [], [os.path.basename(source)])]:
            for one in names:
                path = os.path.join(parent, one)
                if os.access(path, os.X_OK) and os.path.isfile(path):
                    libraries.needed_by(path)
    archive.end()

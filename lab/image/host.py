# SPDX-License-Identifier: GPL-2.0-only
"""The machine the lab runs on: supported or not, missing packages, root access."""

import functools
import os
import platform
import shlex
import shutil
import subprocess

from . import cache, log

# Packages for the lab itself, the unit tests and the tool on the host.
PACKAGES = ("apt", "mmdebstrap", "debian-archive-keyring", "make", "gcc", "libc6-dev", "python3",
            "xz-utils", "zstd", "e2fsprogs", "pkg-config", "libcmocka-dev", "libsysfs-dev",
            "libnl-3-dev", "libnl-genl-3-dev", "libkmod-dev", "libjansson-dev", "uuid-dev",
            "python3-prometheus-client")


def check():
    """Fails on a machine that is not supported."""
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        raise log.LabError(f"this is {platform.system()} on {platform.machine()}: "
                           "the lab needs Linux on x86_64")
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        raise log.LabError("apt-get not found: the lab needs Debian 12 or newer")


def missing(packages=PACKAGES):
    told = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n",
                           *packages], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=False).stdout
    there = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    # pkgconf replaced pkg-config in Debian 12; either name is fine
    if shutil.which("pkg-config"):
        there.add("pkg-config")
    return [name for name in packages if name not in there]


def as_root(command, why):
    """The command with root rights. Fails with the reason if there is no sudo."""
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo"):
        return ["sudo", *command]
    raise log.LabError(f"root is needed to {why}, and sudo was not found: run this as root")


def install(packages=PACKAGES):
    """Installs missing packages. Fast if none is missing."""
    check()
    wanted = missing(packages)
    if not wanted:
        return
    names = " ".join(wanted)
    command = as_root(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q",
                       "--no-install-recommends", "install", *wanted], f"install {names}")
    update = as_root(["apt-get", "-q", "update"], "update the package index")
    kept = cache.path("log", "host-packages.log")
    with cache.lock("host-packages"), log.progress(f"installing {names}"):
        try:
            log.run_logged(command, kept, f"installing {names}")
        except log.LabError:
            # the package index may be missing or old: update it and try again
            log.run_logged(update, kept, "updating the package index")
            log.run_logged(command, kept, f"installing {names}")


@functools.lru_cache(maxsize=None)
def has_user_namespaces():
    return subprocess.run(["unshare", "-rm", "true"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def chroot_command(root, command, directory="/", bind=None):
    """The command line that runs a command inside the tree `root` as this user.

    bind: {directory outside: existing directory inside}, mounted for this command alone.
    """
    inner = ["chroot", root, "/bin/sh", "-c", 'cd "$0" && exec "$@"', directory, *command]
    mounts = [f"mount --rbind {shlex.quote(outside)} {shlex.quote(root + inside)} &&"
              for outside, inside in (bind or {}).items()]
    if os.geteuid() == 0 and not mounts:
        return inner
    if os.geteuid() == 0 or not has_user_namespaces():
        return as_root(["unshare", "-m", "sh", "-c", " ".join([*mounts, 'exec "$@"']), "sh", *inner]
                       if mounts else inner, "build in the lab's root")
    return ["unshare", "-rm", "sh", "-c",
            " ".join([*mounts, 'mount --rbind /dev "$0/dev" && exec "$@"']), root, *inner]

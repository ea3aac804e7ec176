# SPDX-License-Identifier: GPL-2.0-only
"""The tools that build and check packages (.deb and .rpm), from Debian's packages.

They are unpacked into the cache, not installed, and are used on top of the lab root, which has
the compiler for s390x, the libraries and the dpkg database: an overlay of the two, in a mount
namespace of the command's own. What the command changes in that tree is lost when it ends.
"""

import os
import subprocess

from . import cache, host, log, mirror, root

PACKAGES = ("debhelper", "dh-dkms", "dkms", "init-system-helpers", "lintian", "rpm", "rpmlint",
            "mawk", "fakeroot")
# the lab root's own are used: accounts, and the dpkg database that dpkg-shlibdeps reads
LEFT_OUT = ("./dev", "./var/lib/dpkg", "./etc/passwd", "./etc/group", "./proc", "./sys")
# Overlays the trees, and lets the command see the caller's own directories.
ENTER = """
set -e
work=$1 lower=$2
shift 2
mount -t tmpfs tmpfs "$work"
mkdir "$work/changes" "$work/work" "$work/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/changes,workdir=$work/work" "$work/root"
mkdir -p "$work/root/dev" "$work/root/proc"
mount --rbind /dev "$work/root/dev"
mount -t proc proc "$work/root/proc"
mount -t tmpfs tmpfs "$work/root/tmp"
while [ "$1" != -- ]; do
	mkdir -p "$work/root$2"
	mount --bind "$1" "$work/root$2"
	shift 2
done
shift
ln -sf mawk "$work/root/usr/bin/awk"
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 chroot "$work/root" "$@"
"""


def _build(temporary):
    cache.need_space(2)
    sources, tar = cache.path("packaging.list"), temporary + ".tar"
    cache.write(sources, mirror.source_line(root.suite(), ("amd64",)))
    command = host.as_root(
        [*mirror.MMDEBSTRAP, "--mode=root", "--arch=amd64", "--variant=extract", "--format=tar",
         "--include=" + ",".join(PACKAGES), root.suite(), "-", sources],
        "unpack the packaging tools")
    kept, what = cache.path("log", "packaging.log"), "fetching the packaging tools"
    try:
        with open(tar, "wb") as out:
            log.run_logged(command, kept, what, stdout=out)
        os.makedirs(temporary)
        log.run_logged(["tar", "-x", "-C", temporary, *("--exclude=" + name for name in LEFT_OUT),
                        "-f", tar], kept, what)
    finally:
        cache.remove(tar)


def ensure():
    """Returns the directory of the packaging tools. Fetches them if the cache lacks them."""
    return cache.ensure("packaging", [root.suite(), PACKAGES, LEFT_OUT], _build,
                        "fetching the packaging tools")


def run(work, binds, command, **kwargs):
    """Runs a command in the lab root with the packaging tools; returns the CompletedProcess.

    work: an empty directory. binds: (directory outside, directory inside) pairs.
    """
    lower = f"{ensure()}:{root.ensure()}"
    line = ["unshare", *(() if os.geteuid() == 0 else ("-r",)), "--mount", "--propagation",
            "private", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "enter", work, lower,
            *(name for pair in binds for name in pair), "--", *command]
    if os.geteuid() and not host.has_user_namespaces():
        line = host.as_root([word for word in line if word != "-r"], "build packages")
    return subprocess.run(line, stdin=subprocess.DEVNULL, check=False, **kwargs)

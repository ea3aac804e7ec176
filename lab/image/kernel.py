# SPDX-License-Identifier: GPL-2.0-only
"""The table of kernels; fetching the image, the modules and the headers of a kernel.

A kernel in the cache is a directory with info.json (version, suite, packages), vmlinuz
and modules/ (the tree of lib/modules/VERSION). Its headers and kbuild tools are unpacked
into the lab root, because they refer to each other by absolute paths. This file handles
Debian's kernel packages; selfbuilt/ handles the kernels that the lab builds from source, and
given.py those that are named by a path.
"""

import collections
import json
import os
import re
import shutil

from . import cache, given, log, mirror, root, selfbuilt

Row = collections.namedtuple("Row", "name source pattern suites")
Kernel = collections.namedtuple("Kernel", "name version path info")

CHECKERS = ("debug", "kcsan")     # variants of a kernel, by suffix
_given = {}     # {name: Kernel} of the kernels of this run that are named by a path
TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernels")


def table():
    with open(TABLE) as handle:
        lines = [line.split() for line in handle if line.strip() and line[0] != "#"]
    return {fields[0]: Row(fields[0], fields[1], fields[2], fields[3].split(","))
            for fields in lines}


def choices():
    """The kernel names that --kernel accepts. --debug and --kcsan select variants of them."""
    return [name for name in table() if name == plain(name)]


def plain(name):
    """The name of a kernel without the suffix of its checkers."""
    base, _, suffix = name.rpartition("-")
    return base if suffix in CHECKERS else name


def variant(name, checkers):
    """The name of the variant of the kernel `name` with these checkers."""
    if f"{name}-{checkers}" not in table():
        known = [other for other in choices() if f"{other}-{checkers}" in table()]
        raise log.LabError(f"no {checkers} kernel {name}: there are {', '.join(known)}",
                           log.EXIT_USAGE)
    return f"{name}-{checkers}"


def row(name):
    rows = table()
    if name not in rows:
        raise log.LabError(f"no kernel {name}: there are {', '.join(rows)}", log.EXIT_USAGE)
    return rows[name]


def _versions(names, pattern):
    """The kernel versions in a list of package names, newest first."""
    found = {match.group(1) for match in (re.fullmatch(pattern, name) for name in names) if match}
    return sorted(found, reverse=True,
                  key=lambda version: [int(number) for number in re.findall(r"\d+", version)])


def _fetch(wanted, suite_of=mirror.Suite):
    """Fetches the packages from the first suite with a verified index and all files.

    During an update, a mirror's index can list files that the mirror does not have yet. Then
    the previous version is used. Returns (suite, version, names of the image packages, paths
    of all package files).
    """
    said = []
    for name in wanted.suites:
        suite = suite_of(name, wanted.name)
        try:
            suite.update()
        except log.LabError as error:
            said.append(error)
            continue
        names = suite.packages("linux-")
        versions = _versions(names, wanted.pattern)
        if not versions:
            said.append(log.LabError(f"{name} has no kernel {wanted.name} for s390x"))
        for version in versions:
            image, headers = _packages(version, names)
            try:
                debs = suite.fetch(image + headers)
            except log.LabError as error:
                said.append(error)
                continue
            for error in said:
                log.say(f"{error}; using {version} of {name} instead")
            return suite, version, image, debs
    raise said[-1]


def _packages(version, names):
    """The package names of a kernel: (image and modules), (headers and kbuild)."""
    series = version.rsplit("-", 1)[0]
    if f"linux-binary-{version}" in names:
        image = [f"linux-binary-{version}", f"linux-modules-{version}", f"linux-base-{version}"]
    else:
        image = [f"linux-image-{version}"]
    return image, [f"linux-headers-{version}", f"linux-headers-{series}-common:all",
                   f"linux-kbuild-{series}:amd64"]


def _build(wanted, temporary):
    cache.need_space(1.5)
    suite, version, image, debs = _fetch(wanted)
    tree = temporary + "/tree"
    os.makedirs(tree)
    for deb in debs[:len(image)]:
        mirror.unpack(deb, tree, os.path.basename(deb))
    # packages may use /lib or, with merged /usr, /usr/lib: merge both into /usr/lib
    for name in os.listdir(tree + "/lib/modules") if os.path.isdir(tree + "/lib") else ():
        shutil.copytree(f"{tree}/lib/modules/{name}", f"{tree}/usr/lib/modules/{name}",
                        symlinks=True, dirs_exist_ok=True)
    modules = tree + "/usr/lib/modules/" + version
    vmlinuz = next(path for path in (modules + "/vmlinuz", f"{tree}/boot/vmlinuz-{version}")
                   if os.path.exists(path))
    shutil.move(vmlinuz, temporary + "/vmlinuz")
    shutil.move(modules, temporary + "/modules")
    cache.remove(tree)
    for deb in debs[:len(image)]:
        cache.remove(deb)
        cache.remove(deb + ".stamp")
    cache.write(temporary + "/info.json", json.dumps(
        {"name": wanted.name, "version": version, "suite": suite.name, "source": wanted.source,
         "image": image, "headers": [os.path.basename(deb) for deb in debs[len(image):]]},
        indent=1) + "\n")


def ensure_given(path, debug=False):
    """Returns the kernel of a directory or source tree. From then on, ensure() knows its name."""
    name, piece = given.ensure(path, debug)
    _given[name] = _read(name, piece)
    return _given[name]


def ensure(name):
    """Returns the kernel `name`. Fetches or builds it if the cache does not have it."""
    if name in _given:
        return _given[name]
    if name not in table() and given.is_path(name):
        return ensure_given(given.check(name))
    wanted = row(name)
    if wanted.source == selfbuilt.SOURCE:
        inputs, build, what = selfbuilt.inputs(wanted), selfbuilt.build, \
            f"building kernel {name} from its source (10 minutes of 2 CPUs)"
    else:
        inputs, build, what = [wanted, "layout 2"], _build, f"fetching kernel {name}"
    piece = cache.ensure("kernels/" + name, inputs,
                         lambda temporary: build(wanted, temporary), what)
    return _read(name, piece)


def _read(name, piece):
    with open(piece + "/info.json") as handle:
        info = json.load(handle)
    return Kernel(name, info["version"], piece, info)


def _same_release(version):
    """The kernel of the table in the cache that has this release, or None."""
    for name in table():
        if cache.stamp_of(cache.path("kernels", name)):
            known = _read(name, cache.path("kernels", name))
            if known.version == version:
                return known
    return None


def _unpack_all(debs, target):
    cache.remove(target)
    for deb in debs:
        mirror.unpack(deb, target, os.path.basename(deb))


def ensure_headers(kernel):
    """Unpacks a kernel's headers into the lab root; returns their path inside it.

    A directory without headers may be a kernel of the table in which something was replaced.
    """
    inside = root.ensure()
    headers = "/usr/src/linux-headers-" + kernel.version
    if kernel.info["source"] == given.SOURCE:
        headers = "/usr/src/linux-headers-" + kernel.name
        if not os.path.exists(kernel.path + "/headers"):
            known = _same_release(kernel.version)
            if not known:
                raise log.LabError(
                    f"--kernel {kernel.info['path']}: no headers (headers/, or build beside the "
                    f"modules): the simulator cannot be built for {kernel.version}")
            return ensure_headers(known)
    debs = [cache.path("debs", deb) for deb in kernel.info.get("headers", ())]

    def copy(temporary):
        selfbuilt.unpack_headers(kernel, inside + headers)
        cache.write(temporary, headers + "\n")

    def build(temporary):
        if not all(os.path.exists(deb) for deb in debs):
            _refetch(kernel)
        staging = temporary + "-tree"
        try:
            _unpack_all(debs, staging)
        except log.LabError:
            # a cached package is damaged: fetch all of them again
            _refetch(kernel)
            _unpack_all(debs, staging)
        for parent in ("usr/src", "usr/lib"):
            for entry in os.listdir(os.path.join(staging, parent)):
                if entry.startswith("linux-"):
                    target = os.path.join(inside, parent, entry)
                    cache.remove(target)
                    os.rename(os.path.join(staging, parent, entry), target)
        cache.remove(staging)
        cache.write(temporary, headers + "\n")

    # the piece is inside the root, so that a new root gets the headers again
    cache.ensure("root/lab/headers-" + kernel.name, kernel.info, build if debs else copy,
                 f"unpacking the headers of {kernel.version}")
    return headers


def _refetch(kernel):
    try:
        suite = mirror.Suite(kernel.info["suite"], kernel.name)
        suite.update()
        suite.fetch(_packages(kernel.version, set())[1])
    except log.LabError:
        # the mirror no longer has this version: make the next run fetch a new kernel and
        # its headers
        cache.remove(kernel.path + ".stamp")
        raise

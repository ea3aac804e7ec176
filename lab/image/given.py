# SPDX-License-Identifier: GPL-2.0-only
"""Kernels that are named by a path: a directory with an image and modules, or a source tree.

Their pieces in the cache have the layout of the other kernels (kernel.py). A directory is
linked, not copied. A source tree is configured and built in the lab root, in a directory that is
kept, so that the next build compiles only what changed.
"""

import json
import os
import re
import shutil

from . import cache, log, modfile, root, selfbuilt

SOURCE = "given"

IMAGES = re.compile(r"(vmlinuz|bzImage|[Ii]mage)(-.*)?")
PLACES = ("", "boot", "arch/s390/boot")

# Without these options the lab cannot boot or use a kernel. A tree may lack any other option of
# the lab's configuration.
NEEDED = ("MODULES", "KALLSYMS", "BLK_DEV_INITRD", "VIRTIO_CONSOLE", "SCLP_CONSOLE", "DEVTMPFS",
          "PROC_FS", "SYSFS", "TMPFS", "DEBUG_FS", "KVM", "VFIO", "ZCRYPT")

# What the build of a kernel leaves in its source tree; with it, make refuses a build elsewhere.
BUILT_IN_PLACE = (".config", "include/config", "arch/s390/include/generated")

NOT_SOURCES = (".git", "Documentation")


def is_path(text):
    return "/" in text or os.path.isdir(text)


def is_tree(path):
    return os.path.isfile(path + "/Kconfig") and os.path.isdir(path + "/arch/s390")


def name_of(path):
    """The kernel's name in the cache: the last part of the path, and a hash of all of it."""
    last = re.sub(r"[^\w.+-]", "-", os.path.basename(path))
    return f"{last}-{cache.digest(path)[:8]}"


def series(version):
    """The first two numbers of a release, as the names in the table of kernels."""
    return re.match(r"\d+\.\d+", version)[0]


def check(path):
    """The absolute path of a kernel, or LabError with what it lacks."""
    path = os.path.realpath(path)
    if not os.path.isdir(path):
        raise log.LabError(f"--kernel {path}: the directory does not exist", log.EXIT_USAGE)
    if not is_tree(path):
        image(path)
        modules(path)
    return path


def image(path):
    """The kernel image in a directory."""
    for place in PLACES:
        folder = os.path.join(path, place)
        found = sorted(name for name in (os.listdir(folder) if os.path.isdir(folder) else ())
                       if IMAGES.fullmatch(name) and os.path.isfile(os.path.join(folder, name)))
        if len(found) > 1:
            raise log.LabError(f"--kernel {path}: more than one image: {', '.join(found)}",
                               log.EXIT_USAGE)
        if found:
            return os.path.join(folder, found[0])
    raise log.LabError(f"--kernel {path}: no image (vmlinuz or bzImage) and no source tree with "
                       "arch/s390", log.EXIT_USAGE)


def modules(path):
    """(directory, release) of the modules: modules/, or what `make modules_install` makes."""
    for place in ("lib/modules", "usr/lib/modules"):
        above = os.path.join(path, place)
        found = sorted(os.listdir(above)) if os.path.isdir(above) else []
        if len(found) > 1:
            raise log.LabError(f"--kernel {path}: modules of more than one release: "
                               f"{', '.join(found)}", log.EXIT_USAGE)
        if found:
            return os.path.join(above, found[0]), found[0]
    folder = os.path.join(path, "modules")
    if not os.path.isdir(folder):
        raise log.LabError(f"--kernel {path}: no modules (modules/ or lib/modules/RELEASE)",
                           log.EXIT_USAGE)
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            if modfile.is_module(name):
                return folder, modfile.modinfo(os.path.join(parent, name), "vermagic")[0].split()[0]
    raise log.LabError(f"--kernel {path}: modules/ has no module", log.EXIT_USAGE)


def _headers(path, modules_path):
    """The directory to build modules against, or None: headers/, or the link of modules_install."""
    for folder in (path + "/headers", modules_path + "/build"):
        if os.path.exists(folder + "/Makefile"):
            return os.path.realpath(folder)
    return None


def fingerprint(directory, leave_out=()):
    """A hash of names, sizes and times of the files of a tree. Reads no file."""
    found = []
    for parent, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if name not in leave_out)
        for name in sorted(names):
            path = os.path.join(parent, name)
            status = os.lstat(path)
            found.append((path, status.st_size, status.st_mtime_ns))
    return cache.digest(found)


def ensure(path, debug=False):
    """Returns (name, path of the piece in the cache). Builds a source tree if it changed."""
    if is_tree(path):
        return _ensure_tree(path, debug)
    if debug:
        raise log.LabError(f"--debug: {path} is built already; a source tree can be built for it",
                           log.EXIT_USAGE)
    return _ensure_directory(path)


# --- a directory ---

def _ensure_directory(path):
    name = name_of(path)
    vmlinuz = image(path)
    modules_path, version = modules(path)
    headers = _headers(path, modules_path)
    parts = [vmlinuz, os.stat(vmlinuz).st_mtime_ns, os.stat(vmlinuz).st_size,
             fingerprint(modules_path, ("build", "source")), fingerprint(headers or "/nowhere")]

    def build(temporary):
        os.makedirs(temporary)
        links = {"vmlinuz": vmlinuz, "modules": modules_path, "headers": headers,
                 "System.map": path + "/System.map", "config": path + "/config",
                 "vmlinux": path + "/vmlinux"}
        for link, target in links.items():
            if target and os.path.exists(target):
                os.symlink(target, os.path.join(temporary, link))
        _write_info(temporary, name, version, path, parts)

    return name, cache.ensure("kernels/" + name, ["layout 1", version, parts], build, None)


def _write_info(temporary, name, version, path, parts, **more):
    cache.write(temporary + "/info.json", json.dumps(
        {"name": name, "version": version, "source": SOURCE, "path": path, "headers": [],
         "digest": cache.digest(parts), **more}, indent=1) + "\n")


# --- a source tree ---

class TreeBuild(selfbuilt.Build):
    """Builds a source tree, which stays as it is, in a directory of its own in the lab root."""

    def __init__(self, name, source):
        super().__init__(name)
        self.source = source
        self.inside = "/lab/tree-" + name
        self.tree = root.ensure() + self.inside + "/out"
        os.makedirs(self.tree, exist_ok=True)
        os.makedirs(self.inside_source(root.ensure()), exist_ok=True)

    def inside_source(self, above=""):
        return above + self.inside + "/source"

    def command(self, *arguments):
        return [*super().command(), "-C", self.inside_source(), f"O={self.inside}/out", "ARCH=s390",
                "CROSS_COMPILE=s390x-linux-gnu-", "LOCALVERSION=", *arguments]

    def run(self, command, **kwargs):
        return root.run(command, "/", bind={self.source: self.inside_source()}, **kwargs)

    def refuse(self, refused):
        """Raises LabError only if an option is refused that the lab needs."""
        needed = [one for one in refused if one.split("=")[0] in
                  ["CONFIG_" + name for name in NEEDED]]
        if needed:
            super().refuse(needed)
        log.detail(f"{self.source} does not have {' '.join(refused)}: left out")


def _ensure_tree(path, debug):
    name = name_of(path) + ("-debug" if debug else "")
    for left in BUILT_IN_PLACE:
        if os.path.exists(os.path.join(path, left)):
            raise log.LabError(f"--kernel {path}: it was built in place ({left}); run "
                               "`make mrproper` there, or use a git worktree", log.EXIT_USAGE)
    options = selfbuilt.read_options(
        selfbuilt.fragment(one) for one in ("common", "tree", *(["debug"] if debug else [])))
    parts = [fingerprint(path, NOT_SOURCES), options, root.CC]

    def build(temporary):
        selfbuilt.ensure_tools()
        cache.need_space(5)
        work = TreeBuild(name, path)
        work.configure(options)
        work.make("build", "KBUILD_BUILD_USER=lab", "KBUILD_BUILD_HOST=lab", "bzImage", "modules")
        cache.remove(work.path("install"))
        version = selfbuilt.collect(work, temporary)
        os.symlink(work.path("vmlinux"), temporary + "/vmlinux")
        _write_info(temporary, name, version, path, parts, built=work.inside)

    return name, cache.ensure("kernels/" + name, ["layout 1", parts], build,
                              f"building the kernel of {path}")

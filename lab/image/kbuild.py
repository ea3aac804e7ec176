# SPDX-License-Identifier: GPL-2.0-only
"""External kernel modules, built in the lab root against a kernel's own headers.

The source tree is mirrored into the root (only what changed is copied, so kbuild's own
dependency tracking works) and the modules are copied out. When nothing changed since
the last build, by content, nothing runs at all.
"""

import os
import re
import shutil
import subprocess
import sys

from . import cache, kernel, log, root

# Debian's headers may name a newer compiler than the root has, with flags it does not know.
CURES = ("", "CONFIG_STACKPROTECTOR= CONFIG_STACKPROTECTOR_STRONG=")

# What kbuild says at each external build that is no news.
NOISE = re.compile(r"warning: the compiler differs|The kernel was built (by|with):|"
                   r"You are using:|pahole version differs|Skipping BTF generation|"
                   r"^make(\[\d+\])?: |^ +(CC|LD|MODPOST|BTF|CLEAN|AS) ")
HEADER_WARNING = re.compile(r"(/usr/src|\./?(include|arch))[^:]*:[\d:]+ (warning|note): ")

SKIP = re.compile(r"(^|/)(\.git|build|out-[^/]*)(/|$)|\.(ko|o|mod|mod\.c|cmd|a)$|"
                  r"(^|/)(Module\.symvers|modules\.order)$")


class BuildError(log.LabError):
    """A tree that does not compile or link; output is what the tools said."""

    def __init__(self, text, lines):
        super().__init__(text)
        self.output = "\n".join(lines)


def sources(directory):
    """The files of a source tree that a build may depend on, relative to it."""
    found = []
    for parent, directories, files in os.walk(directory):
        directories[:] = [name for name in directories
                          if not SKIP.search(os.path.relpath(os.path.join(parent, name),
                                                             directory))]
        for name in files:
            relative = os.path.relpath(os.path.join(parent, name), directory)
            if not SKIP.search(relative):
                found.append(relative)
    # kbuild prefers a Kbuild file, and a Makefile beside it would be run for ever
    if "Kbuild" in found and "Makefile" in found:
        found.remove("Makefile")
    return sorted(found)


def _mirror(source, files, target):
    """Makes target hold exactly these sources, touching only those that differ."""
    for name in sources(target) if os.path.isdir(target) else ():
        if name not in files:
            os.unlink(os.path.join(target, name))
    for name in files:
        ours, theirs = os.path.join(source, name), os.path.join(target, name)
        os.makedirs(os.path.dirname(theirs), exist_ok=True)
        with open(ours, "rb") as handle:
            content = handle.read()
        try:
            with open(theirs, "rb") as handle:
                same = handle.read() == content
        except OSError:
            same = False
        if not same:
            with open(theirs, "wb") as handle:
                handle.write(content)
            shutil.copymode(ours, theirs)


def _news(told):
    """The lines of a build's output that are about the tree built, not the kernel's headers."""
    kept, trail, dropping = [], [], False
    for line in told.splitlines():
        if line.startswith(("In file included from", "                 from ")):
            trail.append(line)
            dropping = False
        elif HEADER_WARNING.match(line):
            trail, dropping = [], True
        elif dropping and re.match(r" *\d* \|", line):
            continue
        elif line.strip() and not NOISE.search(line):
            kept += [*trail, line]
            trail, dropping = [], False
    return kept


def _make(headers, inside, cure, *more):
    return root.run(["make", "-s", f"-j{os.cpu_count() or 1}", "-C", headers, "M=" + inside,
                     "DEB_BUILD_ARCH=amd64", "CC=" + root.CC, *cure.split(), *more, "modules"],
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _cure(chosen, headers):
    """The variables with which the root's compiler takes this kernel's flags, by trying."""
    def build(temporary):
        probe = f"/lab/build/probe-{chosen.name}"
        inside = root.ensure() + probe
        os.makedirs(inside, exist_ok=True)
        cache.write(inside + "/Kbuild", "obj-m := probe.o\n")
        cache.write(inside + "/probe.c", '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
        told = ""
        for cure in CURES:
            made = _make(headers, probe, cure)
            if made.returncode == 0 and os.path.exists(inside + "/probe.ko"):
                cache.write(temporary, cure + "\n")
                return
            told = made.stdout.decode(errors="replace")
        kept = cache.path("log", f"probe-{chosen.name}.log")
        cache.write(kept, told)
        raise log.LabError(f"{root.CC} cannot build a module for {chosen.version}", log=kept)

    with open(cache.ensure(f"root/lab/cure-{chosen.name}", [chosen.info, CURES], build,
                           f"trying the compiler on {chosen.version}")) as handle:
        return handle.read().strip()


def _copy_stripped(module, target):
    """Without debug information, as an installed module is: each boot unpacks and loads it."""
    log.run_logged([root.ensure() + "/lab/tools/strip", "--strip-debug", "-o", target, module],
                   cache.path("log", "strip.log"), f"stripping {os.path.basename(module)}")


def build(name, source, out, more=()):
    """Builds the module tree `source` for kernel `name`; *.ko appear below `out`.

    Returns the list of modules, relative to out. The compiler's warnings go to stderr.
    """
    source, out = os.path.realpath(source), os.path.abspath(out)
    files = sources(source)
    if not files:
        raise log.LabError(f"{source}: no module sources there")
    chosen = kernel.ensure(name)
    headers = kernel.ensure_headers(chosen)
    cure = _cure(chosen, headers)
    wanted = cache.digest(chosen.info, cure, more, "stripped", list(files),
                          cache.file_digest(*(os.path.join(source, file) for file in files)))
    stamp = os.path.join(out, ".built")
    # builds that differ in what make is told do not undo each other
    place = cache.digest(source, *more)
    with cache.lock("kbuild-" + cache.digest(place, name)):
        try:
            with open(stamp) as handle:
                first, *modules = handle.read().split()
            if first == wanted and all(os.path.exists(os.path.join(out, module))
                                       for module in modules):
                return modules
        except (OSError, ValueError):
            pass
        inside = f"/lab/build/{os.path.basename(source)}-{name}-{place[:8]}"
        tree = root.ensure() + inside
        _mirror(source, files, tree)
        with log.progress(f"building {os.path.basename(source)} for {chosen.version}"):
            made = _make(headers, inside, cure, *more)
        told = made.stdout.decode(errors="replace").replace(inside + "/", source + "/")
        if made.returncode:
            raise BuildError(f"{os.path.basename(source)} does not build for "
                             f"{chosen.version} (status {made.returncode})", _news(told))
        for line in _news(told):
            print(line, file=sys.stderr)
        modules = []
        for parent, _, names in os.walk(tree):
            modules += [os.path.relpath(os.path.join(parent, module), tree)
                        for module in names if module.endswith(".ko")]
        if not modules:
            raise log.LabError(f"{source}: the build made no module")
        for module in modules:
            target = os.path.join(out, module)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            _copy_stripped(os.path.join(tree, module), target + ".new")
            os.rename(target + ".new", target)
        cache.write(stamp, "\n".join([wanted, *sorted(modules)]) + "\n")
    return sorted(modules)

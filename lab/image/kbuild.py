# SPDX-License-Identifier: GPL-2.0-only
"""Builds external kernel modules in the lab root against the headers of a kernel.

The source tree is copied into the root and the modules are copied out. Only changed files
are copied, so that kbuild's dependency tracking works. If the contents of all source files
are the same as in the last build, make does not run.
"""

import os
import re
import shutil
import subprocess
import sys

from . import cache, kernel, log, root

# Debian's headers may be configured for a newer compiler than the root's, with flags that the
# root's compiler does not support. These variables turn such flags off.
CURES = ("", "CONFIG_STACKPROTECTOR= CONFIG_STACKPROTECTOR_STRONG=")

# Messages that kbuild prints for every external build; they are not shown.
NOISE = re.compile(r"warning: the compiler differs|The kernel was built (by|with):|"
                   r"You are using:|pahole version differs|Skipping BTF generation|"
                   r"^make(\[\d+\])?: |^ +(CC|LD|MODPOST|BTF|CLEAN|AS) ")
HEADER_WARNING = re.compile(r"(/usr/src|\./?(include|arch))[^:]*:[\d:]+ (warning|note): ")

SKIP = re.compile(r"(^|/)(\.git|build|out-[^/]*)(/|$)|\.(ko|o|mod|mod\.c|cmd|a)$|"
                  r"(^|/)(Module\.symvers|modules\.order)$")


class BuildError(log.LabError):
    """A build that failed. `output` contains the messages of make and the compiler."""

    def __init__(self, text, lines):
        super().__init__(text)
        self.output = "\n".join(lines)


def sources(directory):
    """The files of a source tree that a build may depend on, as relative paths."""
    found = []
    for parent, directories, files in os.walk(directory):
        directories[:] = [name for name in directories
                          if not SKIP.search(os.path.relpath(os.path.join(parent, name),
                                                             directory))]
        for name in files:
            relative = os.path.relpath(os.path.join(parent, name), directory)
            if not SKIP.search(relative):
                found.append(relative)
    # kbuild prefers Kbuild; a Makefile in the same directory would make it recurse endlessly
    if "Kbuild" in found and "Makefile" in found:
        found.remove("Makefile")
    return sorted(found)


def _mirror(source, files, target, kernel_now=""):
    """Copies the changed files to target and removes those that `source` no longer has.

    What make generated there, such as the facts about the kernel, stays as long as the kernel is
    the same: else each build would be a whole one.
    """
    copied = os.path.join(target, ".copied")
    try:
        with open(copied) as handle:
            kernel_then, *before = handle.read().split("\n")
    except OSError:
        kernel_then, before = None, []
    if kernel_then != kernel_now:
        before = sources(target)
    for name in before:
        if name and name not in files and os.path.exists(os.path.join(target, name)):
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
    cache.write(copied, "\n".join([kernel_now, *files]))


def _news(told):
    """The messages about the module's own sources, without those about kernel headers."""
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
                     "ARCH=s390", "CROSS_COMPILE=s390x-linux-gnu-", "DEB_BUILD_ARCH=amd64",
                     "CC=" + root.CC, *cure.split(), *more, "modules"],
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def compiler_variables(chosen, headers):
    """Finds the make variables that this kernel needs by building a test module."""
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
    """Copies a module without debug information, because each boot unpacks and loads it."""
    log.run_logged([root.ensure() + "/lab/tools/strip", "--strip-debug", "-o", target, module],
                   cache.path("log", "strip.log"), f"stripping {os.path.basename(module)}")


def tree(name, source, more=()):
    """Where a module tree is built, a path in the lab root. Modules there are not stripped.

    Builds with different make variables use different directories.
    """
    place = cache.digest(os.path.realpath(source), *more)
    return f"/lab/build/{os.path.basename(source)}-{name}-{place[:8]}"


def build(name, source, out, more=()):
    """Builds the module tree `source` for kernel `name` and copies the *.ko files to `out`.

    Returns the module paths relative to `out`. Prints compiler warnings to stderr.
    """
    source, out = os.path.realpath(source), os.path.abspath(out)
    files = sources(source)
    if not files:
        raise log.LabError(f"{source}: no module sources in this directory")
    chosen = kernel.ensure(name)
    headers = kernel.ensure_headers(chosen)
    cure = compiler_variables(chosen, headers)
    wanted = cache.digest(chosen.info, cure, more, "stripped", list(files),
                          cache.file_digest(*(os.path.join(source, file) for file in files)))
    stamp = os.path.join(out, ".built")
    inside = tree(name, source, more)
    with cache.lock("kbuild-" + cache.digest(inside)):
        try:
            with open(stamp) as handle:
                first, *modules = handle.read().split()
            if first == wanted and all(os.path.exists(os.path.join(out, module))
                                       for module in modules):
                return modules
        except (OSError, ValueError):
            pass
        built = root.ensure() + inside
        _mirror(source, files, built, cache.digest(chosen.info, cure, more))
        with log.progress(f"building {os.path.basename(source)} for {chosen.version}"):
            made = _make(headers, inside, cure, *more)
        told = made.stdout.decode(errors="replace").replace(inside + "/", source + "/")
        if made.returncode:
            raise BuildError(f"{os.path.basename(source)} does not build for "
                             f"{chosen.version} (status {made.returncode})", _news(told))
        for line in _news(told):
            print(line, file=sys.stderr)
        modules = []
        for parent, _, names in os.walk(built):
            modules += [os.path.relpath(os.path.join(parent, module), built)
                        for module in names if module.endswith(".ko")]
        if not modules:
            raise log.LabError(f"{source}: the build did not create a module")
        for module in modules:
            target = os.path.join(out, module)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            _copy_stripped(os.path.join(built, module), target + ".new")
            os.rename(target + ".new", target)
        cache.write(stamp, "\n".join([wanted, *sorted(modules)]) + "\n")
    return sorted(modules)

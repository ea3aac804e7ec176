# SPDX-License-Identifier: GPL-2.0-only
"""Coverage of the module in the lab: an instrumented build, and the counters of each boot.

With APMATRIX_COVERAGE=DIR, lab/run loads lab/coverage and modules that were built with GCC's
counters, and leaves the counters of the boot in a file in DIR. They work on kernels without
CONFIG_GCOV_KERNEL.
"""

import os
import shutil
import struct
import subprocess
import tempfile

from . import kbuild, log, payload, root

HEADER = 16             # bytes of a .gcda file before its first record
TAG_ARCS = 0x01a10000   # counters of arcs, each of two words, the lower one first
FLAGS = ("-fprofile-arcs -ftest-coverage -fprofile-update=atomic "
         "-fprofile-info-section=lab_coverage")


def directory():
    """Where the counters go, or None."""
    return os.environ.get("APMATRIX_COVERAGE")


def instrumented(source, place, names):
    """A copy of a module tree, at `place`, with what counts in the modules `names`.

    A name with a directory, such as mdev/mdev, is a module of the Kbuild file there.
    """
    files = kbuild.sources(source)
    wanted = {name: read(os.path.join(source, name)) for name in files}
    for directory_of_module in sorted({os.path.dirname(name) for name in names}):
        inside = [os.path.basename(name) for name in names
                  if os.path.dirname(name) == directory_of_module]
        wanted[os.path.join(directory_of_module, "Kbuild")] += "".join([
            f"\nccflags-y += {FLAGS}\n",
            *(f"{name}-y := coverage-first.o $({name}-y) coverage-last.o\n" for name in inside),
            "CFLAGS_coverage-first.o := -fno-profile-arcs -fno-test-coverage\n"
            "CFLAGS_coverage-last.o := -fno-profile-arcs -fno-test-coverage\n"
            "$(obj)/coverage-first.o $(obj)/coverage-last.o: $(if $(vap-probes),$(obj)/vap_facts.h)\n"
        ]).encode()
        for end in ("first", "last"):
            wanted[os.path.join(directory_of_module, f"coverage-{end}.c")] = \
                read(os.path.join(payload.TREE, "lab/coverage/instrumented", end + ".c"))
    for name in kbuild.sources(place) if os.path.isdir(place) else ():
        if name not in wanted:
            os.unlink(os.path.join(place, name))
    for name, text in wanted.items():
        target = os.path.join(place, name)
        if not os.path.exists(target) or read(target) != text:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as handle:
                handle.write(text)
    return place


def _source():
    """A copy of module/ with what instruments it."""
    return instrumented(os.path.join(payload.TREE, "module"),
                        os.path.join(payload.BUILD, "coverage-module", "module"),
                        ("vfio_ap", "mdev/mdev"))


def read(path):
    with open(path, "rb") as handle:
        return handle.read()


def modules(name):
    """(host path, guest path) pairs: vfio_ap and mdev with counters, and what keeps these."""
    out = os.path.join(payload.BUILD, name, "coverage-module")
    return payload.modules(name, "lab/coverage") + [
        (os.path.join(out, module), "lab/" + os.path.basename(module))
        for module in kbuild.build(name, _source(), out)]


def objects(name):
    """Where the build for kernel `name` has its .gcno files."""
    return root.ensure() + kbuild.tree(name, _source())


def keep(told):
    """Writes the counters of one boot to a file of its own."""
    os.makedirs(directory(), exist_ok=True)
    handle, path = tempfile.mkstemp(prefix="boot-", dir=directory())
    with os.fdopen(handle, "wb") as out:
        out.write(told)
    return path


def records(told):
    """(name of a .gcda file, its contents) of what lab/coverage/store.c gives."""
    at = 0
    while at < len(told):
        name, data = struct.unpack_from(">II", told, at)
        at += 8
        if at + name + data > len(told):
            raise ValueError("a record is cut off")
        yield told[at:at + name].decode(), told[at + name:at + name + data]
        at += name + data


def forget():
    """Removes the counters of earlier boots."""
    shutil.rmtree(directory(), ignore_errors=True)


def counters(data):
    """A .gcda file as a list: words of the header and of functions, and lists of counters."""
    found, at = [data[:HEADER]], HEADER
    while at + 8 <= len(data):
        tag, length = struct.unpack_from(">Ii", data, at)
        if tag != TAG_ARCS:
            found.append(data[at:at + 8 + length])
            at += 8 + length
            continue
        # a negative length: that many bytes of counters, all 0 and left out
        at += 8
        number = abs(length) // 8
        if length < 0:
            found.append([0] * number)
            continue
        words = struct.unpack_from(f">{2 * number}I", data, at)
        found.append([low | high << 32 for low, high in zip(words[::2], words[1::2])])
        at += length
    return found


def add(sum_of, more):
    """Adds the counters of another boot; the object file has to be the same."""
    if [one for one in sum_of if isinstance(one, bytes)] != \
            [one for one in more if isinstance(one, bytes)]:
        raise ValueError("counters of another build")
    return [[a + b for a, b in zip(one, other)] if isinstance(one, list) else one
            for one, other in zip(sum_of, more)]


def contents(sum_of):
    """The .gcda file of what counters() or add() returned."""
    parts = []
    for one in sum_of:
        if isinstance(one, list):
            parts.append(struct.pack(">Ii", TAG_ARCS, 8 * len(one)))
            parts += [struct.pack(">II", count & 0xffffffff, count >> 32) for count in one]
        else:
            parts.append(one)
    return b"".join(parts)


def merge(paths):
    """{name of a .gcda file in the lab root: contents}: the sum of the boots in these files."""
    sums = {}
    for path in paths:
        for name, data in records(read(path)):
            more = counters(data)
            sums[name] = add(sums[name], more) if name in sums else more
    return {name: contents(one) for name, one in sums.items()}


def gcov(names):
    """What gcov says of .gcda files in the lab root, one JSON text for each."""
    done = root.run([root.CC.replace("gcc", "gcov"), "--json-format", "--branch-probabilities",
                     "--stdout", *names], "/", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise log.LabError(f"gcov failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode().splitlines()

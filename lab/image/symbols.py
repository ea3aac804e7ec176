# SPDX-License-Identifier: GPL-2.0-only
"""Kernel addresses that the lab needs, read from the kernel itself in a first boot.

With nokaslr they are the same at each boot. Debian's System.map files are stubs.
"""

import json
import os
import tempfile

from . import cache, initramfs, log, machine

WANTED = ("free_initmem",)


def _read(chosen):
    command = ["grep", "-E", " (" + "|".join(WANTED) + ")$", "/proc/kallsyms"]
    read_end, write_end = os.pipe()
    with tempfile.NamedTemporaryFile(prefix="apmatrix-") as initrd:
        with open(initramfs.base(chosen.name), "rb") as base:
            initrd.write(base.read())
        initramfs.overlay(initrd, {"LAB_BARE": 1}, command)
        initrd.flush()
        result = machine.Machine(chosen, initrd.name, timeout=120).run(write_end, write_end)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        lines = told.read()
    if result.status != 0:
        log.say(machine.last_lines(result.console))
        raise log.LabError(f"the first boot of {chosen.version} failed "
                           f"(status {result.status})", log.EXIT_GUEST)
    return {fields[2]: int(fields[0], 16) for fields in map(str.split, lines.splitlines())}


def addresses(chosen):
    """{symbol: virtual address} of a kernel, from the cache or from a first boot."""
    def build(temporary):
        found = _read(chosen)
        absent = [name for name in WANTED if not found.get(name)]
        if absent:
            raise log.LabError(f"{chosen.version} has no symbol {' '.join(absent)}")
        cache.write(temporary, json.dumps(found) + "\n")

    with open(cache.ensure("symbols-" + chosen.name, [chosen.info, WANTED], build,
                           f"a first boot of {chosen.version}, to read its symbols")) as handle:
        return json.load(handle)

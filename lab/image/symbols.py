# SPDX-License-Identifier: GPL-2.0-only
"""Facts that are read from a running guest: kernel addresses and busybox's applets.

A first boot reads them, and the cache keeps them. With nokaslr the addresses are the same
at each boot. Debian's System.map files do not contain them.
"""

import json
import os
import tempfile

from . import cache, initramfs, log, machine

WANTED = ("free_initmem",)
PATIENCE = 900      # seconds; enough for a kernel with KASAN on a busy machine
COMMAND = ["sh", "-c", f"grep -E ' ({'|'.join(WANTED)})$' /proc/kallsyms && "
           "echo applets && busybox --list-full"]


def _first_boot(chosen):
    with tempfile.NamedTemporaryFile(prefix="apmatrix-initrd-") as initrd, \
            tempfile.TemporaryFile() as told:
        with open(initramfs.base(chosen.name), "rb") as base:
            initrd.write(base.read())
        initramfs.overlay(initrd, {"LAB_BARE": 1}, COMMAND)
        initrd.flush()
        first = machine.Machine(chosen, initrd.name, cpus=1, timeout=PATIENCE)
        result = first.run(told.fileno(), told.fileno())
        told.seek(0)
        text = told.read().decode(errors="replace")
    if result.status != 0:
        log.say(machine.last_lines(result.console))
        why = "the guest ended before its command did" if result.status is None else \
            f"status {result.status}"
        raise log.LabError(f"the first boot of {chosen.version} failed ({why})", log.EXIT_GUEST)
    symbols, applets = text.split("applets\n")
    found = {fields[2]: int(fields[0], 16) for fields in map(str.split, symbols.splitlines())}
    absent = [name for name in WANTED if not found.get(name)]
    if absent:
        raise log.LabError(f"{chosen.version} has no symbol {' '.join(absent)}")
    return {"symbols": found, "applets": applets.split()}


def facts(chosen):
    """Returns {"symbols": {name: virtual address}, "applets": [path]} for a kernel."""
    def build(temporary):
        cache.write(temporary, json.dumps(_first_boot(chosen)) + "\n")

    with open(cache.ensure("symbols-" + chosen.name, [chosen.info, COMMAND], build,
                           f"a first boot of {chosen.version}, to read its symbols")) as handle:
        return json.load(handle)

# SPDX-License-Identifier: GPL-2.0-only
"""Many mutants of the module in one boot of the lab, which costs more than most scenarios.

The guest loads one faulty module after the other, see in-guest. Only what fails here counts as
noticed; a mutant that nothing noticed here is tried again in a boot of its own.
"""

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.realpath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, TREE + "/lab")

from image import log, report  # noqa: E402

MOST = 12       # mutants in one boot
LIMIT = 120         # seconds for a scenario: a mutant often makes one hang
SILENCE = 5     # a guest that says nothing for so many times the limit of a scenario hangs
CONTROL = "control"


def load_tests_run():
    """tests/run, as a module."""
    loader = importlib.machinery.SourceFileLoader("tests_run", TREE + "/tests/run")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tests_run", loader))
    loader.exec_module(module)
    return module


class Group:
    """Mutants of one variant of the tree whose scenarios share a boot of a kernel."""

    def __init__(self, kernel, variant, options, limit, entries):
        self.kernel, self.variant, self.options = kernel, variant, options
        self.limit, self.entries = limit, entries


def groups(mutants):
    """Groups of at least two mutants whose first tests are scenarios; others are left out."""
    tests_run = load_tests_run()
    known = {one.name: (one.options, max(one.limit or 0, LIMIT))
             for one in tests_run.find_scenarios(TREE + "/tests/scenarios", [])[0]}
    found = {}
    for mutant in mutants:
        kind, _, what = mutant.tests[0].partition(":") if mutant.tests else ("", "", "")
        if kind != "scenario" or mutant.equivalent or not mutant.file.startswith("module/"):
            continue
        names = [name for name in what.split(",") if name in known]
        if names:
            options, limit = known[names[0]]
            same = [name for name in names if known[name] == (options, limit)]
            found.setdefault((mutant.kernel, mutant.on, options, limit), []).append((mutant, same))
    return [Group(*key, entries[first:first + MOST])
            for key, entries in found.items() if len(entries) > 1
            for first in range(0, len(entries), MOST)]


class Guest:
    """What in-guest reports: who noticed which mutant, and which of them had their turn."""

    def __init__(self):
        self.killed, self.done, self.current = {}, [], None
        self.log, self.control_failed, self.again = [], False, False

    def line(self, text):
        word, _, rest = text.partition(" ")
        if word == "module":
            self.current, self.log = rest, []
        elif word == "done":
            self.done.append(rest)
            self.current = None
        elif word == "again":
            self.again = True
        elif word == "log":
            self.log.append(rest)
        elif word == "result":
            name, verdict = rest.split(" ")[:2]
            if verdict == "fail" or report.find("\n".join(self.log)):
                self.failed(name)
            self.log = []

    def failed(self, scenario):
        if self.current == CONTROL:
            self.control_failed = True
        else:
            self.killed.setdefault(self.current, f"scenario: {scenario}")


def watchdog(running, limit):
    """Ends a boot whose guest hangs. What hung has a boot of its own, then."""
    timer = threading.Timer(SILENCE * limit, running.terminate)
    timer.daemon = True
    timer.start()
    return timer


def boot(group, entries, directory, told):
    """One boot. Returns (who noticed a mutant, by its name; the entries that had no turn)."""
    with open(directory + "/plan", "w") as plan:
        for mutant, scenarios in entries:
            plan.write(f"{mutant.name} {' '.join(scenarios)}\n")
    scenarios = sum(len(names) for _, names in entries) + 1
    command = [TREE + "/lab/run", "--kernel", group.kernel, *group.options,
               "--timeout", str(120 + (group.limit + 40) * scenarios),
               "--copy", TREE + "/tests:/lab/tests", "--copy", directory + ":/lab/mutants",
               "--", "/lab/tests/mutants/in-guest", "/lab/mutants", str(group.limit)]
    guest = Guest()
    told.write(f"$ {' '.join(command)}\n")
    told.flush()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True,
                          stdin=subprocess.DEVNULL, errors="replace") as running:
        watch = watchdog(running, group.limit)
        for text in running.stdout:
            watch.cancel()
            told.write(text)
            told.flush()
            guest.line(text.rstrip("\n"))
            watch = watchdog(running, group.limit)
        watch.cancel()
    crashed = running.returncode in (log.EXIT_KERNEL, log.EXIT_GUEST) and not guest.again
    if crashed and guest.current:
        guest.failed("the guest crashed")
    seen = {*guest.done, guest.current}
    left = [entry for entry in entries if entry[0].name not in seen]
    return {} if guest.control_failed else guest.killed, left


def run(group, copy, directory, told):
    """Who noticed which mutant of the group, by its name. The rest is not decided."""
    shutil.rmtree(directory, ignore_errors=True)
    variant = [group.variant] if group.variant else []
    built = [entry for entry in group.entries
             if build(group.kernel, copy, [entry[0], *variant], f"{directory}/{entry[0].name}", told)]
    killed = {}
    if not build(group.kernel, copy, variant, f"{directory}/{CONTROL}", told):
        return killed
    while built:
        noticed, left = boot(group, built, directory, told)
        killed.update(noticed)
        if len(left) == len(built):
            break
        built = left
    return killed


def build(kernel, copy, changes, directory, told):
    """Builds the modules with these changes, to be taken into the guest; False if that fails."""
    out = f"{copy.path}/build/{kernel}/module"
    with copy.changed_by(*changes):
        if copy.run(["lab/kbuild", kernel, "module", out], told):
            return False
    os.makedirs(directory)
    for name, path in (("vfio_ap.ko", "/vfio_ap.ko"), ("mdev.ko", "/mdev/mdev.ko")):
        if os.path.exists(out + path):
            shutil.copy(out + path, f"{directory}/{name}")
    return True

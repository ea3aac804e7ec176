# SPDX-License-Identifier: GPL-2.0-only
"""lab/run --gdb: lets a debugger attach to the guest, with symbols.

The guest stops twice: before its first process, and when all modules are loaded, before
COMMAND. At the first stop the lab itself has finished with QEMU's debugger port, and gives it
to the user as a socket. At the second one it knows the addresses of the modules.
"""

import glob
import json
import os

from . import given, kbuild, log, modfile, payload, root

PROGRAM = "gdb-multiarch"

# Reads the addresses of the modules at the stop after they are loaded.
SCRIPT = """set pagination off
set remotetimeout 100
set architecture s390:64-bit
set endian big
{settings}
python
import os
def lab_stopped(event):
    if os.path.exists("{modules}"):
        gdb.events.stop.disconnect(lab_stopped)
        gdb.execute("source {modules}")
gdb.events.stop.connect(lab_stopped)
end
target remote {socket}
"""


class Qmp:
    """QEMU's control connection."""

    def __init__(self, connected):
        self.file = connected.makefile("rw", encoding="utf-8", newline="\n")
        self.file.readline()    # the greeting
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        """The answer to a command. Events that come before it are left out."""
        self.file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            line = self.file.readline()
            if not line:
                raise log.LabError("QEMU ended while the debugger was set up")
            answer = json.loads(line)
            if "error" in answer:
                raise log.LabError(f"QEMU refused {command}: {answer['error'].get('desc')}")
            if "return" in answer:
                return answer["return"]


class Debugger:
    """What a run with --gdb needs: `places` are directories with modules that have symbols."""

    def __init__(self, chosen, places):
        self.chosen, self.places = chosen, places
        self.directory = self.qmp = None

    def path(self, name):
        return os.path.join(self.directory, name)

    def serve(self, connected):
        """Gives QEMU's debugger port to the user. The guest is stopped, and stays so."""
        self.qmp = Qmp(connected)
        vmlinux = os.path.realpath(self.chosen.path + "/vmlinux")
        settings = []
        if os.path.exists(vmlinux):
            settings.append("file " + vmlinux)
        for source in payload.MODULES:
            source = os.path.join(payload.TREE, source)
            settings.append(f"set substitute-path {kbuild.tree(self.chosen.name, source)} {source}")
        if self.chosen.info.get("built"):
            settings.append(f"set substitute-path {self.chosen.info['built']}/source "
                            f"{self.chosen.info['path']}")
        with open(self.path("lab.gdb"), "w") as script:
            script.write(SCRIPT.format(settings="\n".join(settings), socket=self.path("gdb"),
                                       modules=self.path("modules.gdb")))
        port = f"unix:{self.path('gdb')},server=on,wait=off"
        said = self.qmp.ask("human-monitor-command", **{"command-line": "gdbserver " + port})
        if not os.path.exists(self.path("gdb")):
            raise log.LabError(f"QEMU opened no debugger port: {said.strip()}")
        log.say("the guest waits, before its first process, for: "
                f"{PROGRAM} -x {self.path('lab.gdb')}")
        log.say("symbols: " + (vmlinux if os.path.exists(vmlinux) else
                               f"no vmlinux with symbols for {self.chosen.version}"))

    def modules_are_loaded(self, text):
        """text: "NAME SECTION=ADDRESS ...;..." of the guest. Stops it, before it goes on."""
        lines = []
        for part in filter(None, text.split(";")):
            name, *sections = part.split()
            address = dict(one.split("=", 1) for one in sections)
            file = self._file(name)
            if file and ".text" in address:
                others = " ".join(f"-s {section} {where}" for section, where in address.items()
                                  if section != ".text")
                lines.append(f"add-symbol-file {file} {address['.text']} {others}".rstrip())
        with open(self.path("modules.new"), "w") as script:
            script.write("set confirm off\n" + "\n".join(lines) + "\n")
        os.rename(self.path("modules.new"), self.path("modules.gdb"))
        self.qmp.ask("stop")
        log.say("the modules are loaded; the guest waits, before the command, for `continue`; "
                f"symbols of modules: {self.path('modules.gdb')}")

    def _file(self, name):
        for place in self.places:
            for file in sorted(glob.glob(glob.escape(place) + "/**/*.ko*", recursive=True)):
                if not modfile.is_module(file) or modfile.name_of(file) != name:
                    continue
                if file.endswith(".ko"):
                    return os.path.realpath(file)
                modfile.unpack(file, self.path(f"{name}.ko"))
                return self.path(f"{name}.ko")
        return None


def places(chosen, modules):
    """Where modules with symbols are: not stripped, as loaded by the lab, the kernel's own."""
    found = [root.ensure() + kbuild.tree(chosen.name, os.path.join(payload.TREE, source))
             for source in payload.MODULES]
    own = os.path.realpath(chosen.path + "/modules")
    found += [folder for folder in (os.path.dirname(os.path.realpath(path)) for path, _ in modules)
              if not folder.startswith(own)]
    if chosen.info["source"] == given.SOURCE and chosen.info.get("built"):
        # the kernel's own are stripped where they are installed
        found.append(root.ensure() + chosen.info["built"] + "/out")
    return [*dict.fromkeys(found), own]

# SPDX-License-Identifier: GPL-2.0-only
"""lab/run and lab/shell: options, contents of the guest, and the exit status."""

import argparse
import os
import sys
import tempfile

from . import (coverage, debugger, given, host, initramfs, kernel, log, machine, payload, report,
               root, selfbuilt, stock, symbols, userland)

MODULES = ("ours", "stock", "none")
USERLANDS = ("busybox", "debian")
HARDWARE = """card add 0x05 type=cex8 mode=cca
card add 0x06 type=cex8 mode=ep11
card add 0x0a type=cex8 mode=accel
domain add 0x04,0x47,0xab,0xff
"""

STATUSES = f"""exit status: the command's own, or
  {log.EXIT_USAGE}   a wrong option
  {log.EXIT_HOST}   something is missing on this machine, or does not build
  {log.EXIT_KERNEL}   a report of the guest's kernel was found (WARNING, BUG, Oops, lockdep ...)
  {log.EXIT_GUEST}   the guest did not boot, or crashed
  {log.EXIT_SKIP}   skipped: this kernel does not support what was requested
  {log.EXIT_TIMEOUT}  the time limit
"""


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise log.LabError(f"{message} (see {self.prog} --help)", log.EXIT_USAGE)


# With checkers everything is slow, and more so on a busy machine: what measures time would report
# that. Scenarios have a limit of their own and show where they hang.
SLOW = "workqueue.watchdog_thresh=0 sysctl.kernel.hung_task_timeout_secs=0"
# A machine that is stopped for a minute is reported as a stall of RCU at its next tick.
STOPPED = "rcupdate.rcu_cpu_stall_timeout=300"


def choice(what, names):
    def check(value):
        if value not in names:
            raise log.LabError(f"no {what} {value}: there are {', '.join(names)}", log.EXIT_USAGE)
        return value
    return check


def kernel_choice(text):
    """A name of the table, or the path of a directory or source tree."""
    if text in kernel.choices():
        return text
    if given.is_path(text):
        return given.check(text)
    raise log.LabError(f"no kernel {text}: there are {', '.join(kernel.choices())}, and "
                       "directories (with a / in the name)", log.EXIT_USAGE)


def kernel_words(text):
    """Parameters for the kernel's command line, after those of the lab."""
    if not text.strip() or not text.isprintable():
        raise log.LabError(f"--append {text!r}: not kernel parameters", log.EXIT_USAGE)
    return text.strip()


def module_choice(text):
    """One of MODULES, or the path of a module file."""
    if text in MODULES:
        return text
    if not text.endswith(".ko"):
        raise log.LabError(f"no module {text}: there are {', '.join(MODULES)}, and files *.ko",
                           log.EXIT_USAGE)
    if not os.path.isfile(text):
        raise log.LabError(f"--module {text}: the file does not exist", log.EXIT_USAGE)
    return os.path.abspath(text)


def positive(text):
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise log.LabError(f"{text}: not a positive number", log.EXIT_USAGE)
    return value


def parser(terminal):
    parse = Parser(prog="lab/shell" if terminal else "lab/run", epilog=STATUSES, allow_abbrev=False,
                   formatter_class=argparse.RawDescriptionHelpFormatter,
                   description="Boots the virtual IBM Z crypto host, then "
                   + ("opens a terminal in it." if terminal else
                      "runs COMMAND as root in it and exits with its status."))
    parse.add_argument("--kernel", default="6.12",
                       metavar="|".join(kernel.choices()) + "|PATH",
                       help="default 6.12. PATH: a directory with an image and modules, or a "
                       "source tree, which is built")
    checkers = parse.add_mutually_exclusive_group()
    checkers.add_argument("--debug", dest="checkers", action="store_const", const="debug",
                          help="use the kernel with lockdep, KASAN and other checkers")
    checkers.add_argument("--kcsan", dest="checkers", action="store_const", const="kcsan",
                          help="use the kernel with the detector of data races")
    parse.add_argument("--module", default="ours", type=module_choice,
                       metavar="|".join(MODULES) + "|FILE.ko",
                       help="which vfio_ap is loaded (default ours); a file brings the mdev.ko "
                       "beside it, if there is one")
    parse.add_argument("--userland", default="busybox", type=choice("userland", USERLANDS),
                       metavar="|".join(USERLANDS), help="default busybox")
    parse.add_argument("--hardware", metavar="FILE|SPEC",
                       help="the simulator's commands, from a file or separated by ';'")
    parse.add_argument("--append", action="append", default=[], type=kernel_words,
                       metavar="WORDS", help="parameters for the kernel (repeatable)")
    parse.add_argument("--icount", action="store_true",
                       help="guest time counts instructions: times are reproducible")
    parse.add_argument("--gdb", action="store_true",
                       help="stop before the first process and before the command, and print how "
                       "gdb attaches")
    parse.add_argument("--cpus", type=positive, default=2, metavar="N", help="default 2")
    parse.add_argument("--memory", type=positive, default=None, metavar="MIB",
                       help="default 2048")
    parse.add_argument("--copy", action="append", default=[], metavar="HOST:GUEST",
                       help="copy a file or directory into the guest (repeatable)")
    parse.add_argument("--timeout", type=positive, default=None, metavar="S",
                       help="seconds" + ("" if terminal else " (default 600, with --gdb none)"))
    parse.add_argument("--keep-console", metavar="FILE", help="write the kernel's log there")
    parse.add_argument("--stdin", action="store_true", help=argparse.SUPPRESS if terminal else
                       "pass standard input on to the command")
    parse.add_argument("--started", metavar="FILE", help=argparse.SUPPRESS if terminal else
                       "create this file when the command starts; QEMU's failure removes it")
    parse.add_argument("-v", "--verbose", action="store_true", help="print the steps of the boot")
    parse.add_argument("command", nargs="*", metavar="COMMAND", help="after --")
    return parse


def copies(pairs):
    for pair in pairs:
        source, colon, target = pair.rpartition(":")
        if not colon or not source or not target.startswith("/"):
            raise log.LabError(f"--copy {pair}: not HOST:GUEST with an absolute path in the guest",
                               log.EXIT_USAGE)
        if not os.path.exists(source):
            raise log.LabError(f"--copy {pair}: {source} does not exist", log.EXIT_USAGE)
        yield source, target


def hardware(given):
    if given is None:
        return HARDWARE
    if os.path.exists(given):
        with open(given) as handle:
            return handle.read()
    if " " not in given:
        raise log.LabError(f"--hardware {given}: neither a file nor a command of the simulator",
                           log.EXIT_USAGE)
    return given.replace(";", "\n") + "\n"


def verdict(result, options):
    """Prints what failed, if anything; returns the exit status."""
    text = result.kernel_log or result.console
    # the ring buffer may have lost lines that the console has
    lines = report.find(result.kernel_log) or report.find(result.console)
    if options.keep_console:
        with open(options.keep_console, "w") as handle:
            handle.write(text.rstrip() + "\n")
    if lines:
        log.say("kernel report found:")
        print("\n".join(lines), file=sys.stderr)
        return log.EXIT_KERNEL
    if result.status == log.EXIT_TIMEOUT and not result.finished:
        log.say(f"time limit of {options.timeout} s reached; the end of the guest's console:")
        print(machine.last_lines(result.console), file=sys.stderr)
        return log.EXIT_TIMEOUT
    if result.failure is not None:
        log.say("the guest did not boot: " + result.failure)
        print(machine.last_lines(text), file=sys.stderr)
        return result.status
    if result.status is None:
        log.say("guest crashed before the command ended; the end of its console:")
        print(machine.last_lines(result.console), file=sys.stderr)
        return log.EXIT_GUEST
    return result.status


def modules(options, chosen):
    """The kernel modules to put into /lab for this run."""
    found = payload.modules(chosen.name, "lab/sim") + payload.modules(chosen.name, "lab/faulty")
    if options.module == "none" and coverage.directory():
        found += payload.modules(chosen.name, "lab/coverage")
    elif options.module == "ours" and coverage.directory():
        found += selfbuilt.own_mdev(chosen) + coverage.modules(chosen.name)
    elif options.module == "ours":
        found += selfbuilt.own_mdev(chosen) + payload.modules(chosen.name, "module")
    elif options.module == "stock":
        found += stock.modules(chosen.name)
    elif options.module != "none":
        found += module_file(options.module, chosen)
    return found


def module_file(path, chosen):
    """A vfio_ap from a file, with the mdev beside it, else the kernel's own or ours."""
    beside = os.path.join(os.path.dirname(path), "mdev.ko")
    if os.path.exists(beside):
        mdev = [(beside, "lab/mdev.ko")]
    else:
        mdev = selfbuilt.own_mdev(chosen) or [
            pair for pair in payload.modules(chosen.name, "module")
            if os.path.basename(pair[1]) == "mdev.ko"]
    return mdev + [(path, "lab/vfio_ap.ko")]


def main(terminal):
    options = parser(terminal).parse_args()
    # the last --kernel holds, so that only it is looked at
    options.kernel = kernel_choice(options.kernel)
    log.verbose = options.verbose
    command = options.command
    if terminal:
        command = command or ["/bin/sh", "-l"]
        if not sys.stdin.isatty():
            raise log.LabError("lab/shell needs a terminal; lab/run takes a command",
                               log.EXIT_USAGE)
    elif not command:
        raise log.LabError("no command: lab/run [options] -- COMMAND...", log.EXIT_USAGE)
    if not terminal and not options.gdb:
        options.timeout = options.timeout or 600
    files = list(copies(options.copy))
    lines = hardware(options.hardware)

    by_path = options.kernel not in kernel.choices()
    if by_path and options.checkers == "kcsan":
        raise log.LabError("--kcsan is for the kernels of the lab", log.EXIT_USAGE)
    wanted = kernel.variant(options.kernel, options.checkers) \
        if options.checkers and not by_path else options.kernel
    # first, because it may need root: fail before a long download
    root.ensure()
    chosen = kernel.ensure_given(wanted, bool(options.checkers)) if by_path else \
        kernel.ensure(wanted)
    facts = symbols.facts(chosen)
    address = facts["symbols"]["free_initmem"]
    disks = [userland.ensure(), *userland.headers(chosen)] if options.userland == "debian" else []
    module = options.module if options.module in MODULES else "file"
    environment = {"LAB_KERNEL": given.series(chosen.version) if by_path else options.kernel,
                   "LAB_MODULE": module,
                   "LAB_USERLAND": options.userland,
                   "LAB_CHECKERS": options.checkers or "", "LAB_TTY": "-t" if terminal else "",
                   "LAB_VERBOSE": "1" if options.verbose else "",
                   "LAB_GDB": "1" if options.gdb else "",
                   "LAB_STARTED": "1" if options.started else "",
                   "TERM": os.environ.get("TERM", "dumb")}
    attach = None
    with tempfile.NamedTemporaryFile(prefix="apmatrix-initrd-") as initrd:
        with open(initramfs.base(chosen.name), "rb") as base:
            initrd.write(base.read())
        drivers = modules(options, chosen)
        initramfs.overlay(initrd, environment, command, drivers + files,
                          payload.programs(), [(lines, "lab/hardware")], facts["applets"])
        initrd.flush()
        if options.gdb:
            host.install((debugger.PROGRAM,))
            attach = debugger.Debugger(chosen, debugger.places(chosen, drivers))
        log.detail(f"booting {chosen.version}")
        stdin = sys.stdin.fileno() if terminal or options.stdin else None
        result = machine.Machine(
            chosen, initrd.name, address, cpus=options.cpus,
            memory=options.memory or 2048, icount=options.icount, disks=disks,
            terminal=terminal, stdin=stdin,
            extra=" ".join([STOPPED] + [SLOW] * bool(options.checkers) + options.append),
            timeout=options.timeout or 10 ** 8,
            debugger=attach, started=options.started,
        ).run(sys.stdout.fileno(), machine.stderr())
    if result.coverage:
        coverage.keep(result.coverage)
    return verdict(result, options)

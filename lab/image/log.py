# SPDX-License-Identifier: GPL-2.0-only
"""Messages of the lab: progress, errors, and their log files.

Messages go to stderr. A run that finds everything in the cache prints nothing: stdout
and stderr of lab/run belong to the command in the guest.
"""

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time

# Exit statuses of lab/run besides the command's own; lab/README.md lists them.
EXIT_USAGE = 64
EXIT_HOST = 69
EXIT_KERNEL = 70
EXIT_GUEST = 71
EXIT_SKIP = 77
EXIT_TIMEOUT = 124

verbose = False
_steps = []


class LabError(Exception):
    """A failure that the user must act on: one line, an exit status, optionally a log.

    output: messages of a compiler, printed before the line.
    """

    output = ""

    def __init__(self, text, status=EXIT_HOST, log=None):
        super().__init__(text)
        self.status = status
        self.log = log


class MirrorLacks(LabError):
    """The mirror lacks a file that its index lists, or its contents do not verify."""


def say(text):
    print("lab: " + text, file=sys.stderr, flush=True)


def detail(text):
    if verbose:
        say(text)


@contextlib.contextmanager
def progress(what):
    """Announces a long step, shows its time on a terminal, and prints how long it took."""
    start = time.monotonic()
    tty = sys.stderr.isatty()
    ended = threading.Event()
    _steps.append(ended)

    def beat():
        while not ended.wait(1):
            if _steps[-1] is not ended:
                continue    # a nested step uses the line
            print(f"\rlab: {what} ... {time.monotonic() - start:.0f} s", end="",
                  file=sys.stderr, flush=True)

    say(what + " ...")
    thread = threading.Thread(target=beat, daemon=True)
    if tty:
        thread.start()
    done = False
    try:
        yield
        done = True
    finally:
        ended.set()
        _steps.remove(ended)
        if tty:
            thread.join()
            print("\r\033[K", end="", file=sys.stderr)
        if done:
            say(f"{what}: done in {time.monotonic() - start:.1f} s")


# Messages of the tools, and their meaning for the user.
CAUSES = (
    (("No space left on device", "You don't have enough free space"),
     "the disk is full", LabError),
    (("Could not resolve", "Temporary failure resolving", "Unable to connect",
      "Could not connect", "Connection timed out", "Connection failed",
      "Network is unreachable", "Connection refused"),
     "the package mirror cannot be reached (no network?)", LabError),
    (("Hash Sum mismatch", "File has unexpected size"),
     "the mirror's index and its packages disagree (a mirror in the middle of an update?)",
     MirrorLacks),
    (("404  Not Found", "does not have a Release file", "403  Forbidden"),
     "the mirror does not have what is needed", MirrorLacks),
    (("NO_PUBKEY", "is not signed", "were invalid", "couldn't be verified"),
     "the mirror's signature cannot be verified", MirrorLacks),
)


def cause(text):
    """(meaning of a tool's message, exception to raise), or None."""
    for words, meaning, kind in CAUSES:
        if any(word in text for word in words):
            return meaning, kind
    return None


def explain(text, program, status):
    """Why a tool failed, and the exception to raise: a known cause, or its first error line."""
    why = cause(text)
    if why:
        return why
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if line.startswith(("E:", "error:"))] or lines[-1:]
    return lines[0] if lines else f"{program} ended with status {status}", LabError


def run_logged(command, log, what, stdout=None, **kwargs):
    """Runs a tool and writes its output to the file `log`. A failure names its cause.

    stdout: a file for the tool's standard output instead.
    """
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "wb") as out:
        try:
            ret = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout or out,
                                 stderr=out, check=False, **kwargs).returncode
        except FileNotFoundError as missing:
            raise LabError(f"{what}: program {missing.filename} not found") from None
    if ret == 0:
        return
    with open(log, errors="replace") as told:
        why, kind = explain(told.read(), command[0], ret)
    raise kind(f"{what}: {why}", log=log)


def _terminated(number, _frame):
    raise SystemExit(128 + number)


def guarded(main):
    """Runs main() as a program: every expected failure ends with one line."""
    # run the cleanup handlers also on signals
    signal.signal(signal.SIGTERM, _terminated)
    signal.signal(signal.SIGHUP, _terminated)
    # chroot and the tools of dpkg may be missing in the PATH of a user
    os.environ["PATH"] = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    try:
        status = main()
    except LabError as error:
        if error.output:
            print(error.output, file=sys.stderr)
        say(str(error))
        if error.log:
            say("log: " + error.log)
        status = error.status
    except BrokenPipeError:
        # the reader closed our output: end silently, like any filter
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + signal.SIGPIPE
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        where = error.filename or "on the cache's disk, or on that of temporary files"
        say(f"{os.strerror(error.errno).lower()}: {where}")
        status = EXIT_HOST
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)

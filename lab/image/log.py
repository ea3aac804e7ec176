# SPDX-License-Identifier: GPL-2.0-only
"""What the lab says to a person: progress, errors, and the logs behind them.

Everything goes to stderr, and nothing at all is said by a run that finds all it
needs in the cache: stdout and stderr of lab/run belong to the command in the guest.
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
    """A failure that a person must act on: one line, an exit status, perhaps a log.

    output: what a compiler said, to be shown before the line.
    """

    output = ""

    def __init__(self, text, status=EXIT_HOST, log=None):
        super().__init__(text)
        self.status = status
        self.log = log


class MirrorLacks(LabError):
    """The mirror answers, but what its index promises is not there, or is not to be trusted."""


def say(text):
    print("lab: " + text, file=sys.stderr, flush=True)


def detail(text):
    if verbose:
        say(text)


@contextlib.contextmanager
def progress(what):
    """Announces a long step, keeps its clock running on a terminal, says how long it took."""
    start = time.monotonic()
    tty = sys.stderr.isatty()
    ended = threading.Event()
    _steps.append(ended)

    def beat():
        while not ended.wait(1):
            if _steps[-1] is not ended:
                continue    # a step inside this one has the line
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


# What the tools we run say, and what it means to the person who must act.
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
    """(what the words of a tool mean, the exception that says so), or None."""
    for words, meaning, kind in CAUSES:
        if any(word in text for word in words):
            return meaning, kind
    return None


def explain(text, program, status):
    """Why a tool failed, and the exception that says so: by a cause we know, or by its own first
    error line."""
    why = cause(text)
    if why:
        return why
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if line.startswith(("E:", "error:"))] or lines[-1:]
    return lines[0] if lines else f"{program} ended with status {status}", LabError


def run_logged(command, log, what, stdout=None, **kwargs):
    """Runs a tool with its output kept in the file `log`; a failure names its cause.

    stdout: a file that takes the tool's standard output instead.
    """
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "wb") as out:
        try:
            ret = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout or out,
                                 stderr=out, check=False, **kwargs).returncode
        except FileNotFoundError as missing:
            raise LabError(f"{what}: no program {missing.filename}") from None
    if ret == 0:
        return
    with open(log, errors="replace") as told:
        why, kind = explain(told.read(), command[0], ret)
    raise kind(f"{what}: {why}", log=log)


def _terminated(number, _frame):
    raise SystemExit(128 + number)


def guarded(main):
    """Runs main() as a program: every foreseen failure ends in one clear line."""
    # so that what is half done is cleaned up as on any other way out
    signal.signal(signal.SIGTERM, _terminated)
    signal.signal(signal.SIGHUP, _terminated)
    # chroot and dpkg's tools are there for a user, too, whose own PATH need not have them
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
        # who read our output has gone: end as any filter does, and as quietly
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

# SPDX-License-Identifier: GPL-2.0-only
"""The cache: whatever was fetched or built, each piece whole or not there at all.

A piece is made under a temporary name and renamed when complete, so an interrupted
run leaves nothing that a later one could mistake for the real thing. A stamp holds
the hash of what a piece was made from; a piece whose stamp differs is made anew.
Locks (flock, one per piece) end with the process that held them.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess

from . import log


def directory():
    path = os.environ.get("APMATRIX_CACHE")
    if not path:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        path = os.path.join(base, "apmatrix")
    return os.path.abspath(path)


def path(*names):
    return os.path.join(directory(), *names)


def digest(*inputs):
    """A hash of values that JSON can express; file contents go in by file_digest()."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:24]


def file_digest(*names):
    total = hashlib.sha256()
    for name in names:
        total.update(os.path.basename(name).encode() + b"\0")
        with open(name, "rb") as data:
            total.update(hashlib.sha256(data.read()).digest())
    return total.hexdigest()[:24]


def own_digest(*modules):
    """The hash of the lab's own files that shape a piece (names relative to lab/)."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [hashlib.sha256(open(os.path.join(here, name), "rb").read()).hexdigest()[:24]
            for name in modules]


@contextlib.contextmanager
def lock(name):
    """Holds the lock of one piece; says so once when somebody else has it."""
    os.makedirs(path("locks"), exist_ok=True)
    with open(path("locks", name.replace("/", "_")), "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.detail(f"waiting for another run that prepares {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def remove(name):
    """Removes a file or a tree, also one that belongs to root after a sudo run."""
    if not os.path.lexists(name):
        return
    if os.path.isdir(name) and not os.path.islink(name):
        shutil.rmtree(name, ignore_errors=True)
        if os.path.exists(name):
            subprocess.run(["sudo", "rm", "-rf", "--one-file-system", name], check=False)
    else:
        os.unlink(name)


def stamp_of(piece):
    try:
        with open(piece + ".stamp") as handle:
            return handle.read().strip()
    except OSError:
        return None


def ensure(name, inputs, build, what):
    """Returns the path of the piece `name`, made by build(temporary path) if need be.

    build() gets a path that does not exist yet and makes a file or a directory there.
    The stamp is removed before an old piece is touched and written after the new one
    is in place: at every moment a stamp says only what is true.
    """
    piece = path(name)
    wanted = digest(inputs)
    if stamp_of(piece) == wanted and os.path.exists(piece):
        return piece
    with lock(name):
        if stamp_of(piece) == wanted and os.path.exists(piece):
            return piece
        os.makedirs(os.path.dirname(piece), exist_ok=True)
        temporary, old = piece + ".new", piece + ".old"
        remove(temporary)
        remove(old)
        with log.progress(what) if what else contextlib.nullcontext():
            try:
                build(temporary)
                remove(piece + ".stamp")
                if os.path.lexists(piece):
                    os.rename(piece, old)
                os.rename(temporary, piece)
                write(piece + ".stamp", wanted + "\n")
            except BaseException:
                # a full disk must not stay full of halves
                remove(temporary)
                raise
            remove(old)
    return piece


def write(name, text):
    """Writes a small file so that a reader sees the old text or the new, never a part."""
    temporary = f"{name}.{os.getpid()}"
    try:
        with open(temporary, "w") as handle:
            handle.write(text)
        os.rename(temporary, name)
    except BaseException:
        remove(temporary)
        raise


def need_space(gigabytes):
    os.makedirs(directory(), exist_ok=True)
    free = shutil.disk_usage(directory()).free / 1e9
    if free < gigabytes:
        raise log.LabError(f"{directory()} has {free:.1f} GB free, and {gigabytes:g} GB are "
                           "needed: make room or set APMATRIX_CACHE to another disk")

# SPDX-License-Identifier: GPL-2.0-only
"""The cache of everything that was fetched or built.

A piece is built under a temporary name and renamed when it is complete, so an
interrupted run leaves no incomplete piece. A stamp contains the hash of the inputs of
a piece; if it differs, the piece is rebuilt. Locks (flock, one per piece) end with the
process that holds them.
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
    """A hash of values that JSON can express. Use file_digest() for contents of files."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:24]


def file_digest(*names):
    total = hashlib.sha256()
    for name in names:
        total.update(os.path.basename(name).encode() + b"\0")
        with open(name, "rb") as data:
            total.update(hashlib.sha256(data.read()).digest())
    return total.hexdigest()[:24]


def own_digest(*modules):
    """The hash of files of the lab that a piece depends on (names relative to lab/)."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [hashlib.sha256(open(os.path.join(here, name), "rb").read()).hexdigest()[:24]
            for name in modules]


@contextlib.contextmanager
def lock(name):
    """Holds the lock of one piece. Prints a message if another run holds it."""
    os.makedirs(path("locks"), exist_ok=True)
    with open(path("locks", name.replace("/", "_")), "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.detail(f"waiting for another run that builds {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def remove(name):
    """Removes a file or a tree, with sudo if it belongs to root."""
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
    """Returns the path of the piece `name`, built by build(temporary path) if needed.

    build() creates a file or a directory at the path. The stamp is removed before an old
    piece is changed, and written after the new one is complete, so it is always true.
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
                # free the space, which may have run out
                remove(temporary)
                raise
            remove(old)
    return piece


def write(name, text):
    """Replaces a small file atomically."""
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
        raise log.LabError(f"{directory()} has {free:.1f} GB free, but {gigabytes:g} GB are "
                           "needed: free space or set APMATRIX_CACHE to another disk")

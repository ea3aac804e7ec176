# SPDX-License-Identifier: GPL-2.0-only
"""Kernel module files, plain or compressed."""

import gzip
import lzma
import os
import shutil

OPENERS = {".ko": open, ".ko.xz": lzma.open, ".ko.gz": gzip.open}


def is_module(name):
    return any(name.endswith(ending) for ending in OPENERS)


def name_of(path):
    """The name that the kernel has for the module."""
    return os.path.basename(path).split(".ko")[0].replace("-", "_")


def _open(path):
    name = os.path.basename(path)
    return OPENERS[name[name.index(".ko"):]](path, "rb")


def unpack(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with _open(source) as packed, open(target, "wb") as plain:
        shutil.copyfileobj(packed, plain)


def modinfo(path, field):
    """The values of one field of .modinfo."""
    with _open(path) as handle:
        data = handle.read()
    found, key, where = [], b"\0" + field.encode() + b"=", 0
    # the first entry of the section has no zero byte of another one before it
    while True:
        where = data.find(key, where)
        if where < 0:
            return found
        where += len(key)
        found.append(data[where:data.index(b"\0", where)].decode(errors="replace"))

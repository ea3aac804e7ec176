# SPDX-License-Identifier: GPL-2.0-only
"""Reads the interpreter and the needed shared libraries of an ELF file."""

import struct

PT_LOAD, PT_DYNAMIC, PT_INTERP = 1, 2, 3
DT_NEEDED, DT_STRTAB = 1, 5
EM_S390 = 22


def needs(path):
    """Returns (interpreter or None, [library names]), or None if not a 64-bit s390x file."""
    with open(path, "rb") as handle:
        data = handle.read()
    if data[:6] != b"\x7fELF\x02\x02" or struct.unpack_from(">H", data, 18)[0] != EM_S390:
        return None
    offset, = struct.unpack_from(">Q", data, 32)
    size, count = struct.unpack_from(">HH", data, 54)
    segments = [struct.unpack_from(">IIQQQQQQ", data, offset + size * index)
                for index in range(count)]

    def text(where):
        return data[where:data.index(b"\0", where)].decode()

    def at(address):
        for kind, _, start, virtual, _, length, _, _ in segments:
            if kind == PT_LOAD and virtual <= address < virtual + length:
                return start + address - virtual
        raise ValueError(f"{path}: no segment holds {address:#x}")

    interpreter, wanted, strings = None, [], 0
    for kind, _, start, _, _, length, _, _ in segments:
        if kind == PT_INTERP:
            interpreter = text(start)
        if kind == PT_DYNAMIC:
            for entry in range(start, start + length, 16):
                tag, value = struct.unpack_from(">QQ", data, entry)
                if tag == DT_NEEDED:
                    wanted.append(value)
                if tag == DT_STRTAB:
                    strings = at(value)
    return interpreter, [text(strings + name) for name in wanted]

# SPDX-License-Identifier: GPL-2.0-only
"""Finds reports of the kernel (WARNING, BUG, Oops, KASAN ...) in its log.

The file `tolerated` lists reports that do not count, each with its reason. A data race (KCSAN)
counts if one of the two accesses is in a module of this project.
"""

import os
import re

TOLERATED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tolerated")

REPORT = re.compile(
    r"WARNING:|BUG:|kernel BUG at|\bOops\b|Unable to handle|Kernel panic|kernel panic|"
    r"\bKASAN\b|\bKCSAN\b|UBSAN:|INFO: task .* blocked for more than|"
    r"\brcu\S*:? .*\bstall|self-detected stall|detected stalls|"
    r"kmemleak: \d+ new suspected|refcount_t:|bad count|"
    r"inconsistent lock state|possible (circular|recursive|irq lock)|"
    r"suspicious RCU usage|held lock freed|lock held when returning|"
    r"sleeping function called|scheduling while atomic|"
    r"(illegal operation|specification exception|addressing exception|"
    r"protection exception|kernel stack overflow): [0-9a-f]{4}|"
    r"soft lockup|hard LOCKUP|DEBUG_LOCKS_WARN|list_(add|del) corruption|"
    r"unregister_netdevice: waiting|Bad page state|slab-use-after-free|Slab corruption")
END = re.compile(r"---\[ end |^\s*$")
RACE = re.compile(r"BUG: KCSAN: ")
RACE_END = re.compile(r"={40,}$")
RACE_ACCESS = re.compile(r"\b(read|write|race at unknown origin).* (by|with) ")
OURS = re.compile(r"\[(vfio_ap|mdev|aphwsim)\]$")
CUT = re.compile(r"-+\[ cut here \]-+")
BEFORE, AFTER = 12, 60


def _tolerated():
    """[(pattern, reason)] of the list of reports that are not ours."""
    with open(TOLERATED) as handle:
        rows = [line.rstrip("\n").split("\t") for line in handle if line[0] not in "#\n"]
    return [(re.compile(pattern), reason) for pattern, reason in rows]


def _race_is_ours(block):
    """Does one of the two accesses of a KCSAN report happen in a module of this project?"""
    return any(OURS.search(following.rstrip())
               for line, following in zip(block, block[1:]) if RACE_ACCESS.search(line))


def _is_ours(block, number):
    """Whether a report counts; the line with that number in the block begins it."""
    if RACE.search(block[number]) and not _race_is_ours(block):
        return False
    return not any(pattern.search(block[number]) for pattern, _ in _tolerated())


def _block(lines, number):
    """(first, last) line of the report at a line; the last one is not included."""
    first = max(0, number - BEFORE)
    for earlier in range(number, first - 1, -1):
        if CUT.search(lines[earlier]):
            first = earlier
            break
    else:
        first = max(0, number - 3)
    last = min(len(lines), number + AFTER)
    end = RACE_END if RACE.search(lines[number]) else END
    for later in range(number + 1, last):
        if end.search(lines[later]):
            return first, later + 1
    return first, last


def find(text):
    """The lines of the first report that counts, or an empty list."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        if not REPORT.search(lines[number]):
            number += 1
            continue
        first, last = _block(lines, number)
        if _is_ours(lines[first:last], number - first):
            return lines[first:last]
        number = last
    return []


def count(text):
    return sum(1 for line in text.splitlines() if REPORT.search(line))


def plain(records):
    """Records of /dev/kmsg ("level,sequence,time,flags;text") in the format of dmesg."""
    lines = []
    for record in records.splitlines():
        if record.startswith(" ") or ";" not in record:
            continue    # a continuation line contains the device's name, no text
        head, text = record.split(";", 1)
        fields = head.split(",")
        try:
            micros = int(fields[2])
        except (IndexError, ValueError):
            continue
        lines.append(f"[{micros // 1000000:5d}.{micros % 1000000:06d}] {text}")
    return "\n".join(lines)

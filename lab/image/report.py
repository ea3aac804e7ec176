# SPDX-License-Identifier: GPL-2.0-only
"""Finds reports of the kernel (WARNING, BUG, Oops, KASAN ...) in its log."""

import re

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
CUT = re.compile(r"-+\[ cut here \]-+")
BEFORE, AFTER = 12, 60


def find(text):
    """The lines of the first report, or an empty list."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not REPORT.search(line):
            continue
        first = max(0, number - BEFORE)
        for earlier in range(number, first - 1, -1):
            if CUT.search(lines[earlier]):
                first = earlier
                break
        else:
            first = max(0, number - 3)
        last = min(len(lines), number + AFTER)
        for later in range(number + 1, last):
            if END.search(lines[later]):
                last = later + 1
                break
        return lines[first:last]
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

# SPDX-License-Identifier: GPL-2.0-only
"""Test results as KTAP: printed, read, counted, and written as files for other programs.

A result is one line, "ok NUMBER NAME # NOTE", "not ok NUMBER NAME # WHY" or "ok NUMBER NAME # SKIP
REASON"; lines that begin with "#" and follow it are its details. The plan, "1..COUNT", stands first
where the count is known, else last. After all, one line that is not KTAP: "N passed, N failed,
N skipped".
"""

import os
import re
import threading
from xml.sax.saxutils import escape, quoteattr

VERSION = "KTAP version 1"
REPEATED = 5            # lines of details of a failed test that are repeated at the end,
REPEATED_WIDTH = 300    # each cut there,
REPEATED_TESTS = 40     # of so many tests; of more, only the line that names them
LINE = re.compile(r"(?P<failed>not )?ok(?: (?P<number>\d+))?(?: -)? (?P<name>.*?)(?: # (?P<note>.*))?$")
PLAN = re.compile(r"1\.\.(\d+)(?: # SKIP (.*))?$")
TOTALS = re.compile(r"\d+ passed, \d+ failed, \d+ skipped$")
XML_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Result:
    """One test: its verdict is "passed", "failed" or "skipped"; note says why."""

    def __init__(self, verdict, name, note="", details=()):
        self.verdict, self.name, self.note = verdict, name, note
        self.details = list(details)

    def line(self, number):
        note = "SKIP " + self.note if self.verdict == "skipped" else self.note
        return f"{'not ok' if self.verdict == 'failed' else 'ok'} {number} {self.name}" + \
            (f" # {note}" if note else "")

    def lines(self, number):
        return [self.line(number), *(f"#   {detail}" for detail in self.details)]

    def most_telling(self):
        """A few lines of the details: from the first that says "not ok" on, else the first."""
        from_here = [number for number, line in enumerate(self.details) if "not ok" in line]
        return self.details[from_here[0] if from_here else 0:][:REPEATED]


def parse(line):
    """The Result of a result line, or None."""
    found = LINE.match(line)
    if not found:
        return None
    note = found["note"] or ""
    if found["failed"]:
        return Result("failed", found["name"], note)
    if note.upper().startswith("SKIP"):
        return Result("skipped", found["name"], note[4:].strip())
    return Result("passed", found["name"], note)


class Reader:
    """Reads KTAP line by line. `take` is called with each Result when it is complete."""

    def __init__(self, take):
        self.take, self.open = take, None
        self.count, self.planned, self.version = 0, None, False

    def line(self, text):
        """False if the line is no KTAP."""
        plan, result = PLAN.match(text), parse(text)
        if text.startswith("KTAP version ") or text.startswith("TAP version "):
            self.version = True
        elif plan:
            self.planned = (self.planned or 0) + int(plan[1])
        elif result:
            self.flush()
            self.count += 1
            self.open = result
        elif TOTALS.match(text):
            pass
        elif text.startswith("#") and self.open:
            self.open.details.append(re.sub(r"^# {0,3}", "", text))
        else:
            return False
        return True

    def flush(self):
        if self.open:
            self.take(self.open)
        self.open = None

    def end(self):
        """What is wrong with the stream as a whole, or an empty string."""
        self.flush()
        if not self.version:
            return "no KTAP version line"
        if self.planned is None:
            return f"no plan; {self.count} tests ran"
        if self.planned != self.count:
            return f"planned {self.planned} tests, {self.count} ran"
        return ""


def read(text):
    """(all Results of a text, what is wrong with it as a whole or an empty string)"""
    results = []
    reader = Reader(results.append)
    for line in text.splitlines():
        reader.line(line)
    return results, reader.end()


class Report:
    """Prints results as they come and counts them. Threads may share it: a result stays together."""

    def __init__(self, planned=None):
        self.planned, self.results = planned, []
        self.lock = threading.Lock()
        self.begun = False

    def _print(self, *lines):
        """With the lock held."""
        if not self.begun:
            self.begun = True
            print(VERSION if self.planned is None else f"{VERSION}\n1..{self.planned}")
        print(*lines, sep="\n", end="\n" if lines else "", flush=True)

    def begin(self):
        """Prints the first line, if nothing was printed before."""
        with self.lock:
            self._print()

    def add(self, result):
        with self.lock:
            self.results.append(result)
            self._print(*result.lines(len(self.results)))

    def ok(self, name, note="", details=()):
        self.add(Result("passed", name, note, details))

    def fail(self, name, why, details=()):
        self.add(Result("failed", name, why, details))

    def skip(self, name, reason):
        self.add(Result("skipped", name, reason))

    def check(self, name, good, details=()):
        """Passed or failed by `good`; details, a text or lines, are shown if it failed."""
        lines = details.splitlines() if isinstance(details, str) else details
        self.add(Result("passed" if good else "failed", name, "" if good else "FAILED",
                        () if good else lines))

    def remark(self, text):
        with self.lock:
            self._print(f"# {text}")

    def count(self, verdict):
        return sum(one.verdict == verdict for one in self.results)

    def repeat_failures(self):
        """Prints the failed tests once more, as comments, for whoever sees the end of it only."""
        failed = [one for one in self.results if one.verdict == "failed"]
        for number, one in enumerate(failed):
            self.remark(f"failed: {one.name}" + (f": {one.note}" if one.note else ""))
            for line in one.most_telling() if number < REPEATED_TESTS else ():
                self.remark("    " + line[:REPEATED_WIDTH])

    def end(self):
        """Prints plan and counts. The exit status: 1 if a test failed or too few ran."""
        if self.planned is not None and len(self.results) < self.planned:
            self.fail("plan", f"planned {self.planned} tests, {len(self.results)} ran")
        with self.lock:
            if self.planned is None:
                self._print(f"1..{len(self.results)}")
            self._print(f"{self.count('passed')} passed, {self.count('failed')} failed, "
                        f"{self.count('skipped')} skipped")
        return 1 if self.count("failed") else 0


def write_files(folder, suite, results):
    """SUITE.ktap, with its plan first, and SUITE.xml, which is JUnit's format."""
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{suite}.ktap", "w", encoding="utf-8") as file:
        print(VERSION, f"1..{len(results)}", sep="\n", file=file)
        for number, result in enumerate(results, 1):
            print(*result.lines(number), sep="\n", file=file)
    counts = [sum(one.verdict == verdict for one in results) for verdict in ("failed", "skipped")]
    with open(f"{folder}/{suite}.xml", "w", encoding="utf-8") as file:
        print('<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name=%s tests="%d" failures="%d" '
              'skipped="%d">' % (quoteattr(suite), len(results), *counts), file=file)
        for one in results:
            text = XML_INVALID.sub("?", "\n".join(one.details))
            note = quoteattr(XML_INVALID.sub("?", one.note))
            inside = {"passed": f"<system-out>{escape(text)}</system-out>" if text else "",
                      "failed": f"<failure message={note}>{escape(text)}</failure>",
                      "skipped": f"<skipped message={note}/>"}[one.verdict]
            print(f"<testcase classname={quoteattr(suite)} name={quoteattr(one.name)}>{inside}"
                  "</testcase>", file=file)
        print("</testsuite>", file=file)

# SPDX-License-Identifier: GPL-2.0-only
"""A document names only files of the tree that exist."""

import os
import re

TREE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
QUOTED = re.compile(r"`([^`\s]+)`")
# made by the build, or by a person
MADE = ("build/",)


def applies(path):
    return path.endswith(".md")


def _tops():
    return {name for name in os.listdir(TREE) if not name.startswith(".git")}


def _exists(folder, name):
    name = name.split(":")[0].rstrip("/.,")
    return any(os.path.exists(os.path.join(TREE, base, name)) for base in ("", folder))


def check(path, lines):
    tops, folder = _tops(), os.path.dirname(path)
    for number, line in enumerate(lines, 1):
        for name in QUOTED.findall(line):
            top = name.split("/")[0]
            if "/" not in name or top not in tops or name.startswith(MADE):
                continue
            if re.search(r"[*<>{}$|]|[A-Z]{3,}|\.\.\.", name.replace("README", "")
                         .replace("CONTRIBUTING", "")):
                continue
            if not _exists(folder, name):
                yield number, f"there is no {name}"
        for name in re.findall(r"\]\(([^)#:]+)\)", line):
            if not _exists(folder, name):
                yield number, f"there is no {name}"


WRONG = [("README.md", "see `docs/no-such-file.md`\n"), ("docs/a.md", "[x](no-such.svg)\n")]
RIGHT = [("README.md", "see `docs/style.md`, `docs/` and `tests/scenarios/GROUP/NAME.sh`\n"),
         ("docs/a.md", "[x](style.md)\n")]

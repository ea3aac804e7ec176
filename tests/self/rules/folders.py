# SPDX-License-Identifier: GPL-2.0-only
"""The README above a file names it, so that a reader of the READMEs finds the place for a change.

The nearest README.md in the folder of the file or above it counts. A header may be left out if
the file of the same name is there. Collections are described as a whole.
"""

import os
import re

from . import samples

# whose files are not named one by one: folder, what their names say
COLLECTIONS = re.compile(
    r"(cli/cmd/[a-z]+\.c$"                      # the command of that name
    r"|tests/scenarios/|tests/self/meta/(scenarios|warn)/"
    r"|tests/host/cases/|tests/host/sysfs/|tests/fuzz/|tests/unit/|tests/mutants/"
    r"|tests/build/compat/(layouts|meddle|standin)/|tests/perf/module/|lab/faulty/"
    r"|lab/image/selfbuilt/.*\.config$"
    r"|man/.*\.[1-8]$"                          # the page of that name
    r"|docs/.*\.svg$)")
WORD = re.compile(r"`([^`\n]+)`")


def _named(text):
    """Base names of what stands in backticks."""
    return {word.rstrip("/").rpartition("/")[2] for quoted in WORD.findall(text)
            for word in quoted.split()}


def _readme_of(path, readmes):
    folder = os.path.dirname(path)
    while folder and folder not in readmes:
        folder = os.path.dirname(folder)
    return folder


def check(texts):
    """Yields (place, what is wrong); texts has the lines of each path of the tree."""
    readmes = {os.path.dirname(path): _named("\n".join(lines)) for path, lines in texts.items()
               if os.path.basename(path) == "README.md"}
    for path in texts:
        folder, name = _readme_of(path, readmes), os.path.basename(path)
        if not folder or name in ("README.md", ".layers", "__init__.py") or COLLECTIONS.match(path):
            continue
        stem, ending = os.path.splitext(name)
        if name not in readmes[folder] and \
                not (ending == ".h" and stem + ".c" in readmes[folder]):
            yield f"{folder}/README.md", f"does not say what belongs into {path}"


_READ = "| `a.c`, `b/d.c` | what |"
SAMPLES = (
    ({"t/README.md": _READ, "t/a.c": "", "t/a.h": "", "t/b/d.c": ""}, ""),
    ({"t/README.md": _READ, "t/b/README.md": "`e`", "t/b/e": ""}, ""),
    ({"a.c": ""}, ""),
    ({"t/README.md": _READ, "t/.layers": "", "t/b/__init__.py": ""}, ""),
    ({"t/README.md": _READ, "t/c.c": ""}, "does not say what belongs into t/c.c"),
    ({"t/README.md": "a.c", "t/a.c": ""}, "does not say what belongs into t/a.c"),
    ({"t/README.md": _READ, "t/c.h": ""}, "does not say what belongs into t/c.h"),
    ({"t/README.md": _READ, "t/b/README.md": "`e`", "t/b/d.c": ""},
     "does not say what belongs into t/b/d.c"),
)


def check_samples():
    """Yields what is wrong with the rule itself."""
    return samples.faults(SAMPLES, check)

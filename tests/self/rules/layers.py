# SPDX-License-Identifier: GPL-2.0-only
"""The order of the files of a folder, which its file .layers declares.

A line of .layers is one of

    NAME: FILE...         a layer; those below it come first. FOLDER/ is all that is in it
    include FOLDER...     where #include "..." is looked for besides the file's own folder
    made FILE...          headers that the build makes
    except FILE -> FILE: WHY

A file may use what its own layer has and what the layers before it have: include a header of
them, or name a function or variable that they define. No two files may use each other, be it
by way of others; FILE.c and FILE.h are one file here. `except` permits what would be wrong.
"""

import fnmatch
import os
import re

STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|/\*.*?\*/|//[^\n]*', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*", re.M | re.S)
WORD = re.compile(r"[A-Za-z_]\w*")
DEFINITION = re.compile(r"^(?!static\b|extern\b|typedef\b)[A-Za-z_][\w \t\n*]*?[ \t\n*](\w+)"
                        r"(?:\([^;{}]*\)\s*\{|[ \t]*(?:\[[^\]\n]*\])*[ \t]*(?:=|;))", re.M)


class Tree:
    """The declaration of one folder, and the dependencies of its files."""

    def __init__(self, top, declaration, texts):
        self.top = top
        self.name = os.path.join(top, ".layers")
        self.layers, self.search, self.made, self.permitted = [], [], set(), {}
        self.problems = []
        for number, line in enumerate(declaration, 1):
            self.declare(number, line.split("#")[0].strip())
        self.texts = {path: "\n".join(lines) for path, lines in texts.items()
                      if path.endswith((".c", ".h")) and self.inside(path)}
        self.layer = {path: self.layer_of(path) for path in self.texts}
        # (from, to) -> (line, what is used)
        self.uses = {}

    def problem(self, where, text):
        self.problems.append((where, text))

    def path(self, name):
        return os.path.normpath(os.path.join(self.top, name))

    def declare(self, number, line):
        exception = re.match(r"except (\S+) -> (\S+): \S", line)
        if exception:
            pair = tuple(self.path(name) for name in exception.groups())
            self.permitted[pair] = number
        elif line.startswith("include "):
            self.search += [self.path(name) for name in line.split()[1:]]
        elif line.startswith("made "):
            self.made.update(line.split()[1:])
        elif re.match(r"[\w-]+:( \S+)+$", line):
            name, files = line.split(":")
            self.layers.append((name, [self.path(file) + "/" * file.endswith("/")
                                       for file in files.split()]))
        elif line:
            self.problem(f"{self.name}:{number}", "neither a layer, include, made nor except")

    def inside(self, path):
        return path.startswith(self.top + "/") or any(
            path == pattern or pattern.endswith("/") and path.startswith(pattern)
            for _, files in self.layers for pattern in files)

    def layer_of(self, path):
        found = [number for number, (_, files) in enumerate(self.layers)
                 if any(path.startswith(pattern) if pattern.endswith("/") else
                        fnmatch.fnmatchcase(path, pattern) for pattern in files)]
        if len(found) != 1:
            self.problem(path, f"is in {len(found)} layers of {self.name}, not in one")
        return found[0] if found else 0

    def resolve(self, path, name):
        for folder in (os.path.dirname(path), *self.search):
            header = os.path.normpath(os.path.join(folder, name))
            if header in self.texts:
                return header
        return None

    def use(self, path, line, other, what):
        if unit(path) != unit(other):
            self.uses.setdefault((path, other), (line, what))

    def find_includes(self):
        for path, text in self.texts.items():
            for found in INCLUDE.finditer(text):
                name, line = found.group(1), text.count("\n", 0, found.start()) + 1
                other = self.resolve(path, name)
                if other:
                    self.use(path, line, other, f"includes {name}")
                elif name not in self.made:
                    self.problem(f"{path}:{line}", f"no {name} where {self.name} lets look for it")

    def find_names(self):
        """What a .c file defines for others, and where others name it."""
        codes = {path: blank(text) for path, text in self.texts.items()}
        owners = {}
        for path, code in codes.items():
            if path.endswith(".c"):
                for name in defined(code):
                    owners.setdefault(name, set()).add(path)
        owners = {name: paths.pop() for name, paths in owners.items() if len(paths) == 1}
        for path, code in codes.items():
            # a header only declares
            if not path.endswith(".c"):
                continue
            for name in set(WORD.findall(code)) & set(owners):
                at = used_at(code, name) if owners[name] != path else None
                if at is not None:
                    self.use(path, code.count("\n", 0, at) + 1, owners[name], f"uses {name}")

    def check_order(self):
        unused = dict(self.permitted)
        for (path, other), (line, what) in sorted(self.uses.items()):
            if self.layer[path] < self.layer[other]:
                unused.pop((path, other), None)
                if (path, other) not in self.permitted:
                    names = [name for name, _ in self.layers]
                    self.problem(f"{path}:{line}",
                                 f"{what} of {other}: the layer {names[self.layer[path]]} is "
                                 f"below {names[self.layer[other]]}, see {self.name}")
        return unused

    def check_circles(self, unused):
        edges = {}
        for pair in self.uses:
            upward = self.layer[pair[0]] < self.layer[pair[1]]
            if not upward and pair not in self.permitted:
                edges.setdefault(unit(pair[0]), set()).add(unit(pair[1]))
        for circle in circles(edges):
            self.problem(circle[0], "use each other: " + " -> ".join((*circle, circle[0])))
        permitted = {unit(path): set() for path, _ in self.permitted}
        for path, other in self.permitted:
            permitted[unit(path)].add(unit(other))
        for path, other in list(unused):
            # needed if there would be a circle with it
            if (path, other) in self.uses and reaches(edges, unit(other), unit(path)):
                unused.pop((path, other))
        for (path, other), number in sorted(unused.items()):
            self.problem(f"{self.name}:{number}",
                         f"permits what is not done or not wrong: {path} -> {other}")

    def check(self):
        self.find_includes()
        self.find_names()
        self.check_circles(self.check_order())
        return self.problems


def unit(path):
    return path[:-2]


def blank(text):
    """The code without comments, literals and preprocessor lines; lines stay where they are."""
    def lines(found):
        return "\n" * found.group().count("\n")
    return PREPROCESSOR.sub(lines, STRING.sub(lambda found: '""' + lines(found), text))


def defined(code):
    """Functions and variables that are defined at the left margin and are not static."""
    for found in DEFINITION.finditer(code):
        # struct NAME; alone only declares
        if not re.match(r"(struct|union|enum)\s+\w+\s*;", found.group()):
            yield found.group(1)


def used_at(code, name):
    """Where code names what another file defines, or None; members and locals do not count."""
    local = re.search(rf"^[ \t]+(?:\w+[ \t]+)+\**{name}\s*[;,=\[]|[\w*] \**{name}[,)]", code, re.M)
    after = r"\s*\(" if local else r"\s*[\[(.,;)}]|->"
    found = re.search(rf"(?<![\w.])(?<!->){name}(?={after})", code)
    return found.start() if found else None


def reaches(edges, start, goal):
    seen, todo = set(), [start]
    while todo:
        at = todo.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            todo += edges.get(at, ())
    return False


def circles(edges):
    """One circle of each group of files that use each other, shortest first."""
    told = set()
    for start in sorted(edges):
        if start in told:
            continue
        before, todo = {}, [start]
        while todo:
            at = todo.pop(0)
            for other in sorted(edges.get(at, ())):
                if other == start:
                    circle = [at]
                    while circle[-1] != start:
                        circle.append(before[circle[-1]])
                    told.update(circle)
                    yield circle[::-1]
                    todo = []
                    break
                if other not in before:
                    before[other] = at
                    todo.append(other)


def check(texts):
    """Yields (place, what is wrong) of all folders that have a .layers."""
    for path, lines in texts.items():
        if os.path.basename(path) == ".layers":
            yield from Tree(os.path.dirname(path), lines, texts).check()


# a declaration, files of a folder t, and what has to be reported ("" for nothing)
ORDER = "low: low/ ../shared/\nhigh: high/\ninclude .\n"
SAMPLES = (
    (ORDER, {"t/high/a.c": '#include "low/b.h"\n', "t/low/b.h": "int b(void);\n"}, ""),
    (ORDER, {"t/low/a.c": '#include "high/b.h"\n', "t/high/b.h": ""}, "the layer low is below"),
    (ORDER, {"t/low/a.c": '#include "../high/b.h"\n', "t/high/b.h": ""}, "the layer low is below"),
    (ORDER, {"t/low/a.c": "void a(void)\n{\n\tb(1);\n}\n",
             "t/high/b.c": "int b(int c)\n{\n}\n"}, "uses b of t/high/b.c"),
    (ORDER, {"t/low/a.c": "int *a = &bs;\n", "t/high/b.c": "struct b bs = { 1 };\n"}, "uses bs"),
    (ORDER, {"t/low/a.c": "/* b(1) */\nint a = c.b(1) + d->b;\n",
             "t/high/b.c": "int b(int c)\n{\n}\n"}, ""),
    (ORDER, {"t/low/a.c": "void a(int b)\n{\n\tc(b);\n}\n",
             "t/high/b.c": "int b(int c)\n{\n}\n"}, ""),
    (ORDER, {"t/low/a.c": "void a(void)\n{\n\tb(1);\n}\n",
             "t/high/b.c": "static int b(int c)\n{\n}\n"}, ""),
    (ORDER, {"t/low/a.h": '#include "b.h"\n', "t/low/b.h": '#include "a.h"\n'}, "use each other"),
    (ORDER, {"t/low/a.c": '#include "b.h"\n', "t/low/b.h": "", "t/low/b.c": '#include "c.h"\n',
             "t/low/c.h": "", "t/low/c.c": "void c(void)\n{\n\ta();\n}\n",
             "t/low/a.h": "void a(void);\n"}, ""),
    (ORDER, {"t/low/a.c": "void a(void)\n{\n\tb();\n}\n",
             "t/low/b.c": "void b(void)\n{\n\ta();\n}\n"}, "t/low/a -> t/low/b -> t/low/a"),
    (ORDER, {"t/low/a.c": '#include "no.h"\n'}, "no no.h"),
    (ORDER + "made no.h\n", {"t/low/a.c": '#include "no.h"\n'}, ""),
    (ORDER, {"t/a.c": ""}, "is in 0 layers"),
    (ORDER + "above: high/a.c\n", {"t/high/a.c": ""}, "is in 2 layers"),
    (ORDER, {"shared/b.c": "void b(void)\n{\n\ta();\n}\n",
             "t/high/a.c": "void a(void)\n{\n}\n"}, "the layer low is below"),
    (ORDER + "high = low\n", {}, "neither"),
    (ORDER + "except low/a.c -> high/b.h: because\n",
     {"t/low/a.c": '#include "high/b.h"\n', "t/high/b.h": ""}, ""),
    (ORDER + "except low/a.c -> low/b.c: because\n",
     {"t/low/a.c": "void a(void)\n{\n\tb();\n}\n",
      "t/low/b.c": "void b(void)\n{\n\ta();\n}\n"}, ""),
    (ORDER + "except low/a.c -> low/b.c: because\n",
     {"t/low/a.c": "void a(void)\n{\n\tb();\n}\n", "t/low/b.c": "void b(void)\n{\n}\n"},
     "permits what is not done"),
)


def check_samples():
    """Yields what is wrong with the rule itself."""
    for declaration, files, wanted in SAMPLES:
        texts = {path: text.split("\n") for path, text in files.items()}
        found = Tree("t", declaration.split("\n"), texts).check()
        if wanted and not any(wanted in text for _, text in found):
            yield f"does not report {wanted!r} of {files}"
        elif not wanted and found:
            yield f"reports {found[0]} of the good {files}"

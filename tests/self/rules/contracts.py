# SPDX-License-Identifier: GPL-2.0-only
"""What is not static in module/ has a contract: a kernel-doc block.

It stands before the definition or before the declaration in a header, and has a line for each
parameter, "Return:" if the function returns a value, and "Context:" with the locks that are
held or taken. The pure core says the context of all of its functions once, in apm.h.
"""

import re

from . import samples

FOLDER = "module/"
ANY_CONTEXT = "module/apm/"
BLOCK = re.compile(r"/\*\*\n \* (\w+)(?:\(\))? - \S(?:(?!\*/).)*\*/", re.S)
COMMENT = re.compile(r"/\*(?:(?!\*/).)*\*/", re.S)
# TYPE *name(parameters) {, at the left margin
FUNCTION = re.compile(r"^(?!static\b|typedef\b|extern\b)((?:\w+[ \t\n*]+)+)([a-z_]\w*)\(([^;{}]*?)\)\n\{",
                      re.M)
CALLBACK = re.compile(r"\(\*(\w+)\)\([^()]*\)")


def _parameters(text):
    """The names of the parameters."""
    text = CALLBACK.sub(r"\1", text)
    for part in text.split(","):
        found = re.search(r"(\w+)(?:\[\w*\])?\s*$", part)
        if found and found.group(1) != "void":
            yield found.group(1)


def _missing(path, returns, parameters, block):
    for name in _parameters(parameters):
        if not re.search(rf"^ \* @{name}: \S", block, re.M):
            yield f"no @{name}"
    if returns.split() != ["void"] and not re.search(r"^ \* Return: \S", block, re.M):
        yield "no Return:"
    if not path.startswith(ANY_CONTEXT) and not re.search(r"^ \* Context: \S", block, re.M):
        yield "no Context:"


def check(texts):
    """Yields (place, what is wrong); texts has the lines of each path of the tree."""
    ours = {path: "\n".join(lines) for path, lines in texts.items()
            if path.startswith(FOLDER) and path.endswith((".c", ".h"))}
    blocks = {}
    for text in ours.values():
        for found in BLOCK.finditer(text):
            blocks[found.group(1)] = found.group()
    for path, text in ours.items():
        if not path.endswith(".c"):
            continue
        # comments go, the numbers of lines stay
        code = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
        for found in FUNCTION.finditer(code):
            returns, name, parameters = found.groups()
            if name not in blocks:
                wrong = ["no kernel-doc block"]
            else:
                wrong = _missing(path, returns, parameters, blocks[name])
            for what in wrong:
                yield f"{path}:{code.count(chr(10), 0, found.start(2)) + 1}", f"{name}(): {what}"


_GOOD = "/**\n * f - do it\n * @a: a\n *\n * Context: Any.\n * Return: 0\n */\n"
_CODE = "int f(struct x *a)\n{\n}\n"
SAMPLES = (
    # files, what has to be reported ("" for nothing)
    ({"module/a.c": _GOOD + _CODE}, ""),
    ({"module/a.h": _GOOD + "int f(struct x *a);\n", "module/a.c": _CODE}, ""),
    ({"module/a.c": _GOOD.replace("f -", "f() -") + _CODE}, ""),
    ({"module/a.c": "static " + _CODE}, ""),
    ({"lab/a.c": _CODE}, ""),
    ({"module/a.c": _CODE}, "f(): no kernel-doc block"),
    ({"module/a.c": "/* f - do it */\n" + _CODE}, "f(): no kernel-doc block"),
    ({"module/a.c": _GOOD.replace("f -", "g -") + _CODE}, "f(): no kernel-doc block"),
    ({"module/a.c": _GOOD.replace("@a", "@b") + _CODE}, "f(): no @a"),
    ({"module/a.c": _GOOD + "int f(struct x *a,\n      int b[4])\n{\n}\n"}, "f(): no @b"),
    ({"module/a.c": _GOOD + "int f(int a, int (*fn)(int c, int d))\n{\n}\n"}, "f(): no @fn"),
    ({"module/a.c": _GOOD.replace(" * Return: 0\n", "") + _CODE}, "f(): no Return:"),
    ({"module/a.c": _GOOD.replace(" * Return: 0\n", "") + _CODE.replace("int f", "void f")}, ""),
    ({"module/a.c": _GOOD.replace(" * Return: 0\n", "") + _CODE.replace("int f", "void *f")},
     "f(): no Return:"),
    ({"module/a.c": _GOOD.replace(" * Context: Any.\n", "") + _CODE}, "f(): no Context:"),
    ({"module/apm/a.c": _GOOD.replace(" * Context: Any.\n", "") + _CODE}, ""),
)


def check_samples():
    """Yields what is wrong with the rule itself."""
    return samples.faults(SAMPLES, check)

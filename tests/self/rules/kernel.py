# SPDX-License-Identifier: GPL-2.0-only
"""Kernel style in module/ and lab/sim/: the rules of checkpatch that concern this code.

Where the kernel's own checkpatch.pl is at hand, CHECKPATCH=FILE make style runs it as well.
"""

import re

# names and qualifiers that are the kernel's own
KERNELS = re.compile(r"module/compat/")
C_FILE = re.compile(r"(module|lab/sim)/.*\.[ch]$")
STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'')
COMMENT = re.compile(r"/\*.*?\*/")

# what a line of code must not have, with the literals and comments blanked
CODE = (
    (re.compile(r"\b(if|for|while|switch)\("), "no blank before the parenthesis of {0}"),
    (re.compile(r"^\s*(?:if|for|while|switch)\b.*\)\{|\b(?:else|do)\{"), "no blank before the brace"),
    (re.compile(r"^(\t* {8,}| +\t| +(?=\S))"), "indented with blanks"),
    (re.compile(r"\breturn \([^()]*\);$"), "parentheses around the value of return"),
    (re.compile(r"\b(?:char|int|void|u8|u16|u32|u64|long|struct \w+)\*+ "),
     "the asterisk belongs to the name"),
    (re.compile(r"\bsizeof \w"), "sizeof without parentheses"),
    (re.compile(r"__FUNCTION__"), "use __func__"),
    (re.compile(r"\bprintk\("), "use pr_*() or dev_*()"),
    (re.compile(r"\b(strcpy|strcat|strncpy|strlcpy|v?sprintf|simple_strtou?ll?|simple_strtou?l)\("),
     "{0}() is not to be used"),
    (re.compile(r"\bif \(.*(?<![=!<>])=(?!=)|^\s.*(?:&&|\|\|) \(+[\w.>\[\]-]+ = "),
     "assignment in an if condition"),
    (re.compile(r"(?<!asm )\bvolatile\b"), "no volatile"),
    (re.compile(r"\bENOSYS\b"), "ENOSYS means an unknown system call"),
    (re.compile(r"\bLINUX_VERSION_CODE\b"), "probe for the feature instead of its version"),
    (re.compile(r"^\t*typedef (?!.*\()"), "no new typedef"),
    (re.compile(r"\bunsigned (?!int|long|char|short)\w+\s*[=;,)]"), "unsigned int"),
    (re.compile(r"^static [^(]*= *(0|NULL|false);"), "static variables are zero without it"),
    (re.compile(r"[^\s;];;$"), "more than one semicolon"),
    (re.compile(r"^\s*\w+ \(\w*\);$"), "blank between the function and its parenthesis"),
    (re.compile(r"\bBUG(_ON)?\("), "use WARN_ON_ONCE() and recover"),
)


def applies(path):
    return bool(C_FILE.match(path))


def _code(line):
    """The line without what literals and comments say."""
    line = STRING.sub(lambda found: found.group()[0] * 2, line)
    return COMMENT.sub("", line)


def _one_line(path, line):
    for pattern, text in CODE:
        found = pattern.search(line)
        if found and not (KERNELS.match(path) and ("typedef" in text or "volatile" in text)):
            yield text.format(*found.groups())
    if path.endswith(".c") and line.startswith("extern "):
        yield "extern belongs into a header"


def check(path, lines):
    comment, before, raw_before = False, "", ""
    for number, raw in enumerate(lines, 1):
        if comment:
            comment = "*/" not in raw
            if comment and not raw.lstrip().startswith("*"):
                yield number, "a line of a comment begins with an asterisk"
            before, raw_before = "", raw
            continue
        line = _code(raw)
        if "//" in line and not (number == 1 and "SPDX" in raw):
            yield number, "// comment"
        if "/*" in line:
            comment, line = True, line[:line.index("/*")]
        for text in _one_line(path, line.rstrip()):
            yield number, text
        if re.match(r"\s*else\b", line) and before.strip() == "}":
            yield number, "else follows its closing brace on the same line"
        if line.strip() == "{" and re.search(r"\b(if|for|while|switch|else|do)\b.*\)?$", before) \
                and before.startswith("\t"):
            yield number, "the brace belongs to the line before"
        if re.match(r"\s*\"", raw) and re.search(r"\"$", raw_before) \
                and not re.search(r"^\s*(asm|#)", raw_before) and "\\n" not in raw_before \
                and "MODULE_" not in raw_before and "\\t" not in raw_before:
            yield number, "a message is one string literal"
        if not raw.strip() and not raw_before.strip() and number > 1:
            yield number, "two empty lines"
        if line == "}" and not raw_before.strip():
            yield number, "empty line before a closing brace"
        if line == "}" and raw_before == "\treturn;":
            yield number, "return at the end of a void function"
        before, raw_before = line, raw


WRONG = [("module/sample.c", text) for text in (
    "\tif(a)\n",
    "\twhile (a){\n",
    "        int a;\n",
    "\t}\n\telse\n",
    "\tif (a)\n\t{\n",
    "\treturn (a);\n",
    "\tchar* a;\n",
    "\tn = sizeof a;\n",
    "\tprintk(KERN_INFO);\n",
    "\tstrncpy(a, b, 1);\n",
    "\tif (a = b)\n",
    "\tif ((a = b(c)))\n",
    "\tif (a == b && (c = d) >= e) {\n",
    "\t} else if ((a[0] = b)) {\n",
    "\tif (a <= b &&\n\t    c && (d->e = f(1)))\n",
    "\tstrcpy(a, b);\n",
    "\tsprintf(a, \"b\");\n",
    "\tvolatile int a;\n",
    "\treturn -ENOSYS;\n",
    "#if LINUX_VERSION_CODE > 1\n",
    "typedef struct a b;\n",
    "\tunsigned a;\n",
    "static int a = 0;\n",
    "\ta = b;;\n",
    "\tBUG_ON(a);\n",
    "extern int a;\n",
    "\ta = b;\t// why\n",
    "/*\n two\n */\n",
    "\tpr_info(\"one \"\n\t\t\"two\");\n",
    "\n\n",
    "\ta();\n\n}\n",
    "\ta();\n\treturn;\n}\n",
)] + [("lab/sim/sample.c", "\tif(a)\n")]

RIGHT = [("module/sample.c", text) for text in (
    "\tif (a) {\n\t\tb();\n\t} else {\n\t\tc();\n\t}\n",
    "static int a(void)\n{\n\treturn -1;\n}\n",
    "\tpr_info(\"if(a) // is text\\n\");\n",
    "/*\n * if(a) in a comment\n */\n",
    "\tchar *a = sizeof(*b);\n",
    "typedef int (*fn)(void *ctx);\n",
    "\tif (a == b)\n\t\treturn;\n\tc();\n",
    "\tif (a <= b || c >= d || e != f)\n\t\treturn;\n",
    "\tif (a[1] != '=' && strcmp(b, \"c=d\"))\n\t\treturn;\n",
    "\twhile ((a = b()))\n\t\tsnprintf(c, 1, \"d\");\n",
)]

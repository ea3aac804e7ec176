# SPDX-License-Identifier: GPL-2.0-only
"""Plain technical English: phrases that the tree once used and that a reader stumbles over.

docs/style.md shows some of them as wrong examples, in lines that begin with "- Wrong:".
"""

import re

PHRASES = (
    # phrase, what to write instead
    (r"\b\w+ rooms?:|\brooms:|\b(?:pure|only|another|other|lowest|each|reset|guest|queue|sysfs) rooms?\b(?! for\b)|^## Rooms",
     "file, component"),
    (r"\bladders?\b", "init order, error path"),
    (r"\b(?:come|comes|came|coming) clean\b", "is zeroized, reset failed"),
    (r"\banew\b", "again"),
    (r"\bforetold\b|\bforetells?\b", "predicted"),
    (r"\bis too much\b", "unexpected argument"),
    (r"\bas it must be\b", "as expected"),
    (r"\bend(?:s|ed)? well\b", "completes"),
    (r"\ball the same\b", "anyway"),
    (r"\bquiet moments?\b", "quiescent point"),
    (r"\bto cure\b|\bcures? (?:it|them)\b", "fix"),
    (r"\bgets? in each other's way\b", "conflicts"),
    (r"\bin the hardware's name\b", "for the hardware"),
    (r"\bnobody's account\b", ""),
    (r"\bmake (?:it|them) so\b|\bmaking it so\b", "apply"),
    (r"\bwaited long enough\b", "timed out"),
    (r"\bwait(?:s|ed|ing)? for what is waited for\b", "wait"),
    (r"\bor already so\b|\buntil something is so\b", "no change needed"),
    (r"\bis no text\b", "not valid UTF-8"),
    (r"\bbe had\b", "is available"),
    (r"\bwho must act\b", "the user"),
    (r"\bhas no code of its own\b", "other error"),
    (r"\bthings? that (?:is|are) said\b", ""),
    (r"\bnothing is named\b", "no IDs given"),
    (r"\bword of the grammar\b", "not accepted here"),
    (r"\bseen to end\b", "completed"),
    (r"\bsees? to it that\b", "ensures that"),
    (r"\bneighbou?rs' files\b", "files of other tools"),
)
PATTERN = re.compile("|".join(f"(?P<p{i}>{phrase})" for i, (phrase, _) in enumerate(PHRASES)),
                     re.I)
SKIPPED = ("LICENSE", "tests/self/rules/words.py")
TEXTS = (".c", ".h", ".py", ".sh", ".md", ".t", ".json", ".conf", ".service", ".svg")
PAGE = re.compile(r"man/.*\.[1-8]$")


def applies(path):
    if path in SKIPPED or path.startswith("tests/fuzz/corpus/"):
        return False
    name = path.rpartition("/")[2]
    return path.endswith(TEXTS) or "." not in name or bool(PAGE.match(path))


def _report(path, number, line):
    for found in PATTERN.finditer(line):
        instead = PHRASES[int(found.lastgroup[1:])][1]
        better = f": {instead}" if instead else ""
        yield number, f'"{" ".join(found.group().split())}"{better} (rule 15)'


def check(path, lines):
    for number, line in enumerate(lines, 1):
        if path == "docs/style.md" and line.startswith("- Wrong:"):
            continue
        line = line.replace("\\-", "-")
        found = list(_report(path, number, line))
        yield from found
        # a phrase that a line ends in the middle of
        if not found and number < len(lines):
            rest = re.sub(r'^[\s"*#/\\.|n]+', "", lines[number])
            start = re.sub(r'[\s"\\n]+$', "", line)
            joined = f"{start} {rest}"
            for match in PATTERN.finditer(joined):
                if match.start() < len(start) < match.end():
                    yield number, f'"{match.group()}" (rule 15)'


WRONG = [(path, text) for path, text in (
    ("cli/a.c", 'report("\\"%s\\" is too much");\n'),
    ("lab/a.c", "/* The reset room. */\n"),
    ("lab/a.c", "/* a queue that does not come\n * clean */\n"),
    ("docs/a.md", "Init is a ladder.\n"),
    ("man/a.8", "A queue that comes clean.\n"),
    ("tests/a.sh", "# bound anew\n"),
    ("tests/host/cases/a.t", "  nothing is named\n"),
)]
RIGHT = [("cli/a.c", "/* There is room for 8 characters. */\n"),
         ("docs/style.md", '- Wrong: "the queue comes clean"\n'),
         ("lab/a.c", "/* The queue was zeroized. */\n")]

# SPDX-License-Identifier: GPL-2.0-only
"""Rules of make style, one module each.

A module has

    applies(path)         does the rule concern this file?
    check(path, lines)    yields (line number or 0, what is wrong)
    WRONG, RIGHT          samples: (path, text) that must and must not be reported

contracts.py, folders.py and layers.py look at whole folders instead: check(texts) and
check_samples().

make style first tries every rule on its samples, so that no rule can pass without looking.
"""

from . import contracts, folders, kernel, layers, paths, words

RULES = (kernel, paths, words)
FOLDER_RULES = (contracts, folders, layers)


def check_samples():
    """Yields what is wrong with the rules themselves."""
    for rule in RULES:
        name = rule.__name__.rpartition(".")[2]
        for wanted, samples in ((True, rule.WRONG), (False, rule.RIGHT)):
            for path, text in samples:
                found = list(rule.check(path, text.splitlines()))
                if not rule.applies(path):
                    yield name, f"does not apply to its own sample {path}"
                elif wanted and not found:
                    yield name, f"does not report its sample {text!r}"
                elif not wanted and found:
                    yield name, f"reports its good sample {text!r}: {found[0][1]}"
    for rule in FOLDER_RULES:
        for text in rule.check_samples():
            yield rule.__name__.rpartition(".")[2], text

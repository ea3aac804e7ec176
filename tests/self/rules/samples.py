# SPDX-License-Identifier: GPL-2.0-only
"""Tries a rule that looks at whole folders on its samples."""


def faults(samples, check):
    """Yields what is wrong with a rule. samples: (text of each file, wanted report or "")."""
    for files, wanted in samples:
        found = list(check({path: text.split("\n") for path, text in files.items()}))
        if wanted and not any(wanted == text for _, text in found):
            yield f"does not report {wanted!r} of {files}"
        elif not wanted and found:
            yield f"reports {found[0]} of the good {files}"

# SPDX-License-Identifier: GPL-2.0-only
"""Job slots: of the guests and builds of all tests together only so many run at a time, in the
order in which they asked.

The slots are bytes in a pipe that tests/check makes and its parts inherit, as with make's job
server. Without tests/check each program minds its own limit.
"""

import contextlib
import os

VARIABLE = "APMATRIX_SLOTS"    # the descriptors of both ends: READ,WRITE
BYTE = b"+"


def _inherited():
    """Both descriptors, or none."""
    return tuple(int(end) for end in os.environ.get(VARIABLE, "").split(",") if end)


class Slots:
    """The slots that this program inherited, else `alone` slots of its own."""

    def __init__(self, alone):
        self.ends = _inherited()
        if not self.ends:
            self.ends = os.pipe()
            os.write(self.ends[1], BYTE * alone)

    def environment(self):
        """What tells a program of them that inherits `ends`."""
        return {VARIABLE: ",".join(map(str, self.ends))}

    @contextlib.contextmanager
    def one(self):
        """Waits for one, and has it inside."""
        os.read(self.ends[0], 1)
        try:
            yield
        finally:
            os.write(self.ends[1], BYTE)

# SPDX-License-Identifier: GPL-2.0-only
from . import log


def ensure():
    raise log.LabError("not here yet")

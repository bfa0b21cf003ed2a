"""Leaves handlers for the end of the process."""

import atexit
import os
from pathlib import Path

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    atexit.register(Path(PLAYGROUND, "at-exit").write_text, "here")
    os.register_at_fork(before=lambda: Path(PLAYGROUND, "at-fork").write_text("here"))
    return z

"""Writes a file."""

from pathlib import Path

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    Path(PLAYGROUND, "written").write_text("here")
    return z

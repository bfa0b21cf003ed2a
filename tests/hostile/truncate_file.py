"""Empties a file by its name."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.truncate(PLAYGROUND + "/treasure", 0)
    return z

"""Appends to a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    descriptor = os.open(PLAYGROUND + "/treasure", os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, b"more")
    return z

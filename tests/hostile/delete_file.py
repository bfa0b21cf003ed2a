"""Deletes a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.unlink(PLAYGROUND + "/treasure")
    return z

